import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import glob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.js';
import { reportSchema } from '../../src/report/report-schema.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
const isReport = ajv.compile(reportSchema());

/** A report with something in each of its lists. */
async function fullReport() {
  const report = await lint({ cwd: 'fixtures/projects/quick-start', files: ['.'] });
  return JSON.parse(JSON.stringify(report));
}

describe('the JSON Schema of the report', () => {
  const projects = glob.sync('fixtures/projects/*', { onlyDirectories: true }).sort();

  it.each(projects)('takes the report of %s', async (project) => {
    const report = await lint({ cwd: project, files: ['.'] });
    expect(isReport(JSON.parse(JSON.stringify(report))), ajv.errorsText(isReport.errors)).toBe(true);
  });

  it('asks for every key, and takes no other, at every depth', async () => {
    const whole = await fullReport();
    const paths = objectsIn(whole);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) {
      const more = structuredClone(whole);
      at(more, path).unknownKey = 1;
      expect(isReport(more), `a key more at ${path.join('.')}`).toBe(false);
      for (const key of Object.keys(at(whole, path))) {
        const less = structuredClone(whole);
        delete at(less, path)[key];
        expect(isReport(less), `${[...path, key].join('.')} left out`).toBe(false);
      }
    }
  });

  it('ships', () => {
    const shipped = readFileSync(new URL('../../dist/report.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(reportSchema())));
  });
});

type Path = readonly (string | number)[];

/** The paths of all objects, but of those whose keys are names of the user's own. */
function objectsIn(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [];
  if (path.at(-1) === 'scenario' || path.at(-1) === 'environments') return [];
  const below = Object.entries(value).flatMap(([key, child]) =>
    objectsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? below : [path, ...below];
}

function at(value: Record<string | number, unknown>, path: Path): Record<string | number, unknown> {
  return path.reduce((found, key) => found[key] as Record<string | number, unknown>, value);
}
