// Prints how long JSON.parse takes for a file, in milliseconds: the first parse of a fresh process.
const { readFileSync } = require('node:fs');

const text = readFileSync(process.argv[2], 'utf8');
const started = process.hrtime.bigint();
JSON.parse(text);
console.log(Number(process.hrtime.bigint() - started) / 1e6);
