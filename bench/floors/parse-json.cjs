// Prints how long JSON.parse takes for a file, in milliseconds of wall time and of processor time: the first parse of a fresh
// process.
const { readFileSync } = require('node:fs');

const text = readFileSync(process.argv[2], 'utf8');
const before = process.cpuUsage();
const started = process.hrtime.bigint();
JSON.parse(text);
const wall = Number(process.hrtime.bigint() - started) / 1e6;
const { user, system } = process.cpuUsage(before);
console.log(`${wall} ${(user + system) / 1000}`);
