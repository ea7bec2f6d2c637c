import { statSync } from 'node:fs';
import path from 'node:path';
import { readText } from '../discover/read.js';
import { MAX_FILE_BYTES } from '../source/limits.js';

/** A configuration that a search found. */
export interface FoundConfig {
  /** Absolute. */
  readonly file: string;
  /** How it is read; `package` is the key `cfn-tx-lint` of a package.json. */
  readonly kind: 'json' | 'yaml' | 'module' | 'package';
}

/** The names of a configuration in one directory, in the order in which they are looked for. */
const NAMES: readonly (readonly [name: string, kind: FoundConfig['kind']])[] = [
  ['cfn-tx-lint.config.json', 'json'],
  ['cfn-tx-lint.config.yaml', 'yaml'],
  ['cfn-tx-lint.config.yml', 'yaml'],
  ['cfn-tx-lint.config.js', 'module'],
  ['cfn-tx-lint.config.mjs', 'module'],
  ['package.json', 'package'],
];

export const PACKAGE_KEY = 'cfn-tx-lint';

/**
 * Looks for a configuration from a directory upwards; the nearest directory that has one wins. It stops at the
 * root of the file system.
 *
 * (lilconfig would do, at twice the code, and it loads what it finds: here a JavaScript file must be checked first.)
 *
 * @param from an absolute directory
 * @param accept whether a file counts; the search goes on past one that does not
 */
export function findConfig(from: string, accept: (found: FoundConfig) => boolean): FoundConfig | undefined {
  for (let directory = from; ; directory = path.dirname(directory)) {
    for (const [name, kind] of NAMES) {
      const found = { file: path.join(directory, name), kind };
      if (isFile(found.file) && (kind !== 'package' || hasKey(found.file)) && accept(found)) return found;
    }
    if (path.dirname(directory) === directory) return undefined;
  }
}

/** How a configuration named by the user is read: by its name. */
export function configKind(file: string): FoundConfig['kind'] | undefined {
  if (path.basename(file) === 'package.json') return 'package';
  switch (path.extname(file).toLowerCase()) {
    case '.json':
      return 'json';
    case '.yaml':
    case '.yml':
      return 'yaml';
    case '.js':
    case '.mjs':
      return 'module';
    default:
      return undefined;
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A directory on the way that may not be entered holds no configuration for us.
    return false;
  }
}

/** Most package.json files do not mention us: then they are not even parsed. */
function hasKey(file: string): boolean {
  try {
    const text = readText(file, MAX_FILE_BYTES);
    if (!text.ok || !text.content.includes(`"${PACKAGE_KEY}"`)) return false;
    const value: unknown = JSON.parse(text.content.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && Object.hasOwn(value, PACKAGE_KEY);
  } catch {
    // Somebody else's broken package.json is not our user's mistake.
    return false;
  }
}
