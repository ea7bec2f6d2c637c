import {
  CONDITION_FUNCTIONS,
  type Construct,
  FUNCTIONS,
  LIMITS,
  LINKS,
  OTHERS,
  REFUSALS,
  SECTIONS,
} from './constructs.js';

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/';

/** The page that says what of CloudFormation is followed, built from the tables of constructs. */
export function cloudFormationPage(): string {
  const coded = (rows: Readonly<Record<string, Construct>>): Named[] =>
    Object.entries(rows).map(([name, row]) => ({ ...row, name: `\`${name}\`` }));
  return [
    '<!-- Written by `npm run generate` from scripts/pages/constructs.ts, whose keys are those of the code. -->',
    '',
    '# What is followed of CloudFormation',
    '',
    'The linter evaluates templates to the values that they can have, each with the scenario in which it has it. What it',
    'cannot know it does not guess: a consumer that hangs on it is unverified, and the report names the reference that',
    'stopped the search. Each name leads to the page of the CloudFormation user guide that says what it means.',
    '',
    '## Functions',
    '',
    ...list(coded(FUNCTIONS)),
    '',
    'All other functions (`Fn::Base64`, `Fn::Cidr`, `Fn::GetAZs`) give texts that are unknown.',
    '',
    '## Conditions and rules',
    '',
    ...list(coded(CONDITION_FUNCTIONS)),
    '',
    '## Sections',
    '',
    ...list(coded(SECTIONS)),
    '',
    'CloudFormation looks at every value before it deploys anything, of nested stacks too. A scenario with a value that it',
    'refuses is none. It refuses:',
    '',
    ...Object.values(REFUSALS).map((reason) => `- ${reason}`),
    '',
    '## Between templates',
    '',
    ...list(Object.values(LINKS)),
    '',
    '## Loops, macros and the rest',
    '',
    ...list(OTHERS),
    '',
    '## Limits',
    '',
    'Past a limit nothing is said: what hangs on it is unverified, and the report names the limit.',
    '',
    ...LIMITS.map(([what, most]) => `- ${what}: ${most.toLocaleString('en')}`),
    '',
  ].join('\n');
}

type Named = Construct & { readonly name: string };

function list(rows: readonly Named[]): string[] {
  return rows.map(({ name, followed, unknown, page }) => {
    const rest = unknown === '' ? '' : ` _Unknown:_ ${unknown}`;
    return `- [${name}](${new URL(page, GUIDE).href}): ${followed}${rest}`;
  });
}
