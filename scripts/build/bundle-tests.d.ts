import type { Plugin } from 'esbuild';

export function bundleFolder(name: string): string;
export function bundleTests(entry: string, outfile: string, plugins?: readonly Plugin[]): Promise<void>;
