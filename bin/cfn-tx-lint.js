#!/usr/bin/env node
// Node 22.1 and later can keep the compiled program between runs.
process.getBuiltinModule?.('node:module').enableCompileCache?.();
await import('../dist/cli.js');
