import { unroll } from './loops.js';
import { accepts, defaultOf, isListType, isSsmType, itemsOf, textOf, typeOf } from './parameters.js';
import {
  Absent,
  Circular,
  Dangling,
  entry,
  IllFormed,
  isAnyOther,
  isList,
  isMap,
  isUnknown,
  NO_VALUE,
  type Plain,
  type PlainMap,
  Refused,
  section,
  type TemplateFile,
  unknownText,
  type Value,
} from './values.js';

/** What a stack has to ask the account that it is deployed to. */
export interface Account {
  /** The pseudo parameters that are the same for all stacks. */
  readonly pseudo: ReadonlyMap<string, string>;
  file(url: string): TemplateFile | undefined;
  /** What an export gives; an unknown text when nobody in view has it. */
  exported(name: string, from: Stack): Value;
  /** What an SSM parameter holds; an unknown text when nobody in view writes it. */
  parameterStore(name: string, from: Stack): Value;
  /** What tells a resource's ARN and id from those of others that bear its name. */
  mark(stack: Stack, logicalId: string): string;
}

/** What a parameter is given: a text, or why the outer stack has nothing to give. */
type Given = string | Absent | Dangling;

/** One template as it is deployed once, with a value for each of its parameters. */
export class Stack {
  private expanded: PlainMap;
  private readonly decided = new Map<string, boolean>();
  private readonly nested = new Map<string, Stack>();
  /** The nested stacks that wait for what they are passed. */
  private readonly waiting = new Set<string>();

  /**
   * @param given what the outer stack passes, or what is given to a stack of its own
   * @param isChecked whether CloudFormation looks at values and rules
   * @throws Refused when CloudFormation refuses a value, or a rule does
   */
  constructor(
    readonly account: Account,
    readonly file: TemplateFile,
    readonly id: string,
    private readonly given: ReadonlyMap<string, Given>,
    private readonly isChecked = true,
  ) {
    for (const [name, declaration] of Object.entries(section(file.template, 'Parameters'))) {
      if (entry(declaration, 'Type') === undefined) throw new IllFormed(`${id}: ${name} has no type`);
      const text = given.get(name) ?? defaultOf(declaration);
      const isKnown = typeof text === 'string' && (!isUnknown(text) || isAnyOther(text));
      if (isChecked && isKnown && !accepts(declaration, text))
        throw new Refused(`${id}: ${name} cannot be ${text}`);
    }
    // What a loop goes over hangs on the rest of the template.
    this.expanded = file.template;
    this.expanded = unroll(file.template, (expression) => {
      const value = isList(expression)
        ? expression.map((item) => this.evaluate(item))
        : this.evaluate(expression);
      if (!Array.isArray(value)) throw new IllFormed(`${id}: a loop goes over ${String(value)}`);
      return value.flat().map((item) => textOf(item as Plain));
    });
    if (!isChecked) return;
    for (const name of Object.keys(section(this.expanded, 'Conditions'))) this.condition(name);
    for (const [name, rule] of Object.entries(section(file.template, 'Rules'))) this.assertRule(name, rule);
  }

  /** The id of the stack that is deployed by itself, of which this is one. */
  get root(): string {
    return this.id.split('/')[0] ?? '';
  }

  private assertRule(name: string, rule: Plain): void {
    const when = entry(rule, 'RuleCondition');
    if (when !== undefined && !this.holds(when)) return;
    const assertions = entry(rule, 'Assertions');
    for (const assertion of isList(assertions) ? assertions : []) {
      if (!this.holds(entry(assertion, 'Assert') ?? true)) throw new Refused(`${this.id}: the rule ${name}`);
    }
  }

  resources(): PlainMap {
    return section(this.expanded, 'Resources');
  }

  outputs(): PlainMap {
    return section(this.expanded, 'Outputs');
  }

  /** Whether a resource or an output is there in this deployment. */
  isMade(declared: Plain | undefined): boolean {
    const condition = entry(declared, 'Condition');
    return declared !== undefined && (typeof condition !== 'string' || this.condition(condition));
  }

  property(logicalId: string, name: string): Value {
    const properties = entry(this.resources()[logicalId], 'Properties') ?? {};
    const value = entry(properties, name);
    return value === undefined ? NO_VALUE : this.evaluate(value);
  }

  /** What `Ref` gives of a resource. */
  reference(logicalId: string): Value {
    return this.attribute(logicalId, '');
  }

  /**
   * The nested stack of a resource.
   * @throws Absent when its template is not in view, or its condition is false
   */
  child(logicalId: string): Stack {
    if (!this.isMade(this.resources()[logicalId])) throw new Absent(logicalId);
    return this.childAsIfMade(logicalId);
  }

  /**
   * The nested stack of a resource, whatever its condition.
   * @throws Absent when its template is not in view
   */
  childAsIfMade(logicalId: string): Stack {
    let child = this.nested.get(logicalId);
    if (child === undefined) {
      const file = this.nestedFile(logicalId);
      if (file === undefined) throw new Absent(logicalId);
      if (this.waiting.has(logicalId)) throw new Circular(`${this.id}: ${logicalId} depends on itself`);
      this.waiting.add(logicalId);
      const given = this.passed(logicalId);
      child = new Stack(this.account, file, `${this.id}/${logicalId}`, given, this.isChecked);
      this.nested.set(logicalId, child);
    }
    return child;
  }

  /** What a nested stack gets from this one. */
  private passed(logicalId: string): Map<string, Given> {
    const given = new Map<string, Given>();
    const written = this.peeled(entry(entry(this.resources()[logicalId], 'Properties'), 'Parameters'));
    for (const [name, expression] of Object.entries(isMap(written) ? written : {})) {
      try {
        const value = this.evaluate(expression);
        if (value !== NO_VALUE) given.set(name, textOf(value));
      } catch (error) {
        if (!(error instanceof Absent || error instanceof Dangling)) throw error;
        given.set(name, error);
      }
    }
    return given;
  }

  /** The nested stacks that this deployment makes. */
  children(): Stack[] {
    return this.nestings()
      .filter((logicalId) => this.isMade(this.resources()[logicalId]))
      .map((logicalId) => this.child(logicalId));
  }

  /** The resources that are nested stacks, made or not. */
  nestings(): string[] {
    return Object.entries(this.resources())
      .filter(([, resource]) => entry(resource, 'Type') === 'AWS::CloudFormation::Stack')
      .map(([logicalId]) => logicalId);
  }

  /** The template of a nested stack, made or not; undefined when it is not in view. */
  nestedFile(logicalId: string): TemplateFile | undefined {
    const url = this.property(logicalId, 'TemplateURL');
    return typeof url === 'string' ? this.account.file(url) : undefined;
  }

  condition(name: string): boolean {
    let known = this.decided.get(name);
    if (known === undefined) {
      const expression = section(this.expanded, 'Conditions')[name];
      if (expression === undefined) throw new IllFormed(`${this.id}: no condition ${name}`);
      known = this.holds(expression);
      this.decided.set(name, known);
    }
    return known;
  }

  private holds(expression: Plain): boolean {
    if (typeof expression === 'boolean') return expression;
    const call = onlyEntry(expression);
    if (call === undefined) throw new IllFormed(`${this.id}: no condition: ${JSON.stringify(expression)}`);
    const [name, argument] = call;
    const list = isList(argument) ? argument : [];
    switch (name) {
      case 'Condition':
        return this.condition(String(argument));
      case 'Fn::Not':
        return !this.holds(list[0] ?? null);
      case 'Fn::And':
        return list.every((item) => this.holds(item));
      case 'Fn::Or':
        return list.some((item) => this.holds(item));
      case 'Fn::Equals':
        if (list.length !== 2) throw new IllFormed(`${this.id}: Fn::Equals of ${list.length}`);
        return alike(this.evaluate(list[0] ?? null), this.evaluate(list[1] ?? null));
      case 'Fn::Contains':
        return this.texts(list[0] ?? []).includes(textOf(plain(this.evaluate(list[1] ?? null))));
      case 'Fn::EachMemberEquals': {
        const wanted = textOf(plain(this.evaluate(list[1] ?? null)));
        return this.texts(list[0] ?? []).every((item) => item === wanted);
      }
      case 'Fn::EachMemberIn': {
        const wanted = this.texts(list[1] ?? []);
        return this.texts(list[0] ?? []).every((item) => wanted.includes(item));
      }
      default:
        throw new IllFormed(`${this.id}: ${name} is no condition`);
    }
  }

  private texts(expression: Plain): string[] {
    const value = plain(this.evaluate(expression));
    return isList(value) ? value.map(textOf) : [textOf(value)];
  }

  /** What an expression gives. */
  evaluate(expression: Plain): Value {
    if (isList(expression)) {
      return expression.map((item) => this.evaluate(item)).filter((item) => item !== NO_VALUE);
    }
    if (typeof expression === 'string') return this.resolved(expression);
    if (!isMap(expression)) return expression;
    const call = onlyEntry(expression);
    if (call !== undefined && (call[0] === 'Ref' || call[0].startsWith('Fn::')))
      return this.call(call[0], call[1]);
    const result: Record<string, Plain> = {};
    for (const [key, child] of Object.entries(expression)) {
      const value = this.evaluate(child);
      if (value !== NO_VALUE) result[key] = value;
    }
    return result;
  }

  /** An expression without the `Fn::If` around it, and nothing in it evaluated; undefined for `AWS::NoValue`. */
  peeled(expression: Plain | undefined): Plain | undefined {
    const [name, argument] = onlyEntry(expression ?? null) ?? [];
    if (name === 'Ref' && argument === 'AWS::NoValue') return undefined;
    if (name !== 'Fn::If' || !isList(argument)) return expression;
    return this.peeled(this.condition(textOf(argument[0] ?? '')) ? argument[1] : argument[2]);
  }

  private call(name: string, argument: Plain): Value {
    const list = isList(argument) ? argument : [];
    switch (name) {
      case 'Ref':
        return this.ref(textOf(plain(this.evaluate(argument))));
      case 'Fn::GetAtt': {
        const [logicalId, ...attribute] = isList(argument)
          ? argument.map((step) => textOf(plain(this.evaluate(step))))
          : textOf(argument).split('.');
        return this.attribute(logicalId ?? '', attribute.join('.'));
      }
      case 'Fn::If':
        return this.evaluate((this.condition(textOf(list[0] ?? '')) ? list[1] : list[2]) ?? null);
      case 'Fn::Sub':
        return this.resolved(
          isList(argument) ? this.sub(textOf(list[0] ?? ''), list[1]) : this.sub(textOf(argument), {}),
        );
      case 'Fn::Join': {
        const items = plain(this.evaluate(list[1] ?? []));
        return this.resolved(isList(items) ? items.map(textOf).join(textOf(list[0] ?? '')) : textOf(items));
      }
      case 'Fn::Split': {
        const text = textOf(plain(this.evaluate(list[1] ?? '')));
        if (isUnknown(text)) return unknownText(`split ${text}`);
        return text.split(textOf(list[0] ?? ''));
      }
      case 'Fn::Select': {
        const index = textOf(plain(this.evaluate(list[0] ?? null)));
        const items = this.evaluate(list[1] ?? []);
        if (isUnknown(items) || isUnknown(index)) return unknownText(`item ${index} of ${String(items)}`);
        const item = isList(items) ? items[Number(index)] : undefined;
        if (item === undefined) throw new Refused(`${this.id}: no item ${index}`);
        return item;
      }
      case 'Fn::FindInMap':
        return this.findInMap(list);
      case 'Fn::ImportValue':
        return this.account.exported(textOf(plain(this.evaluate(argument))), this);
      case 'Fn::ToJsonString':
        return JSON.stringify(plain(this.evaluate(argument)));
      case 'Fn::Length': {
        const items = this.evaluate(argument);
        return isList(items) ? String(items.length) : unknownText('a length');
      }
      default:
        return unknownText(`${this.id} ${name}`);
    }
  }

  private ref(name: string): Value {
    if (name === 'AWS::NoValue') return NO_VALUE;
    const pseudo =
      name === 'AWS::StackName' ? unknownText(`stack ${this.id}`) : this.account.pseudo.get(name);
    if (pseudo !== undefined) return pseudo;
    const declaration = section(this.file.template, 'Parameters')[name];
    if (declaration !== undefined) return this.parameter(name, declaration);
    return this.attribute(name, '');
  }

  private parameter(name: string, declaration: Plain): Value {
    const type = typeOf(declaration);
    const text = this.given.get(name) ?? defaultOf(declaration);
    if (text === undefined) return unknownText(`${this.id} ${name}`);
    if (typeof text !== 'string') throw text;
    const value = isSsmType(type) ? this.account.parameterStore(text, this) : text;
    if (!isListType(type) || isList(value)) return value;
    return typeof value === 'string' ? itemsOf(value) : value;
  }

  /** What `Ref` ('' for an attribute) or `Fn::GetAtt` gives of a resource. */
  private attribute(logicalId: string, attribute: string): Value {
    const resource = this.resources()[logicalId];
    if (resource === undefined) throw new Dangling(logicalId);
    if (!this.isMade(resource)) throw new Absent(logicalId);
    const own = (): string =>
      textOf(plain(this.property(logicalId, 'Name'))) + this.account.mark(this, logicalId);
    const here = `bedrock-agentcore:${this.account.pseudo.get('AWS::Region') ?? ''}:111122223333`;
    const arn = `arn:${this.account.pseudo.get('AWS::Partition') ?? ''}:${here}`;
    switch (`${textOf(entry(resource, 'Type') ?? '')} ${attribute}`) {
      case 'AWS::BedrockAgentCore::OAuth2CredentialProvider ':
      case 'AWS::BedrockAgentCore::OAuth2CredentialProvider CredentialProviderArn':
        return `${arn}:token-vault/default/oauth2credentialprovider/${own()}`;
      case 'AWS::BedrockAgentCore::ApiKeyCredentialProvider ':
        return `${arn}:token-vault/default/apikeycredentialprovider/${own()}`;
      case 'AWS::BedrockAgentCore::Gateway ':
      case 'AWS::BedrockAgentCore::Gateway GatewayIdentifier':
        return gatewayId(own());
      case 'AWS::BedrockAgentCore::Gateway GatewayArn':
        return `${arn}:gateway/${gatewayId(own())}`;
      case 'AWS::SSM::Parameter ':
        return textOf(plain(this.property(logicalId, 'Name')));
      case 'AWS::SSM::Parameter Value':
        return this.property(logicalId, 'Value');
    }
    const [, output] = /^Outputs\.(.+)$/.exec(attribute) ?? [];
    if (output === undefined) return unknownText(`${this.id} ${logicalId} ${attribute}`);
    const child = this.child(logicalId);
    const declared = child.outputs()[output];
    if (declared === undefined) throw new Dangling(`${logicalId}.${attribute}`);
    if (!child.isMade(declared)) throw new Absent(output);
    return child.evaluate(entry(declared, 'Value') ?? null);
  }

  private sub(text: string, map: Plain | undefined): string {
    return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      const own = entry(map, name);
      if (own !== undefined) return textOf(plain(this.evaluate(own)));
      const dot = name.indexOf('.');
      if (dot < 0) return textOf(plain(this.ref(name)));
      return textOf(plain(this.attribute(name.slice(0, dot), name.slice(dot + 1))));
    });
  }

  private findInMap(list: readonly Plain[]): Value {
    const [name, top, second] = list.slice(0, 3).map((key) => textOf(plain(this.evaluate(key))));
    const row = entry(section(this.expanded, 'Mappings')[name ?? ''], top ?? '');
    const found = entry(row, second ?? '');
    if (found !== undefined) return this.evaluate(found);
    const preset = entry(list[3], 'DefaultValue');
    if (preset === undefined) throw new Refused(`${this.id}: no entry ${name}.${top}.${second}`);
    return this.evaluate(preset);
  }

  /** A text with its dynamic references read. */
  private resolved(text: string): Value {
    const whole = /^\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}$/.exec(text);
    if (whole?.[1] !== undefined) return this.account.parameterStore(whole[1], this);
    return text;
  }
}

/** The id that a gateway gets: its name and ten letters that nobody knows before. */
function gatewayId(name: string): string {
  return `${name}-0a1b2c3d4e`;
}

function onlyEntry(value: Plain): [string, Plain] | undefined {
  const entries = isMap(value) ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0] : undefined;
}

function plain(value: Value): Plain {
  if (value === NO_VALUE) throw new Refused('AWS::NoValue where a value is needed');
  return value;
}

function alike(left: Value, right: Value): boolean {
  if (left === NO_VALUE || right === NO_VALUE) return left === right;
  if (isList(left) || isList(right)) return JSON.stringify(left) === JSON.stringify(right);
  return textOf(left) === textOf(right);
}
