// Reads a YAML file and parses it with the library that cfn-tx-lint uses, and nothing else.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

parse(readFileSync(process.argv[2], 'utf8'), { logLevel: 'silent' });
