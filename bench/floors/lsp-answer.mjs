// Starts a language server, opens a file in it, changes it again and again, and prints the median of the times from a
// change to the diagnostics for it, in milliseconds: node lsp-answer.mjs FILE COMMAND [ARGUMENT ...]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const CHANGES = 15;
const [file, command, ...args] = process.argv.slice(2);
const uri = pathToFileURL(path.resolve(file)).href;
const text = readFileSync(file, 'utf8');
const server = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });

let received = Buffer.alloc(0);
const waiting = [];
server.stdout.on('data', (chunk) => {
  received = Buffer.concat([received, chunk]);
  for (;;) {
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end).toString())[1]);
    if (received.length < end + 4 + length) return;
    const message = JSON.parse(received.subarray(end + 4, end + 4 + length).toString());
    received = received.subarray(end + 4 + length);
    take(message);
  }
});

function take(message) {
  // What the server asks of its client is answered with nothing.
  if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null });
  const index = waiting.findIndex(({ isMeant }) => isMeant(message));
  if (index !== -1) waiting.splice(index, 1)[0].resolve();
}

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function answer(isMeant) {
  return new Promise((resolve) => waiting.push({ isMeant, resolve }));
}

const published = (version) =>
  answer(
    ({ method, params }) =>
      method === 'textDocument/publishDiagnostics' &&
      params.uri === uri &&
      (params.version === undefined || params.version === version),
  );

const rootUri = pathToFileURL(path.dirname(path.resolve(file))).href;
send({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri, capabilities: {} } });
await answer(({ id }) => id === 1);
send({ method: 'initialized', params: {} });
const opened = published(1);
send({
  method: 'textDocument/didOpen',
  params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
});
await opened;
const times = [];
for (let version = 2; version < CHANGES + 2; version++) {
  const started = performance.now();
  const told = published(version);
  send({
    method: 'textDocument/didChange',
    params: { textDocument: { uri, version }, contentChanges: [{ text: `${text}# ${version}\n` }] },
  });
  await told;
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
console.log(times[Math.floor(CHANGES / 2)]);
server.kill();
