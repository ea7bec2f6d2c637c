import { Chalk } from 'chalk';
import type { Paint } from './paint.js';

// Whether there is colour is decided by the caller. Level 1 are the 16 colours of the user's own terminal theme.
const chalk = new Chalk({ level: 1 });

export const colorPaint: Paint = {
  error: chalk.red.bold,
  warning: chalk.yellow.bold,
  info: chalk.blue.bold,
  success: chalk.green.bold,
  strong: chalk.bold,
  faint: chalk.dim,
  related: chalk.cyan,
};
