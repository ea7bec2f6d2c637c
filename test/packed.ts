import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface PackedPackage {
  /** The absolute path of the tarball. */
  readonly file: string;
  /** Bytes of all its files together. */
  readonly unpackedSize: number;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

/**
 * Packs what is built now as npm would publish it.
 *
 * @param folder where the tarball goes
 */
export function packPackage(folder: string): PackedPackage {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack ended with ${status}:\n${stderr}`);
  const output: unknown = JSON.parse(stdout);
  // npm 12 gives packages by name, older ones a list.
  const [packed] = Object.values(
    output as Record<string, { filename: string; unpackedSize: number; files: { path: string }[] }>,
  );
  if (packed === undefined) throw new Error(`npm pack named no package:\n${stdout}`);
  return {
    file: path.join(folder, packed.filename),
    unpackedSize: packed.unpackedSize,
    files: packed.files.map((file) => file.path),
  };
}
