#!/usr/bin/env node
'use strict';
// Node 22.1 and later can keep the compiled program between runs.
require('node:module').enableCompileCache?.();
require('../dist/cli.cjs').main();
