// Checks templates with @aws/cloudformation-validate, all in one process.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  RegoEngine,
  TemplateFile,
} from '../node_modules/aws-cdk-lib/node_modules/@aws/cloudformation-validate/index.js';

const engine = new RegoEngine();
for (const argument of process.argv.slice(2)) {
  const names = statSync(argument).isDirectory() ? readdirSync(argument) : [''];
  for (const name of names) engine.validateStandard(new TemplateFile(path.join(argument, name)));
}
engine.free();
