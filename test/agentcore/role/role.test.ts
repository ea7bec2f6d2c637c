import { describe, expect, it } from 'vitest';
import { gatewayRoleCannotExchange } from '../../../rules/gateway-role-cannot-exchange.js';
import { roleActions } from '../../../src/agentcore/facts/exchange-actions.js';
import type { Diagnostic } from '../../../src/lint/result.js';
import {
  attribute,
  findingsOf,
  gateway,
  type Json,
  type JsonMap,
  NO_VALUE,
  provider,
  ref,
  sub,
  type TestTemplate,
  target,
} from '../templates.js';

const ACTIONS = roleActions.slice(0, 3).map(({ action }) => action);
const [FOR_JWT, FOR_PROVIDER, SECRET] = ACTIONS as [string, string, string];

const allow = (...actions: Json[]): JsonMap => ({ Effect: 'Allow', Action: actions, Resource: '*' });
const document = (...statements: Json[]): JsonMap => ({ Version: '2012-10-17', Statement: statements });
const inline = (...statements: Json[]): JsonMap => ({
  Policies: [{ PolicyName: 'exchange', PolicyDocument: document(...statements) }],
});
const policy = (type: string, properties: JsonMap, more: JsonMap = {}): JsonMap => ({
  Type: `AWS::IAM::${type}`,
  Properties: properties,
  ...more,
});

/** A template whose role has these properties. */
function template(
  role: JsonMap,
  resources: JsonMap = {},
  sections: Omit<TestTemplate, 'Resources'> = {},
): TestTemplate {
  return {
    ...sections,
    Resources: {
      Provider: provider(),
      Role: { Type: 'AWS::IAM::Role', Properties: role },
      Gateway: gateway(),
      Target: target(),
      ...resources,
    },
  };
}

const check = (
  of: TestTemplate | Record<string, TestTemplate>,
  parameters?: Record<string, string>,
): Promise<readonly Diagnostic[]> => findingsOf(gatewayRoleCannotExchange, of, parameters);

/** The actions that the only finding names as lacking or denied; none without a finding. */
async function lacking(of: TestTemplate | Record<string, TestTemplate>): Promise<string[]> {
  const found = await check(of);
  expect(found.length).toBeLessThan(2);
  return ACTIONS.filter((action) => found[0]?.message.includes(action));
}

describe('the statements of a role', () => {
  it.each<[string, Json[]]>([
    ['the actions', [allow(...ACTIONS)]],
    ['a statement each', ACTIONS.map((action) => allow(action))],
    [
      'an action that is no list',
      [allow('bedrock-agentcore:*'), { Effect: 'Allow', Action: SECRET, Resource: '*' }],
    ],
    ['a NotAction', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]],
    [
      'a condition, which can be met',
      [{ ...allow(...ACTIONS), Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    ],
    ['a resource, whatever it is', [{ ...allow(...ACTIONS), Resource: ref('Nothing') }]],
    ['a statement that IAM refuses, since it is about nothing', [{ Effect: 'Allow', Action: '*' }]],
    ['a NotResource of another', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::a' }]],
    ['a Deny of other actions', [allow(...ACTIONS), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }]],
    [
      'a Deny under a condition',
      [
        allow('*'),
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    ],
    [
      'a Deny of some resources',
      [allow('*'), { Effect: 'Deny', Action: '*', Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }],
    ],
    ['a Deny with NotResource', [allow('*'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::a' }]],
    [
      'a Deny with NotAction that leaves them out',
      [allow('*'), { Effect: 'Deny', NotAction: ['bedrock-agentcore:*', 'secretsmanager:*'], Resource: '*' }],
    ],
    [
      'an unknown list of actions',
      [{ Effect: 'Allow', Action: { 'Fn::Split': [',', ref('Open')] }, Resource: '*' }],
    ],
    ['an unknown exception', [{ Effect: 'Allow', NotAction: [ref('Open')], Resource: '*' }]],
    ['an unknown Deny', [allow('*'), { Effect: 'Deny', Action: ref('Open'), Resource: '*' }]],
    ['an unknown Effect', [{ ...allow('*'), Effect: ref('Open') }]],
  ])('let it exchange with %s', async (_, statements) => {
    expect(
      await lacking(template(inline(...statements), {}, { Parameters: { Open: { Type: 'String' } } })),
    ).toEqual([]);
  });

  it.each<[string, Json[], string[]]>([
    ['no statement', [], ACTIONS],
    ['a part of the actions', [allow(FOR_JWT, SECRET)], [FOR_PROVIDER]],
    [
      'the action without ForJWT',
      [allow('bedrock-agentcore:GetWorkloadAccessToken', FOR_PROVIDER, SECRET)],
      [FOR_JWT],
    ],
    [
      'a NotResource of everything',
      [{ Effect: 'Allow', Action: '*', NotResource: '*' }],
      [FOR_PROVIDER, SECRET],
    ],
    ['an Effect that IAM does not know', [{ ...allow('*'), Effect: 'allow' }], ACTIONS],
    ['a Deny', [allow('*'), { Effect: 'Deny', Action: [FOR_JWT, 'iam:*'], Resource: '*' }], [FOR_JWT]],
    [
      'a Deny of every resource among others',
      [allow('*'), { Effect: 'Deny', Action: SECRET, Resource: ['arn:aws:s3:::a', '*'] }],
      [SECRET],
    ],
    [
      'a NotAction',
      [{ Effect: 'Allow', NotAction: ['secretsmanager:*', ref('Open')], Resource: '*' }],
      [SECRET],
    ],
    ['an unknown action of another service', [allow(FOR_JWT, FOR_PROVIDER, sub('s3:<Open>'))], [SECRET]],
  ])('do not with %s', async (_, statements, lacks) => {
    expect(
      await lacking(template(inline(...statements), {}, { Parameters: { Open: { Type: 'String' } } })),
    ).toEqual(lacks);
  });

  it('tells what is denied from what is lacking', async () => {
    const [found] = await check(
      template(inline(allow(FOR_JWT, FOR_PROVIDER), { Effect: 'Deny', Action: FOR_JWT, Resource: '*' })),
    );
    expect(found?.message).toBe(
      `Role, the role of Gateway, lacks ${SECRET} and is denied ${FOR_JWT}, so calls of Target fail.`,
    );
  });
});

describe('the policies of a role', () => {
  const lacksOne = inline(allow(FOR_JWT, FOR_PROVIDER));
  const rest = document(allow(SECRET));

  it.each<[string, JsonMap]>([
    ['Policy', { PolicyName: 'rest', PolicyDocument: rest, Roles: [ref('Other'), ref('Role')] }],
    ['ManagedPolicy', { PolicyDocument: rest, Roles: [ref('Role')] }],
    ['RolePolicy', { PolicyName: 'rest', PolicyDocument: rest, RoleName: ref('Role') }],
  ])('are those of an AWS::IAM::%s that names it', async (type, properties) => {
    const other = { Other: { Type: 'AWS::IAM::Role', Properties: {} } };
    expect(await lacking(template(lacksOne, { ...other, More: policy(type, properties) }))).toEqual([]);
    const ofOther = { ...properties, Roles: [ref('Other')], RoleName: ref('Other') };
    expect(await lacking(template(lacksOne, { ...other, More: policy(type, ofOther) }))).toEqual([SECRET]);
  });

  it('are those of a managed policy that the role names', async () => {
    const more = { More: policy('ManagedPolicy', { PolicyDocument: rest }) };
    expect(
      await lacking(
        template({ ...lacksOne, ManagedPolicyArns: [NO_VALUE, attribute('More', 'PolicyArn')] }, more),
      ),
    ).toEqual([]);
    expect(await lacking(template({ ...lacksOne, ManagedPolicyArns: [] }, more))).toEqual([SECRET]);
  });

  it('are those that name it by its name, in any template', async () => {
    const more = {
      Resources: {
        More: policy('RolePolicy', { PolicyName: 'rest', PolicyDocument: rest, RoleName: 'crm' }),
      },
    };
    expect(await lacking({ 'a.json': template({ ...lacksOne, RoleName: 'crm' }), 'b.json': more })).toEqual(
      [],
    );
    expect(await lacking({ 'a.json': template({ ...lacksOne, RoleName: 'erp' }), 'b.json': more })).toEqual([
      SECRET,
    ]);
    expect(await lacking({ 'a.json': template(lacksOne), 'b.json': more })).toEqual([SECRET]);
  });

  it('may be those of a policy whose role is a parameter', async () => {
    const sections = { Parameters: { RoleName: { Type: 'String' } } };
    const more = (what: JsonMap): JsonMap => ({
      More: policy('RolePolicy', { PolicyDocument: what, RoleName: ref('RoleName') }),
    });
    expect(await lacking(template(lacksOne, more(rest), sections))).toEqual([]);
    expect(await lacking(template(lacksOne, more(document(allow('s3:*'))), sections))).toEqual([SECRET]);
    const denial = document({ Effect: 'Deny', Action: '*', Resource: '*' });
    expect(await lacking(template(inline(allow('*')), more(denial), sections))).toEqual([]);
  });

  it('may be those of a policy whose roles nobody knows, or whose name can be the same', async () => {
    const Parameters = { Open: { Type: 'String' }, Mode: { Type: 'String', AllowedValues: ['x', 'y'] } };
    const sections = { Parameters, Conditions: { X: { 'Fn::Equals': [ref('Mode'), 'x'] } } };
    const of = (roles: JsonMap, role: JsonMap = {}): TestTemplate =>
      template(
        { ...lacksOne, ...role },
        { More: policy('Policy', { PolicyDocument: rest, ...roles }) },
        sections,
      );
    expect(await lacking(of({ Roles: { 'Fn::Split': [',', ref('Open')] } }))).toEqual([]);
    expect(await lacking(of({ Roles: [ref('Open')] }, { RoleName: sub('<AWS::StackName>-crm') }))).toEqual(
      [],
    );
    expect(
      await lacking(of({ Roles: [sub('<Open>-erp')] }, { RoleName: sub('<AWS::StackName>-crm') })),
    ).toEqual([SECRET]);
    const [found] = await check(of({ Roles: [{ 'Fn::If': ['X', 'crm', ref('Open')] }] }));
    expect(found?.scenario).toEqual({ Mode: 'x' });
  });

  it('are none of a policy whose roles are no names', async () => {
    const more = { More: policy('Policy', { PolicyDocument: rest, Roles: [{ Name: 'crm' }] }) };
    expect(await lacking(template({ ...lacksOne, RoleName: 'crm' }, more))).toEqual([SECRET]);
  });

  it('are in view with a boundary that is', async () => {
    const boundary = { Boundary: policy('ManagedPolicy', { PolicyDocument: document(allow('*')) }) };
    expect(await lacking(template({ ...lacksOne, PermissionsBoundary: ref('Boundary') }, boundary))).toEqual([
      SECRET,
    ]);
  });

  it.each<[string, JsonMap]>([
    ['a managed policy of AWS', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }],
    ['a managed policy by a parameter', { ManagedPolicyArns: [ref('Open')] }],
    ['managed policies by a parameter', { ManagedPolicyArns: { 'Fn::Split': [',', ref('Open')] } }],
    ['a boundary', { PermissionsBoundary: ref('Open') }],
    ['inline policies by a macro', { Policies: { 'Fn::Transform': { Name: 'Policies' } } }],
  ])('are not all in view with %s', async (_, properties) => {
    const sections = { Parameters: { Open: { Type: 'String' } } };
    const denial = inline({ Effect: 'Deny', Action: '*', Resource: '*' });
    expect(await lacking(template({ ...denial, ...properties }, {}, sections))).toEqual([]);
  });

  it('are not known where a macro rewrites the template', async () => {
    expect(await lacking(template(lacksOne))).toEqual([SECRET]);
    expect(await lacking(template(lacksOne, {}, { Transform: 'OurMacro' }))).toEqual([]);
  });
});

describe('the role of a gateway', () => {
  const lacksAll = template({});
  const withArn = (arn: Json, role: JsonMap = {}): TestTemplate =>
    template(role, { Gateway: gateway({ RoleArn: arn }) });

  it('is found by an ARN that is put together', async () => {
    expect(await lacking(lacksAll)).toEqual(ACTIONS);
    expect(await lacking(withArn(sub('arn:<AWS::Partition>:iam::<AWS::AccountId>:role/<Role>')))).toEqual(
      ACTIONS,
    );
  });

  it('is found by its literal name, with and without a path', async () => {
    const role = { RoleName: 'crm' };
    expect(await lacking(withArn('arn:aws:iam::111122223333:role/crm', role))).toEqual(ACTIONS);
    expect(await lacking(withArn('arn:aws:iam::111122223333:role/service/crm', role))).toEqual(ACTIONS);
    expect(await lacking(withArn('arn:aws:iam::111122223333:role/erp', role))).toEqual([]);
  });

  it('is nobody where the reference gives no ARN', async () => {
    expect(await lacking(withArn(ref('Role')))).toEqual([]);
    expect(await lacking(withArn(attribute('Provider', 'Arn')))).toEqual([]);
    expect(await lacking(withArn({ a: 'map' }))).toEqual([]);
  });

  it('is reported once, at the gateway', async () => {
    const [found, ...more] = await check(template({}, { Second: target() }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      resource: 'Gateway',
      path: ['Resources', 'Gateway', 'Properties', 'RoleArn'],
    });
    expect(found?.related.map(({ resource }) => resource)).toEqual(['Role', 'Second']);
  });
});

describe('scenarios', () => {
  const choice = (name: string): JsonMap => ({ [name]: { Type: 'String', AllowedValues: ['x', 'y', 'z'] } });
  const many = Array.from({ length: 40 }, (_, index) => `P${index}`);
  const parameters = Object.assign({}, ...many.map(choice)) as JsonMap;

  it('are those in which the statement is there, and the target exchanges', async () => {
    const sections = {
      Parameters: choice('Mode'),
      Conditions: { X: { 'Fn::Equals': [ref('Mode'), 'x'] } },
    };
    const role = inline(allow(FOR_JWT, FOR_PROVIDER), { 'Fn::If': ['X', allow(SECRET), NO_VALUE] });
    const [found] = await check(template(role, {}, sections));
    expect(found?.message).toMatch(/, when Mode is (not 'x'|'y' or 'z')\.$/);
    const onlyThen = { Target: { ...target(), Condition: 'X' } };
    expect(await check(template(role, onlyThen, sections))).toEqual([]);
  });

  it('name the value of an action that makes it lack', async () => {
    const role = inline(allow(FOR_JWT, FOR_PROVIDER, sub('<Service>:GetSecretValue')));
    const sections = {
      Parameters: { Service: { Type: 'String', AllowedValues: ['secretsmanager', 'ssm'] } },
    };
    const [found] = await check(template(role, {}, sections));
    expect(found?.scenario).toEqual({ Service: 'ssm' });
  });

  it('try a parameter at its default', async () => {
    const role = inline(allow(FOR_JWT, FOR_PROVIDER, ref('Action')));
    const sections = (preset: string): JsonMap => ({
      Parameters: { Action: { Type: 'String', Default: preset } },
    });
    expect(await lacking(template(role, {}, sections(SECRET)))).toEqual([]);
    expect(await lacking(template(role, {}, sections('s3:GetObject')))).toEqual([SECRET]);
    const alone = inline({ Effect: 'Allow', Action: ref('Action'), Resource: '*' });
    expect(await lacking(template(alone, {}, sections('bedrock-agentcore:*')))).toEqual([SECRET]);
  });

  it.each<[string, Json[], JsonMap]>([
    ['resources', many.map((name) => ({ ...allow('s3:*'), Resource: ref(name) })), {}],
    ['actions', many.map((name) => allow(sub(`s3:<${name}>`))), {}],
    ['actions that allow for one value', many.map((name) => allow(sub(`secretsmanager:Get<${name}>`))), {}],
    ['actions of one statement', [allow(...many.map(ref))], {}],
    [
      'exceptions of one statement',
      [{ Effect: 'Allow', NotAction: [...ACTIONS, ...many.map(ref)], Resource: '*' }],
      {},
    ],
    ['denied resources', many.map((name) => ({ Effect: 'Deny', Action: 's3:*', Resource: [ref(name)] })), {}],
    ['effects', many.map((name) => ({ ...allow('s3:*'), Effect: ref(name) })), {}],
    [
      'conditions',
      many.map((name) => ({ 'Fn::If': [name, allow('s3:*'), allow('sqs:*')] })),
      Object.fromEntries(many.map((name) => [name, { 'Fn::Equals': [ref(name), 'x'] }])),
    ],
  ])('do not multiply over the %s of many parameters', async (_, statements, conditions) => {
    const [found, ...more] = await check(
      template(inline(...statements), {}, { Parameters: parameters, Conditions: conditions }),
    );
    expect(more).toEqual([]);
    expect(found?.scenario).toBeNull();
    expect(ACTIONS.every((action) => found?.message.includes(action))).toBe(true);
  });
});
