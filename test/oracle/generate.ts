import { Random } from './random.js';
import type { Plain, PlainMap, TemplateFile } from './values.js';
import { GATEWAY, HARNESS, PROVIDER, TARGET } from './verdicts.js';

/*
 * Random deployments: a few providers and targets, in one to four templates, and between them whatever CloudFormation
 * has to lead from one to the other and to choose between values.
 */

const NO_VALUE: Plain = { Ref: 'AWS::NoValue' };
const ARN =
  'arn:aws:bedrock-agentcore:eu-central-1:111122223333:token-vault/default/oauth2credentialprovider/';
const EXCHANGE: Plain = {
  GrantType: 'TOKEN_EXCHANGE',
  TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
};
const STACK = 'AWS::CloudFormation::Stack';
/** What the name of a template begins with that is nested in the place of another. */
const ALTERNATIVE = 'other-';

type Mutable = Record<string, Plain>;

/** A template that is being written. */
class Draft {
  readonly parameters: Mutable = {};
  readonly mappings: Mutable = {};
  readonly conditions: Mutable = {};
  readonly rules: Mutable = {};
  readonly resources: Mutable = {};
  readonly outputs: Mutable = {};
  extended = false;
  /** Where it is nested: by which template and as which resource. */
  outer: { readonly draft: Draft; readonly logicalId: string } | undefined;
  /** What the outer template passes. */
  readonly passed: Mutable = {};
  /** The parameters with values of their own that conditions can ask for. */
  readonly choosers: { readonly name: string; readonly values: readonly string[]; readonly open: boolean }[] =
    [];

  constructor(readonly name: string) {}

  file(random: Random): TemplateFile {
    const sections: [string, PlainMap][] = random.shuffled([
      ['Parameters', this.parameters],
      ['Mappings', this.mappings],
      ['Conditions', this.conditions],
      ['Rules', this.rules],
      ['Resources', this.resources],
      ['Outputs', this.outputs],
    ]);
    const template: Mutable = this.extended ? { Transform: 'AWS::LanguageExtensions' } : {};
    for (const [name, content] of sections) {
      if (Object.keys(content).length > 0 || name === 'Resources') template[name] = content;
    }
    return { name: this.name, template };
  }
}

interface Owned {
  readonly draft: Draft;
  readonly logicalId: string;
  /** Its `Name`, where it is the same in every deployment. */
  readonly name: string;
}

/** The deployment of a seed. */
export function generate(seed: number): TemplateFile[] {
  return new Generator(new Random(seed)).run();
}

class Generator {
  private readonly drafts: Draft[] = [];
  /** The templates whose `TemplateURL` chooses between them and another. */
  private readonly chosen = new Set<string>();
  private count = 0;

  constructor(private readonly random: Random) {}

  run(): TemplateFile[] {
    const { random } = this;
    const size = random.pick([1, 1, 1, 2, 2, 2, 3, 3, 3, 4]);
    for (let index = 0; index < size; index++) this.addDraft(index);
    const providers = Array.from({ length: 1 + random.below(3) }, () =>
      this.provider(random.pick(this.drafts)),
    );
    const twins = random.chance(0.06) ? this.twins(random.pick(this.drafts)) : undefined;
    const targets = 1 + random.below(2);
    for (let index = 0; index < targets; index++) {
      const draft = random.pick(this.drafts);
      if (twins !== undefined && random.chance(0.7)) {
        const twin = this.fresh('Target');
        draft.resources[twin] = this.targetOf(draft, this.byName(twins), twin.toLowerCase());
      } else if (random.chance(0.08)) this.loop(draft);
      else this.target(draft, providers);
    }
    if (random.chance(0.15)) this.rule(random.pick(this.drafts));
    // The inner templates first: what their outer ones need for them, these get from theirs.
    for (const draft of [...this.drafts].reverse()) this.nest(draft);
    const files = this.drafts.map((draft) => draft.file(random));
    return random.shuffled([...files, ...files.flatMap((file) => this.alternative(file))]);
  }

  /** The template that is nested in the place of another, where its `TemplateURL` is chosen: some providers differ. */
  private alternative({ name, template }: TemplateFile): TemplateFile[] {
    if (!this.chosen.has(name)) return [];
    const other = structuredClone(template) as Mutable;
    for (const resource of Object.values(other.Resources as Mutable)) {
      const input = ((resource as Mutable).Properties as Mutable | undefined)?.Oauth2ProviderConfigInput;
      const custom = (input as Mutable | undefined)?.CustomOauth2ProviderConfig as Mutable | undefined;
      if (custom === undefined || this.random.chance(0.4)) continue;
      if (custom.OnBehalfOfTokenExchangeConfig === undefined) custom.OnBehalfOfTokenExchangeConfig = EXCHANGE;
      else delete custom.OnBehalfOfTokenExchangeConfig;
    }
    return [{ name: `${ALTERNATIVE}${name}`, template: other }];
  }

  private fresh(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count}`;
  }

  private addDraft(index: number): void {
    const { random } = this;
    const name = `${random.pick(['app', 'base', 'idp', 'net', 'tools', 'zone'])}-${index}.${random.pick(['json', 'yaml'])}`;
    const draft = new Draft(name);
    const outer = index > 0 && random.chance(0.6) ? random.pick(this.drafts) : undefined;
    if (outer !== undefined) draft.outer = { draft: outer, logicalId: this.fresh('Nested') };
    this.drafts.push(draft);
  }

  /** Writes the resource that deploys a nested template, now and then two of them. */
  private nest(draft: Draft): void {
    if (draft.outer === undefined) return;
    const { random } = this;
    const { draft: outer, logicalId } = draft.outer;
    const properties: Mutable = { TemplateURL: this.url(draft, outer) };
    const passed = this.passedAtAll(draft, outer);
    if (passed !== undefined) properties.Parameters = passed;
    outer.resources[logicalId] = {
      Type: STACK,
      ...this.perhapsConditional(outer, 0.08),
      Properties: properties,
    };
    const types = Object.values(draft.resources).map((resource) => (resource as PlainMap).Type);
    if (types.every((type) => type === TARGET || type === GATEWAY) && random.chance(0.3)) {
      const again = this.passedAtAll(draft, outer);
      outer.resources[this.fresh('Nested')] = {
        Type: STACK,
        ...this.perhapsConditional(outer, 0.3),
        Properties: { ...properties, ...(again === undefined ? {} : { Parameters: again }) },
      };
    }
  }

  /** Where a nested template is, now and then one of two. */
  private url(draft: Draft, outer: Draft): Plain {
    const { random } = this;
    const url = random.chance(0.5) ? draft.name : `./${draft.name}`;
    if (random.chance(0.92)) return url;
    this.chosen.add(draft.name);
    return { 'Fn::If': [this.condition(outer), ...random.shuffled([url, `${ALTERNATIVE}${draft.name}`])] };
  }

  /** All that is passed, one by one or chosen as a whole: what has a default can be left out. */
  private passedAtAll(draft: Draft, outer: Draft): Plain | undefined {
    const { random } = this;
    const entries = Object.entries(draft.passed);
    if (entries.length === 0) return undefined;
    if (random.chance(0.85)) return draft.passed;
    const fewer = entries.filter(([name]) => {
      const declaration = draft.parameters[name] as PlainMap;
      return declaration.Default === undefined || random.chance(0.4);
    });
    return { 'Fn::If': [this.condition(outer), draft.passed, Object.fromEntries(fewer)] };
  }

  // ------------------------------------------------------------------ choices

  /** A parameter of a template that has one of a few values. */
  private chooser(draft: Draft): Draft['choosers'][number] {
    const { random } = this;
    if (draft.choosers.length > 0 && (draft.choosers.length >= 2 || random.chance(0.6)))
      return random.pick(draft.choosers);
    const name = this.fresh('Mode');
    const values = random.pick([
      ['obo', 'm2m'],
      ['dev', 'test', 'prod'],
      ['a', 'b', 'c'],
      ['true', 'false'],
    ]);
    const made =
      draft.outer === undefined
        ? this.rootChooser(draft, name, values)
        : this.passedChooser(draft, name, values);
    draft.choosers.push(made);
    return made;
  }

  private rootChooser(draft: Draft, name: string, values: readonly string[]): Draft['choosers'][number] {
    const { random } = this;
    const elsewhere = this.drafts
      .filter((other) => other !== draft && other.outer === undefined)
      .flatMap((other) => other.choosers.map((chooser) => ({ other, chooser })));
    if (elsewhere.length > 0 && random.chance(0.25)) {
      // Declared alike in two templates.
      const { other, chooser } = random.pick(elsewhere);
      const declaration = other.parameters[chooser.name];
      if (declaration !== undefined && draft.parameters[chooser.name] === undefined) {
        draft.parameters[chooser.name] = declaration;
        return chooser;
      }
    }
    if (random.chance(0.15)) {
      const limits = random.pick<PlainMap>([
        { MinValue: 1, MaxValue: 3 },
        { MaxValue: 2 },
        { AllowedValues: [1, 2, 5] },
        {},
      ]);
      draft.parameters[name] = { Type: 'Number', ...limits };
      return { name, values: ['1', '2', '5'], open: limits.AllowedValues === undefined };
    }
    if (random.chance(0.3)) {
      draft.parameters[name] = {
        Type: 'String',
        ...(random.chance(0.5) ? { Default: random.pick(values) } : {}),
      };
      return { name, values, open: true };
    }
    draft.parameters[name] = {
      Type: 'String',
      AllowedValues: values,
      ...(random.chance(0.3) ? { Default: random.pick(values) } : {}),
    };
    return { name, values, open: false };
  }

  /** A parameter that gets its value from the outer template. */
  private passedChooser(draft: Draft, name: string, values: readonly string[]): Draft['choosers'][number] {
    const { random } = this;
    const outer = draft.outer?.draft ?? draft;
    const declaration: Mutable = { Type: 'String' };
    const way = random.below(6);
    let open = false;
    if (way === 0) {
      const from = this.chooser(outer);
      draft.passed[name] = { Ref: from.name };
      if (random.chance(0.3))
        declaration.AllowedValues = from.values.slice(0, 1 + random.below(from.values.length));
      draft.parameters[name] = declaration;
      return { name, values: from.values, open: from.open };
    }
    if (way === 1) declaration.Default = random.pick(values);
    else if (way === 2) {
      declaration.Default = random.pick(values);
      draft.passed[name] = {
        'Fn::If': [this.condition(outer), ...random.shuffled([random.pick(values), NO_VALUE])],
      };
    } else if (way === 3) {
      draft.passed[name] = this.choice(outer, [...values], 1);
    } else if (way === 4) {
      draft.passed[name] = random.pick(values);
      if (random.chance(0.5)) declaration.Default = random.pick(values);
    } else {
      // A parameter of the same name, handed through.
      const from = this.chooser(outer);
      draft.passed[name] = { 'Fn::Sub': `\${${from.name}}` };
      open = from.open;
      draft.parameters[name] = declaration;
      return { name, values: from.values, open };
    }
    if (random.chance(0.25)) declaration.AllowedValues = random.shuffled(values);
    draft.parameters[name] = declaration;
    return { name, values, open };
  }

  /** The name of a condition of a template. */
  private condition(draft: Draft): string {
    const { random } = this;
    const known = Object.keys(draft.conditions);
    if (known.length > 0 && (known.length >= 4 || random.chance(0.5))) return random.pick(known);
    const expression = this.test(draft, 2);
    const name = this.fresh('Is');
    draft.conditions[name] = expression;
    return name;
  }

  private test(draft: Draft, depth: number): Plain {
    const { random } = this;
    const known = Object.keys(draft.conditions);
    if (depth > 0 && random.chance(0.35)) {
      const inner = (): Plain => this.test(draft, depth - 1);
      const operator = random.pick(['Fn::Not', 'Fn::And', 'Fn::Or']);
      return { [operator]: operator === 'Fn::Not' ? [inner()] : [inner(), inner()] };
    }
    if (known.length > 0 && random.chance(0.25)) return { Condition: random.pick(known) };
    if (random.chance(0.06)) return this.regionTest();
    if (random.chance(0.06) && draft.outer === undefined) return this.listTest(draft);
    const chooser = this.chooser(draft);
    const value = random.pick(chooser.values);
    const operands: Plain[] = [this.asked(draft, chooser.name, chooser.open), value];
    const last = operands[0];
    if (typeof last === 'object' && random.chance(0.12) && !chooser.open) {
      // Longer texts on both sides.
      if (random.chance(0.3)) {
        draft.extended = true;
        const text = { 'Fn::ToJsonString': { mode: { Ref: chooser.name } } };
        return { 'Fn::Equals': [text, JSON.stringify({ mode: value })] };
      }
      return { 'Fn::Equals': [{ 'Fn::Sub': `x-\${${chooser.name}}` }, `x-${value}`] };
    }
    return { 'Fn::Equals': random.shuffled(operands) };
  }

  /** What a list parameter of the root is asked. */
  private listTest(draft: Draft): Plain {
    const { random } = this;
    let name = Object.keys(draft.parameters).find((parameter) => parameter.startsWith('Items'));
    if (name === undefined) {
      name = this.fresh('Items');
      draft.parameters[name] = {
        Type: 'CommaDelimitedList',
        ...(random.chance(0.7) ? { AllowedValues: ['A', 'B'] } : {}),
        ...(random.chance(0.5) ? { Default: random.pick(['A', 'A,B']) } : {}),
      };
    }
    const list = { Ref: name };
    draft.extended = true;
    return {
      'Fn::Equals': random.pick<Plain[]>([
        [{ 'Fn::Select': [0, list] }, 'A'],
        [{ 'Fn::Join': [',', list] }, 'A,B'],
        [{ 'Fn::Length': list }, '2'],
        [{ 'Fn::Length': ['x', 'y'] }, random.pick(['2', '3'])],
      ]),
    };
  }

  private regionTest(): Plain {
    return this.random.pick<Plain>([
      { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] },
      { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'cn-north-1'] },
      { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] },
    ]);
  }

  /** A parameter's value, as conditions write it. */
  private asked(draft: Draft, name: string, open: boolean): Plain {
    const { random } = this;
    const ref = { Ref: name };
    if (open || random.chance(0.7)) return ref;
    return random.pick<Plain>([
      { 'Fn::Sub': `\${${name}}` },
      { 'Fn::Join': ['', [ref]] },
      { 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Sub': `\${${name}}-x` }] }] },
      { 'Fn::FindInMap': [this.identityMap(draft, name), ref, 'is'] },
    ]);
  }

  /** A mapping that gives each value of a parameter itself. */
  private identityMap(draft: Draft, name: string): string {
    const map = this.fresh('Same');
    const values = draft.choosers.find((chooser) => chooser.name === name)?.values ?? [];
    draft.mappings[map] = Object.fromEntries(values.map((value) => [value, { is: value }]));
    return map;
  }

  /** One of some values, hanging on the parameters. */
  private choice(draft: Draft, values: readonly Plain[], depth = 2): Plain {
    const { random } = this;
    if (depth === 0 || random.chance(0.25)) return this.disguised(draft, random.pick(values), depth);
    const texts = values.filter((value) => typeof value === 'string');
    const way = random.below(texts.length > 1 ? 9 : 2);
    if (way <= 3) {
      const condition = this.condition(draft);
      return {
        'Fn::If': [condition, this.choice(draft, values, depth - 1), this.choice(draft, values, depth - 1)],
      };
    }
    if (way === 4) return this.mapped(draft, texts);
    if (way === 5) return this.mappedWithDefault(draft, texts);
    if (way === 6) return this.selected(draft, texts);
    if (way === 7 && draft.outer !== undefined) return this.passedText(draft, texts);
    if (way === 8 && draft.outer !== undefined) return this.passedItem(draft, texts);
    const condition = this.condition(draft);
    return { 'Fn::If': [condition, random.pick(values), random.pick(values)] };
  }

  /** An entry of a mapping under what a parameter is. */
  private mapped(draft: Draft, texts: readonly string[]): Plain {
    const { random } = this;
    const chooser = this.chooser(draft);
    // Without a default, CloudFormation refuses what has no row.
    if (chooser.open) return this.mappedWithDefault(draft, texts);
    const map = this.fresh('Map');
    if (random.chance(0.3)) {
      draft.mappings[map] = Object.fromEntries(
        chooser.values.map((value) => [value, { list: [random.pick(texts), random.pick(texts)] }]),
      );
      return { 'Fn::Select': [random.below(2), { 'Fn::FindInMap': [map, { Ref: chooser.name }, 'list'] }] };
    }
    if (random.chance(0.3)) {
      draft.mappings[map] = {
        row: Object.fromEntries(chooser.values.map((value) => [value, random.pick(texts)])),
      };
      return { 'Fn::FindInMap': [map, 'row', { Ref: chooser.name }] };
    }
    // With a value that has no row CloudFormation refuses to deploy.
    const rows = random.chance(0.2)
      ? random.shuffled(chooser.values).slice(0, 1 + random.below(chooser.values.length))
      : chooser.values;
    draft.mappings[map] = Object.fromEntries(rows.map((value) => [value, { is: random.pick(texts) }]));
    return { 'Fn::FindInMap': [map, { Ref: chooser.name }, 'is'] };
  }

  /** The same with some entries missing, under a key that may be put together. */
  private mappedWithDefault(draft: Draft, texts: readonly string[]): Plain {
    const { random } = this;
    draft.extended = true;
    const chooser = this.chooser(draft);
    const map = this.fresh('Map');
    const composed = random.chance(0.5);
    const key = (value: string): string => (composed ? `x-${value}` : value);
    const rows = random.shuffled(chooser.values).slice(0, 1 + random.below(chooser.values.length));
    draft.mappings[map] = Object.fromEntries(rows.map((value) => [key(value), { is: random.pick(texts) }]));
    const ref: Plain = composed ? { 'Fn::Sub': `x-\${${chooser.name}}` } : { Ref: chooser.name };
    return { 'Fn::FindInMap': [map, ref, 'is', { DefaultValue: random.pick(texts) }] };
  }

  /** An item of a list, under an index that a parameter gives. */
  private selected(draft: Draft, texts: readonly string[]): Plain {
    const { random } = this;
    const items = [random.pick(texts), random.pick(texts)];
    if (draft.outer !== undefined || random.chance(0.5)) return { 'Fn::Select': [random.below(2), items] };
    const name = this.fresh('Index');
    draft.parameters[name] = { Type: random.pick(['String', 'Number']), AllowedValues: ['0', '1'] };
    return { 'Fn::Select': [{ Ref: name }, items] };
  }

  /** A parameter that the outer template gives one of some texts. */
  private passedText(draft: Draft, texts: readonly string[]): Plain {
    const { random } = this;
    const outer = draft.outer?.draft ?? draft;
    const name = this.fresh('Text');
    const preset = random.chance(0.5);
    draft.parameters[name] = { Type: 'String', ...(preset ? { Default: random.pick(texts) } : {}) };
    const values: Plain[] = preset ? [...texts, NO_VALUE] : [...texts];
    draft.passed[name] = this.choice(outer, values, 1);
    return { Ref: name };
  }

  /** An item of a list that the outer template gives. */
  private passedItem(draft: Draft, texts: readonly string[]): Plain {
    const { random } = this;
    const outer = draft.outer?.draft ?? draft;
    const name = this.fresh('List');
    draft.parameters[name] = { Type: 'CommaDelimitedList' };
    const items = [random.pick(texts), random.pick(texts)];
    const join = random.chance(0.5);
    draft.passed[name] = random.chance(0.4)
      ? { 'Fn::If': [this.condition(outer), items.join(','), [...items].reverse().join(',')] }
      : join
        ? { 'Fn::Join': [',', items.map((item) => this.choice(outer, [item, random.pick(texts)], 1))] }
        : items.join(',');
    return { 'Fn::Select': [random.below(2), { Ref: name }] };
  }

  /** A value in other words. */
  private disguised(draft: Draft, value: Plain, depth: number): Plain {
    const { random } = this;
    if (typeof value !== 'string' || depth === 0 || random.chance(0.7)) return value;
    const cut = 1 + random.below(Math.max(1, value.length - 1));
    const parts = [value.slice(0, cut), value.slice(cut)];
    return random.pick<Plain>([
      { 'Fn::Sub': value },
      { 'Fn::Join': ['', parts] },
      { 'Fn::Select': [1, ['other', value]] },
      { 'Fn::Select': [1, { 'Fn::Split': ['|', `x|${value}`] }] },
      { 'Fn::Sub': [`\${A}${parts[1]}`, { A: parts[0] ?? '' }] },
      { 'Fn::FindInMap': [this.constantMap(draft, value), 'k', 'v'] },
      { 'Fn::Join': ['', { 'Fn::Split': ['|', parts.join('|')] }] },
    ]);
  }

  private constantMap(draft: Draft, value: string): string {
    const map = this.fresh('Fixed');
    draft.mappings[map] = { k: { v: value } };
    return map;
  }

  private rule(draft: Draft): void {
    const { random } = this;
    const root = this.rootOf(draft);
    const subject = random.chance(0.7) ? root : draft;
    const chooser = this.chooser(subject);
    const value = random.pick(chooser.values);
    const equals = { 'Fn::Equals': [{ Ref: chooser.name }, value] };
    const assertion = random.pick<Plain>([
      equals,
      { 'Fn::Not': [equals] },
      { 'Fn::Contains': [[value, random.pick(chooser.values)], { Ref: chooser.name }] },
    ]);
    subject.rules[this.fresh('Rule')] = { Assertions: [{ Assert: assertion }] };
  }

  private rootOf(draft: Draft): Draft {
    let root = draft;
    while (root.outer !== undefined) root = root.outer.draft;
    return root;
  }

  // ---------------------------------------------------------------- resources

  private perhapsConditional(draft: Draft, probability: number): { Condition?: string } {
    return this.random.chance(probability) ? { Condition: this.condition(draft) } : {};
  }

  private provider(draft: Draft): Owned {
    const logicalId = this.fresh('Provider');
    const name = `idp-${this.count}`;
    const condition = this.perhapsConditional(draft, 0.25);
    draft.resources[logicalId] = {
      Type: PROVIDER,
      ...condition,
      Properties: { Name: this.disguised(draft, name, 1), ...this.setup(draft) },
    };
    return { draft, logicalId, name };
  }

  /** Two providers of one name, of which there is one at most in each deployment. */
  private twins(draft: Draft): Owned {
    const { random } = this;
    const name = `twin-${this.count}`;
    const first = this.condition(draft);
    const second = this.fresh('Is');
    const other: Plain = random.chance(0.5)
      ? { 'Fn::Not': [{ Condition: first }] }
      : { 'Fn::And': [{ 'Fn::Not': [{ Condition: first }] }, this.test(draft, 1)] };
    draft.conditions[second] = other;
    let logicalId = '';
    for (const condition of [first, second]) {
      logicalId = this.fresh('Provider');
      draft.resources[logicalId] = {
        Type: PROVIDER,
        Condition: condition,
        Properties: { Name: name, ...this.setup(draft) },
      };
    }
    return { draft, logicalId, name };
  }

  private setup(draft: Draft): PlainMap {
    const { random } = this;
    const common = {
      ClientId: 'app',
      ClientSecret: '{{resolve:secretsmanager:idp:SecretString:client_secret}}',
    };
    const kind = random.below(12);
    if (kind === 0)
      return {
        CredentialProviderVendor: 'SalesforceOauth2',
        Oauth2ProviderConfigInput: { SalesforceOauth2ProviderConfig: common },
      };
    if (kind === 1)
      return {
        CredentialProviderVendor: 'MicrosoftOauth2',
        Oauth2ProviderConfigInput: { MicrosoftOauth2ProviderConfig: { ...common, TenantId: 'a1' } },
      };
    const custom: Mutable = {
      ...common,
      OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
    };
    if (kind === 2 && random.chance(0.5)) {
      // The vendor changes, and its block with it or not.
      const condition = this.condition(draft);
      const block: Plain = random.chance(0.6)
        ? {
            'Fn::If': [
              condition,
              { CustomOauth2ProviderConfig: { ...custom, OnBehalfOfTokenExchangeConfig: EXCHANGE } },
              { SalesforceOauth2ProviderConfig: common },
            ],
          }
        : { CustomOauth2ProviderConfig: { ...custom, OnBehalfOfTokenExchangeConfig: EXCHANGE } };
      return {
        CredentialProviderVendor: { 'Fn::If': [condition, 'CustomOauth2', 'SalesforceOauth2'] },
        Oauth2ProviderConfigInput: block,
      };
    }
    const blocks: Plain[] = random.pick([
      [EXCHANGE],
      [EXCHANGE, NO_VALUE],
      [EXCHANGE, NO_VALUE],
      [{ GrantType: 'JWT_AUTHORIZATION_GRANT' }, NO_VALUE],
      [EXCHANGE, { GrantType: 'JWT_AUTHORIZATION_GRANT' }],
      [EXCHANGE, { ...(EXCHANGE as PlainMap), GrantType: 'TOKEN_EXCHANG' }],
      [NO_VALUE],
    ]);
    if (blocks.length === 1 && blocks[0] !== NO_VALUE)
      custom.OnBehalfOfTokenExchangeConfig = blocks[0] ?? null;
    else if (blocks.length > 1) custom.OnBehalfOfTokenExchangeConfig = this.choice(draft, blocks);
    return {
      CredentialProviderVendor: 'CustomOauth2',
      Oauth2ProviderConfigInput: { CustomOauth2ProviderConfig: custom },
    };
  }

  private gateway(draft: Draft): string {
    const { random } = this;
    const known = Object.keys(draft.resources).find((id) => id.startsWith('Gateway'));
    if (known !== undefined && random.chance(0.6)) return known;
    const logicalId = this.fresh('Gateway');
    const jwt = {
      AuthorizerType: 'CUSTOM_JWT',
      AuthorizerConfiguration: {
        CustomJWTAuthorizer: {
          DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration',
          AllowedAudience: ['app'],
        },
      },
    };
    let authorizer: PlainMap = jwt;
    if (random.chance(0.08)) authorizer = { AuthorizerType: 'AWS_IAM' };
    else if (random.chance(0.04)) authorizer = { AuthorizerType: 'NONE' };
    else if (random.chance(0.06)) {
      const condition = this.condition(draft);
      authorizer = {
        AuthorizerType: { 'Fn::If': [condition, 'CUSTOM_JWT', 'AWS_IAM'] },
        AuthorizerConfiguration: { 'Fn::If': [condition, jwt.AuthorizerConfiguration, NO_VALUE] },
      };
    }
    draft.resources[logicalId] = {
      Type: GATEWAY,
      Properties: {
        Name: logicalId.toLowerCase(),
        ProtocolType: 'MCP',
        RoleArn: 'arn:aws:iam::111122223333:role/gateway',
        ...authorizer,
      },
    };
    return logicalId;
  }

  /** The gateway of a target: of the same template, or of the one around it. */
  private gatewayOf(draft: Draft): Plain {
    const { random } = this;
    const outer = draft.outer?.draft;
    if (outer === undefined || random.chance(0.85)) return this.gatewayReference(this.gateway(draft));
    const name = this.fresh('Behind');
    draft.parameters[name] = { Type: 'String' };
    draft.passed[name] = this.gatewayReference(this.gateway(outer));
    return { Ref: name };
  }

  private gatewayReference(gateway: string): Plain {
    return this.random.pick<Plain>([
      { Ref: gateway },
      { Ref: gateway },
      { 'Fn::GetAtt': [gateway, 'GatewayIdentifier'] },
      { 'Fn::Sub': `\${${gateway}}` },
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': [gateway, 'GatewayArn'] }] }] },
    ]);
  }

  /** What nobody knows before it is deployed. */
  private open(draft: Draft): Plain {
    if (draft.outer !== undefined || this.random.chance(0.5)) return '{{resolve:ssm:/somebody/else}}';
    const name = this.fresh('Open');
    draft.parameters[name] = { Type: 'String' };
    return { Ref: name };
  }

  private grant(draft: Draft): { GrantType?: Plain; DefaultReturnUrl?: Plain } {
    const { random } = this;
    const values = random.pick<readonly Plain[]>([
      ['TOKEN_EXCHANGE'],
      ['TOKEN_EXCHANGE'],
      ['TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS'],
      ['TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS', NO_VALUE],
      ['TOKEN_EXCHANGE', NO_VALUE],
      ['TOKEN_EXCHANGE', 'token_exchange'],
      ['CLIENT_CREDENTIALS'],
      ['AUTHORIZATION_CODE'],
      ['TOKEN_EXCHANGE', 'AUTHORIZATION_CODE'],
      [NO_VALUE],
    ]);
    if (values.length === 1 && values[0] === NO_VALUE) return {};
    if (random.chance(0.03)) return { GrantType: this.open(draft) };
    const returned = values.includes('AUTHORIZATION_CODE') && random.chance(0.5);
    return {
      GrantType: this.choice(draft, values),
      ...(returned ? { DefaultReturnUrl: 'https://app.example.com/back' } : {}),
    };
  }

  private targetOf(draft: Draft, arn: Plain, name: Plain): PlainMap {
    const { random } = this;
    const entry: Plain = {
      CredentialProviderType: 'OAUTH',
      CredentialProvider: {
        OauthCredentialProvider: { ProviderArn: arn, Scopes: ['read'], ...this.grant(draft) },
      },
    };
    const gatewayIam: Plain = {
      CredentialProviderType: 'GATEWAY_IAM_ROLE',
      CredentialProvider: { IamCredentialProvider: { Service: 'bedrock-agentcore' } },
    };
    const list: Plain = random.chance(0.06)
      ? { 'Fn::If': [this.condition(draft), [entry], [gatewayIam]] }
      : [random.chance(0.06) ? { 'Fn::If': [this.condition(draft), entry, gatewayIam] } : entry];
    return {
      Type: TARGET,
      ...this.perhapsConditional(draft, 0.2),
      Properties: {
        Name: name,
        GatewayIdentifier: this.gatewayOf(draft),
        TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com' } } },
        CredentialProviderConfigurations: list,
      },
    };
  }

  private harnessOf(draft: Draft, arn: Plain): PlainMap {
    const { random } = this;
    const gateway = {
      GatewayArn: { 'Fn::GetAtt': [this.gateway(draft), 'GatewayArn'] },
      OutboundAuth: { Oauth: { ProviderArn: arn, Scopes: ['read'], ...this.grant(draft) } },
    };
    return {
      Type: HARNESS,
      ...this.perhapsConditional(draft, 0.2),
      Properties: {
        HarnessName: `harness${this.count}`,
        ExecutionRoleArn: 'arn:aws:iam::111122223333:role/harness',
        Tools: [
          {
            Type: 'agentcore_gateway',
            Name: random.pick(['tools', 'search']),
            Config: { AgentCoreGateway: gateway },
          },
        ],
      },
    };
  }

  private target(draft: Draft, providers: readonly Owned[]): void {
    const { random } = this;
    const logicalId = this.fresh('Target');
    const some = random.shuffled(providers).slice(0, random.pick([1, 1, 1, 2]));
    const arns = some.map((provider) => this.reference(draft, provider));
    let arn = arns[0] ?? NO_VALUE;
    if (arns[1] !== undefined) arn = { 'Fn::If': [this.condition(draft), arn, arns[1]] };
    if (random.chance(0.03)) arn = { 'Fn::If': [this.condition(draft), arn, `${ARN}nobody`] };
    if (random.chance(0.05)) {
      draft.resources[this.fresh('Harness')] = this.harnessOf(draft, arn);
      return;
    }
    draft.resources[logicalId] = this.targetOf(draft, arn, logicalId.toLowerCase());
  }

  /** Targets that a loop makes, each with a provider of its own. */
  private loop(draft: Draft): void {
    const { random } = this;
    draft.extended = true;
    const over = this.fresh('Each');
    const keys = ['A', 'B'];
    const suffix = String(this.count);
    for (const key of keys) {
      draft.resources[`Own${suffix}${key}`] = {
        Type: PROVIDER,
        Properties: { Name: `own-${suffix}-${key}`.toLowerCase(), ...this.setup(draft) },
      };
    }
    const list = (items: readonly string[]): string => items.join(',');
    let collection: Plain = keys;
    const way = random.below(5);
    if (way === 1) {
      const name = this.fresh('Names');
      draft.parameters[name] = {
        Type: 'CommaDelimitedList',
        Default: list(random.shuffled(keys).slice(0, 1 + random.below(2))),
      };
      if (draft.outer !== undefined && random.chance(0.8))
        draft.passed[name] = random.chance(0.5)
          ? list(keys)
          : { 'Fn::If': [this.condition(draft.outer.draft), 'A', random.chance(0.5) ? 'A,B' : NO_VALUE] };
      collection = { Ref: name };
    } else if (way === 2 && draft.choosers.some(({ open }) => !open)) {
      const chooser = random.pick(draft.choosers.filter(({ open }) => !open));
      const map = this.fresh('Map');
      draft.mappings[map] = Object.fromEntries(
        chooser.values.map((value) => [
          value,
          { names: random.shuffled(keys).slice(0, 1 + random.below(2)) },
        ]),
      );
      collection = { 'Fn::FindInMap': [map, { Ref: chooser.name }, 'names'] };
    } else if (way === 3) {
      collection = { 'Fn::If': [this.condition(draft), ['A'], ['A', 'B']] };
    }
    const arn: Plain = random.pick<Plain>([
      { 'Fn::GetAtt': [`Own${suffix}\${X}`, 'CredentialProviderArn'] },
      { Ref: `Own${suffix}\${X}` },
    ]);
    draft.resources[`Fn::ForEach::${over}`] = [
      'X',
      collection,
      { [`Target${suffix}\${X}`]: this.targetOf(draft, arn, { 'Fn::Sub': `t-${suffix}-\${X}` }) },
    ];
  }

  // --------------------------------------------------------------- references

  /** An expression of a template that gives a provider's ARN. */
  private reference(draft: Draft, provider: Owned): Plain {
    const { random } = this;
    if (random.chance(0.12)) return this.byName(provider);
    if (random.chance(0.1)) return this.bySsm(draft, provider);
    if (draft === provider.draft) return this.attribute(provider);
    if (this.isWithin(draft, provider.draft)) return this.handedIn(draft, provider);
    if (this.isWithin(provider.draft, draft)) return this.handedOut(provider.draft, draft, provider);
    const shared = this.sharedOuter(draft, provider.draft);
    if (shared !== undefined && random.chance(0.6)) {
      const name = this.parameterDown(draft, shared, () => this.handedOut(provider.draft, shared, provider));
      return { Ref: name };
    }
    return random.chance(0.7) ? this.byExport(draft, provider) : this.bySsm(draft, provider);
  }

  private attribute({ logicalId }: Owned): Plain {
    return this.random.pick<Plain>([
      { Ref: logicalId },
      { 'Fn::GetAtt': [logicalId, 'CredentialProviderArn'] },
      { 'Fn::Sub': `\${${logicalId}}` },
      { 'Fn::Sub': `\${${logicalId}.CredentialProviderArn}` },
      { 'Fn::Join': ['', [{ Ref: logicalId }]] },
    ]);
  }

  /** Its ARN, as a text. */
  private byName({ name }: Owned): Plain {
    return this.random.pick<Plain>([
      `${ARN}${name}`,
      { 'Fn::Join': ['/', [ARN.slice(0, -1), name]] },
      {
        'Fn::Sub': `arn:\${AWS::Partition}:bedrock-agentcore:\${AWS::Region}:\${AWS::AccountId}:token-vault/default/oauth2credentialprovider/${name}`,
      },
    ]);
  }

  private bySsm(draft: Draft, provider: Owned): Plain {
    const { random } = this;
    const owner = provider.draft;
    const path = `/idp/${this.fresh('arn')}`;
    const condition = this.existsWith(provider, 0.25);
    owner.resources[this.fresh('Stored')] = {
      Type: 'AWS::SSM::Parameter',
      ...condition,
      Properties: { Type: 'String', Name: this.disguised(owner, path, 1), Value: this.attribute(provider) },
    };
    if (random.chance(0.5)) return `{{resolve:ssm:${path}}}`;
    const name = this.fresh('Stored');
    if (draft.outer !== undefined && random.chance(0.5)) {
      draft.parameters[name] = { Type: 'AWS::SSM::Parameter::Value<String>' };
      draft.passed[name] = path;
    } else draft.parameters[name] = { Type: 'AWS::SSM::Parameter::Value<String>', Default: path };
    return { Ref: name };
  }

  /** A condition for what stands for a provider: its own one, and now and then another one. */
  private existsWith(provider: Owned, probability: number): { Condition?: string } {
    const resource = provider.draft.resources[provider.logicalId] as PlainMap;
    if (typeof resource.Condition === 'string') return { Condition: resource.Condition };
    return this.perhapsConditional(provider.draft, probability);
  }

  private byExport(draft: Draft, provider: Owned): Plain {
    const { random } = this;
    const owner = provider.draft;
    if (this.rootOf(owner) === this.rootOf(draft)) return this.byName(provider);
    const name = this.fresh('export');
    const exported: Plain = random.chance(0.2)
      ? { 'Fn::If': [this.condition(owner), name, `${name}-other`] }
      : this.disguised(owner, name, 1);
    owner.outputs[this.fresh('Out')] = {
      ...this.existsWith(provider, 0.2),
      Value: this.attribute(provider),
      Export: { Name: exported },
    };
    if (random.chance(0.15)) this.exportAgain(draft, owner, name);
    return { 'Fn::ImportValue': this.disguised(draft, name, 1) };
  }

  /** A second export of a name, in a deployment of its own: nobody can tell which of the two is meant. */
  private exportAgain(draft: Draft, owner: Draft, name: string): void {
    const taken = [this.rootOf(draft), this.rootOf(owner)];
    const others = this.drafts.filter((other) => other.outer === undefined && !taken.includes(other));
    const [other] = this.random.shuffled(others);
    if (other === undefined) return;
    other.outputs[this.fresh('Out')] = {
      Value: this.attribute(this.provider(other)),
      Export: { Name: name },
    };
  }

  private isWithin(inner: Draft, outer: Draft): boolean {
    for (let at = inner.outer?.draft; at !== undefined; at = at.outer?.draft) if (at === outer) return true;
    return false;
  }

  private sharedOuter(one: Draft, other: Draft): Draft | undefined {
    for (let at = one.outer?.draft; at !== undefined; at = at.outer?.draft)
      if (this.isWithin(other, at)) return at;
    return undefined;
  }

  private handedIn(draft: Draft, provider: Owned): Plain {
    return { Ref: this.parameterDown(draft, provider.draft, () => this.attribute(provider)) };
  }

  /** The name of a parameter that gets what an outer template has. */
  private parameterDown(draft: Draft, from: Draft, value: () => Plain): string {
    const { random } = this;
    const outer = draft.outer?.draft;
    if (outer === undefined) throw new Error('not nested');
    const name = this.fresh('Arn');
    const written = outer === from ? value() : { Ref: this.parameterDown(outer, from, value) };
    if (random.chance(0.15)) {
      draft.parameters[name] = {
        Type: 'String',
        Default: `${ARN}${random.pick(['nobody', 'idp-1', 'idp-2'])}`,
      };
      draft.passed[name] = { 'Fn::If': [this.condition(outer), written, NO_VALUE] };
    } else {
      draft.parameters[name] = { Type: 'String', ...(random.chance(0.3) ? { Default: '' } : {}) };
      draft.passed[name] = written;
    }
    return name;
  }

  /** What an outer template says to get what an inner one has. */
  private handedOut(from: Draft, to: Draft, provider: Owned): Plain {
    const outer = from.outer;
    if (outer === undefined) throw new Error('not nested');
    const name = this.fresh('Out');
    from.outputs[name] = { ...this.existsWith(provider, 0.1), Value: this.attribute(provider) };
    const reference: Plain = this.random.pick<Plain>([
      { 'Fn::GetAtt': [outer.logicalId, `Outputs.${name}`] },
      { 'Fn::Sub': `\${${outer.logicalId}.Outputs.${name}}` },
    ]);
    if (outer.draft === to) return reference;
    return this.passOut(outer.draft, to, reference);
  }

  private passOut(from: Draft, to: Draft, value: Plain): Plain {
    const outer = from.outer;
    if (outer === undefined) throw new Error('not nested');
    const name = this.fresh('Out');
    from.outputs[name] = { Value: value };
    const reference: Plain = { 'Fn::GetAtt': [outer.logicalId, `Outputs.${name}`] };
    return outer.draft === to ? reference : this.passOut(outer.draft, to, reference);
  }
}
