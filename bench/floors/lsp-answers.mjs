// Starts a language server in a folder, opens a file in it, and prints the medians of the times to its answers, in
// milliseconds, as JSON: to the diagnostics for a change, and to each kind of request, sent alone ("NAME") and right behind
// a change ("NAME-typing"), as editors do: node lsp-answers.mjs FOLDER FILE COMMAND [ARGUMENT ...]
// The file holds a consumer whose GrantType is written TOKEN_XCHANGE.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROUNDS = 15;
const [folder, file, command, ...args] = process.argv.slice(2);
const root = path.resolve(folder);
const uri = pathToFileURL(path.join(root, file)).href;
const text = readFileSync(path.join(root, file), 'utf8');
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
  if (index !== -1) waiting.splice(index, 1)[0].resolve(message);
}

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function answer(isMeant) {
  return new Promise((resolve) => waiting.push({ isMeant, resolve }));
}

let lastId = 0;
async function request(method, params) {
  const id = ++lastId;
  const answered = answer((message) => message.id === id && message.method === undefined);
  send({ id, method, params });
  const { result, error } = await answered;
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}

let version = 1;
const published = () =>
  answer(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri);

function type() {
  version++;
  send({
    method: 'textDocument/didChange',
    params: { textDocument: { uri, version }, contentChanges: [{ text: `${text}# ${version}\n` }] },
  });
}

/**
 * How long the client and the server have waited for a processor so far, in milliseconds: others may use the machine as
 * well. 0 where the system does not tell.
 */
function waitedForProcessor() {
  return ['self', server.pid].reduce((sum, id) => {
    try {
      return sum + Number(readFileSync(`/proc/${id}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
    } catch {
      return sum;
    }
  }, 0);
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

async function timed(what) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [started, waited] = [performance.now(), waitedForProcessor()];
    const found = await what();
    times.push(performance.now() - started - (waitedForProcessor() - waited));
    // Some time for what the server does by itself, so that each round finds it at rest.
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (found === null || found?.length === 0) throw new Error('the answer is empty: the word is misplaced');
  }
  return median(times);
}

const rootUri = pathToFileURL(root).href;
await request('initialize', { processId: process.pid, rootUri, capabilities: {} });
send({ method: 'initialized', params: {} });
const opened = published();
send({
  method: 'textDocument/didOpen',
  params: { textDocument: { uri, languageId: 'yaml', version, text } },
});
await opened;
const textDocument = { uri };
const at = (word) => {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return { textDocument, position: { line: before.length - 1, character: before.at(-1).length + 1 } };
};
const { position: fault } = at('TOKEN_XCHANGE');
const asked = {
  hover: ['hover', at('TOKEN_XCHANGE')],
  definition: ['definition', at('ProviderArn')],
  references: ['references', { ...at('ProviderArn'), context: { includeDeclaration: false } }],
  'code-actions': [
    'codeAction',
    { textDocument, range: { start: fault, end: fault }, context: { diagnostics: [] } },
  ],
  'document-symbols': ['documentSymbol', { textDocument }],
};
const changed = async () => {
  const told = published();
  type();
  await told;
};
// What V8 compiles in the first changes is a part of the first pass.
await timed(changed);
const answers = { 'diagnostics-typing': await timed(changed) };
for (const [name, [method, params]] of Object.entries(asked)) {
  answers[name] = await timed(() => request(`textDocument/${method}`, params));
  answers[`${name}-typing`] = await timed(() => {
    type();
    return request(`textDocument/${method}`, params);
  });
}
console.log(JSON.stringify(answers));
server.kill();
