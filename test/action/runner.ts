import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { shellEnvironment } from '../hooks/project.js';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface ActionRun {
  /** The log of all steps, as the runner reads it. */
  readonly log: string;
  /** Of the last step that ran. */
  readonly status: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

export function readAction(folder: string): Action {
  return parse(readFileSync(path.join(folder, 'action.yml'), 'utf8'));
}

/**
 * Runs a composite action as GitHub's runner does: step by step in bash, inputs and outputs put into `env` and nowhere
 * else, each step with files of its own for outputs and summary, ended by the first step that fails.
 *
 * @param folder where the action's source lies
 * @param workspace the directory that the steps start in
 * @param inputs what the workflow gives; the others have their defaults
 * @param given further environment variables
 */
export async function runAction(
  folder: string,
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>> = {},
): Promise<ActionRun> {
  const action = readAction(folder);
  const values = new Map(
    Object.entries(action.inputs).map(([name, { default: value = '' }]) => [name, value]),
  );
  for (const [name, value] of Object.entries(inputs)) {
    if (!values.has(name)) throw new Error(`the action has no input ${name}`);
    values.set(name, value);
  }
  const outputs = new Map<string, string>();
  const evaluate = (text: string) =>
    text.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (expression, name: string) => {
      const [, input] = /^inputs\.([\w-]+)$/.exec(name) ?? [];
      const [, step, output] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(name) ?? [];
      if (input !== undefined && values.has(input)) return values.get(input) ?? '';
      if (step !== undefined) return outputs.get(`${step}.${output}`) ?? '';
      throw new Error(`${expression} is no expression that this runner knows`);
    });

  const temporary = path.join(path.dirname(workspace), `runner of ${path.basename(workspace)}`);
  mkdirSync(temporary, { recursive: true });
  let log = '';
  let summary = '';
  let status: number | null = 0;
  for (const [index, step] of action.runs.steps.entries()) {
    if (step.shell !== 'bash') throw new Error(`this runner has no shell ${step.shell}`);
    const file = (name: string, text = '') => {
      const place = path.join(temporary, `${index} ${name}`);
      writeFileSync(place, text);
      return place;
    };
    const [outputFile, summaryFile] = [file('output'), file('summary.md')];
    const result = await bash(
      file('step.sh', step.run),
      workspace,
      shellEnvironment({
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: folder,
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: outputFile,
        GITHUB_STEP_SUMMARY: summaryFile,
        RUNNER_TEMP: temporary,
        ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value)])),
        ...given,
      }),
    );
    log += result.log;
    summary += readFileSync(summaryFile, 'utf8');
    for (const [name, value] of readOutputs(outputFile)) outputs.set(`${step.id}.${name}`, value);
    status = result.status;
    if (status !== 0) break;
  }
  const entries = Object.entries(action.outputs).map(([name, { value }]) => [name, evaluate(value)]);
  return { log, status, summary, outputs: Object.fromEntries(entries) };
}

/** Runs a script as the runner does; the log has both of its outputs. */
export function bash(
  script: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly log: string; readonly status: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ log, status }));
  });
}

/** `name=value`, or `name<<DELIMITER` with the value in the lines up to the delimiter. */
function readOutputs(file: string): Map<string, string> {
  const outputs = new Map<string, string>();
  const lines = readFileSync(file, 'utf8').split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [, name = '', sign, rest = ''] = /^(.*?)(<<|=)(.*)$/.exec(line) ?? [];
    if (sign === '=') outputs.set(name, rest);
    else if (sign === '<<') {
      const end = lines.indexOf(rest);
      if (end < 0) throw new Error(`the output ${name} has no end`);
      outputs.set(
        name,
        lines
          .splice(0, end + 1)
          .slice(0, -1)
          .join('\n'),
      );
    } else throw new Error(`no output: ${line}`);
  }
  return outputs;
}

/** What the runner takes for commands: a line that begins with `::`, or one that holds `##[`. */
export function commands(
  log: string,
): readonly { name: string; properties: Record<string, string>; message: string }[] {
  return log.split(/\r\n|\n|\r/).flatMap((line) => {
    if (line.includes('##[')) return [{ name: line, properties: {}, message: line }];
    const [, name, list = '', message = ''] = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const properties = list.split(',').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), unescaped(pair.slice(at + 1))];
    });
    return [{ name, properties: Object.fromEntries(properties), message: unescaped(message) }];
  });
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
