// Reads JSON files and parses them: the least that a linter of them has to do. A directory stands for its files.
const { readdirSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');

for (const argument of process.argv.slice(2)) {
  const names = statSync(argument).isDirectory() ? readdirSync(argument) : [''];
  for (const name of names) JSON.parse(readFileSync(path.join(argument, name), 'utf8'));
}
