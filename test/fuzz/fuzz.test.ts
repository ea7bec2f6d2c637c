import { fuzz } from './declare.js';

fuzz({ inputs: 300, prefixStep: 40_009 });
