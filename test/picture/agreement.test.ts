import path from 'node:path';
import glob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../rules/index.js';
import type { IdentityRow } from '../../src/lint/result.js';
import { type CheckedRun, check } from '../../src/lint/run.js';
import { inEnvironment } from '../../src/picture/environments.js';
import { foldEnds } from '../../src/picture/fold.js';
import { isTool } from '../../src/picture/look.js';
import { NO_FILTER, Views } from '../../src/picture/page/view.js';
import type { Picture } from '../../src/picture/picture.js';
import { pictureOf } from '../../src/picture/picture-of-run.js';
import { countOutcomes } from '../../src/picture/summary.js';
import { GATEWAY, IDENTITY } from '../deployment.js';
import { extent } from '../samples.js';

/*
 * The graph says the same as the summary and as the table of identities: in one fixture of ten, and in all of them in
 * the real suite.
 */

const root = path.join(import.meta.dirname, '..', '..', 'fixtures');
const projects = glob
  .sync('**/expected.json', { cwd: root, dot: true, ignore: [] })
  .map((file) => path.dirname(file))
  .sort();

/** Who calls what as whom: the gateway, the tool and the caller, each way once. */
function callsIn({ nodes, edges }: Picture): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const calls = edges.flatMap(({ from, to, calledAs }) => {
    if (calledAs === null) return [];
    const ends = [byId.get(from), byId.get(to)];
    const tool = ends.find((end) => end !== undefined && isTool(end));
    const gateway = ends.find((end) => end?.kind === 'gateway');
    return [[tool?.file, tool?.label, gateway?.label ?? null, calledAs].join(' ')];
  });
  return [...new Set(calls)].sort();
}

function callsOf(rows: readonly IdentityRow[]): string[] {
  const calls = rows.map(({ file, resource, gateway, calledAs }) =>
    [file, resource, gateway?.resource ?? null, calledAs].join(' '),
  );
  return [...new Set(calls)].sort();
}

async function drawn(run: Promise<CheckedRun>): Promise<{ picture: Picture; run: CheckedRun }> {
  const done = await run;
  return { picture: pictureOf(done), run: done };
}

describe('the graph agrees with the report', () => {
  it.each(extent({ few: projects.filter((_, index) => index % 10 === 0), many: projects }))(
    'in %s',
    async (name) => {
      const cwd = path.join(root, name);
      const { picture, run } = await drawn(
        check({ cwd, files: ['.'], consumers: true }, catalogueOf(), true),
      );
      const { report, identities = [] } = run.result;
      expect(countOutcomes(picture)).toEqual(report.summary.tokenExchange);
      // Of what no way is known there is a row, and nothing that an edge could say.
      const withEdges = new Set(callsIn(picture).map((call) => call.split(' ').slice(0, 2).join(' ')));
      const told = identities.filter(({ file, resource }) => withEdges.has(`${file} ${resource}`));
      expect(callsIn(picture)).toEqual(callsOf(told));
      for (const { calledAs, file, resource } of identities) {
        if (!withEdges.has(`${file} ${resource}`)) expect(calledAs, resource).toBe('unknown');
      }
      // What is found about something that is drawn stands on it, in whichever file that part of it is written.
      report.diagnostics.forEach(({ resource, message }, index) => {
        const drawn = picture.nodes.filter(({ label, file }) => label === resource && file !== null);
        if (drawn.length > 0)
          expect(
            drawn.flatMap(({ findings }) => findings),
            message,
          ).toContain(index);
      });
      // What is folded for the page loses none of it.
      expect(callsIn(foldEnds(picture))).toEqual(callsIn(picture));
    },
  );

  it('in each environment as in a run of that environment alone', async () => {
    const texts = [
      { name: 'identity.yaml', text: IDENTITY },
      { name: 'gateway.yaml', text: GATEWAY },
    ];
    const environments = ['obo', 'm2m'].map((Mode) => ({
      name: Mode,
      parameters: [{ template: undefined, values: { Stage: 'one', Mode }, origin: `${Mode}.json` }],
    }));
    const all = await drawn(check({ texts, environments }, catalogueOf(), true));
    const { summary } = all.run.result.report;
    for (const environment of environments) {
      const { name } = environment;
      const alone = await drawn(check({ texts, environments: [environment] }, catalogueOf(), true));
      const part = inEnvironment(all.picture, name);
      expect(countOutcomes(part)).toEqual(summary.environments?.[name]);
      expect(part.nodes.map(({ id, facts }) => ({ id, facts: facts.map(({ value }) => value) }))).toEqual(
        alone.picture.nodes.map(({ id, facts }) => ({ id, facts: facts.map(({ value }) => value) })),
      );
      expect(callsIn(part)).toEqual(callsIn(alone.picture));
      const { findings } = new Views(all.picture).of({ ...NO_FILTER, environment: name });
      expect(findings.length).toBe(alone.run.result.report.diagnostics.length);
    }
  });
});
