import { readFileSync } from 'node:fs';
import path from 'node:path';
import fastGlob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../hooks/project.js';

const WORKFLOWS = fastGlob.sync('.github/workflows/*.{yml,yaml}', { cwd: ROOT, dot: true });
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

describe('workflows and the action', () => {
  it.each([...WORKFLOWS, 'action.yml'])('%s names every action by its commit and its version', (file) => {
    const uses = [...textOf(file).matchAll(/\buses:(.*)$/gm)].map(([, action = '']) => action.trim());
    expect(uses.filter((action) => !/^[\w/-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  it.each(WORKFLOWS)('%s may only read, except for the job that publishes', (file) => {
    const { permissions, jobs } = parse(textOf(file));
    expect(permissions).toEqual({ contents: 'read' });
    const others = Object.keys(jobs).filter((name) => jobs[name].permissions !== undefined);
    expect(others).toEqual(file.endsWith('/release.yml') ? ['publish'] : []);
  });

  it.each(WORKFLOWS)('%s does not run with the rights of the repository on foreign code', (file) => {
    const events = Object.keys(parse(textOf(file)).on);
    expect(events.length).toBeGreaterThan(0);
    expect(events).not.toContain('pull_request_target');
    expect(events).not.toContain('workflow_run');
  });

  it('put a CycloneDX bill of materials into a release, development dependencies too', () => {
    const commands: string[] = parse(textOf('.github/workflows/release.yml')).jobs.build.steps.flatMap(
      ({ run }: { run?: string }) => run ?? [],
    );
    const sbom = commands.find((command) => command.startsWith('npm sbom ')) ?? '';
    expect(sbom).toContain('--sbom-format cyclonedx');
    expect(sbom).toContain('> dist-standalone/');
    expect(sbom).not.toMatch(/--omit|--production/);
  });
});
