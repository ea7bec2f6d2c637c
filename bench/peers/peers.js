import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const modules = path.join(here, '..', 'node_modules');

/**
 * A program that checks CloudFormation templates, too.
 *
 * @typedef {object} Peer
 * @property {string} name
 * @property {string} version
 * @property {(target: string) => readonly string[]} command checks a template, or a directory of nothing else
 * @property {readonly number[]} statuses what it ends with when it has done its work
 */

/**
 * The peers that are on this machine, and the names of those that are not.
 *
 * @returns {{ peers: Peer[], missing: string[] }}
 */
export function findPeers() {
  const all = [cloudFormationValidate(), cfnGuard(), cfnLint()];
  return {
    peers: all.filter((peer) => peer.command !== undefined),
    missing: all.filter((peer) => peer.command === undefined).map(({ name }) => name),
  };
}

/** The version that the CDK ships with itself: the one on its own is older. */
function cloudFormationValidate() {
  const name = '@aws/cloudformation-validate';
  const version = packageVersion(`aws-cdk-lib/node_modules/${name}`);
  if (version === undefined) return { name };
  const script = path.join(here, 'cloudformation-validate.mjs');
  return { name, version, command: (target) => [process.execPath, script, target], statuses: [0] };
}

/** The native program, as it ships inside of the CDK's validator. */
function cfnGuard() {
  const name = 'cfn-guard';
  const folder = path.join(modules, '@cdklabs/cdk-validator-cfnguard/bin');
  const system = process.platform === 'darwin' ? 'macos' : 'ubuntu';
  const binary = path.join(folder, system, process.arch === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');
  const version = existsSync(binary) ? printedVersion(binary) : undefined;
  if (version === undefined) return { name };
  const rules = path.join(here, 'token-exchange.guard');
  const flags = ['--show-summary', 'none'];
  const command = (target) => [binary, 'validate', '--rules', rules, '--data', target, ...flags];
  return { name, version, command, statuses: [0, 19] };
}

function cfnLint() {
  const name = 'cfn-lint';
  const version = printedVersion(name);
  if (version === undefined) return { name };
  const command = (target) => [name, ...(target.includes('.') ? [target] : [`${target}/*.json`])];
  // A bit for each kind of finding.
  return { name, version, command, statuses: Array.from({ length: 16 }, (_, status) => status) };
}

function packageVersion(name) {
  const manifest = path.join(modules, name, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

function printedVersion(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /\d+(?:\.\d+)+/.exec(stdout)?.[0] : undefined;
}
