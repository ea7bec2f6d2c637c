import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { isInside } from './inside.js';
import { asObject, asText, readJson } from './manifest.js';
import { isInsideProject } from './project-root.js';

/** The file that the CDK's command line is configured by; its directory is a CDK app. */
export const CDK_APP = 'cdk.json';

const MAX_CDK_APP_BYTES = 1_000_000;

/** The output directory of a CDK app that names none. Source: the developer guide of the CDK, `cdk.json`. */
const DEFAULT_OUTPUT = 'cdk.out';

/**
 * Where the CDK leaves the cloud assembly of the app in a directory: `output` of its `cdk.json`, else `cdk.out`.
 * What cannot be read of the file is as good as not written.
 *
 * @param directory absolute
 * @returns absolute; nobody says that it is there
 */
export function outputOf(directory: string): string {
  const file = path.join(directory, CDK_APP);
  const json = existsSync(file) ? readJson(file, MAX_CDK_APP_BYTES) : undefined;
  const output = json?.ok ? asText(asObject(json.value)?.output) : undefined;
  return path.resolve(directory, output === undefined || output.includes('\0') ? DEFAULT_OUTPUT : output);
}

/**
 * The directory of the cloud assembly of the app in a directory; undefined when there is none. A link that leads out of
 * the app is not followed, and an output elsewhere counts only inside the project of the working directory.
 *
 * @param directory absolute
 * @param cwd the absolute working directory
 */
export function assemblyDirectoryOf(directory: string, cwd: string): string | undefined {
  const output = outputOf(directory);
  try {
    const stats = lstatSync(output, { throwIfNoEntry: false });
    if (stats === undefined || !statSync(output).isDirectory()) return undefined;
    const isOwn = isInside(directory, output) && isInside(realpathSync(directory), realpathSync(output));
    const isProjects = !stats.isSymbolicLink() && isInsideProject(cwd, output);
    return isOwn || isProjects ? output : undefined;
  } catch {
    return undefined;
  }
}
