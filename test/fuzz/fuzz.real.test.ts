import { fuzz } from './declare.js';

fuzz({ inputs: 2_000, prefixStep: 6_007 });
