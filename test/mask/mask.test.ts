import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskCredentials, maskSecrets } from '../../src/mask/mask.js';
import { holds } from '../samples.js';

const SECRET = 'hunter2-Sup3r';
const STARS = '*'.repeat(SECRET.length);

/** A template with the secret in it, and what is left of it. */
function expectMasked(text: string): void {
  const masked = maskSecrets(text);
  expect(text).toContain(SECRET);
  expect(masked).toBe(text.replaceAll(SECRET, STARS));
}

function expectUntouched(text: string): void {
  expect(maskSecrets(text)).toBe(text);
}

describe('maskSecrets: values of keys that are named like a secret', () => {
  for (const key of [
    'ClientSecret',
    'client_secret',
    'Password',
    'SecretString',
    'ApiKey',
    'api-key',
    'MasterUserPassword',
    'AccessToken',
    'PrivateKey',
  ]) {
    it(`${key} in YAML`, () => expectMasked(`Resources:\n  A:\n    ${key}: ${SECRET}\n    Name: b\n`));
    it(`${key} in JSON`, () =>
      expectMasked(`{ "Resources": { "A": { "${key}": "${SECRET}", "Name": "b" } } }`));
  }

  it.each([
    ['single quotes', `ClientSecret: '${SECRET}' # why\n`],
    ['double quotes', `ClientSecret: "${SECRET}"\n`],
    ['a quoted key', `"ClientSecret": ${SECRET}\n`],
    ['a literal block', `ClientSecret: |-\n  ${SECRET}\n  ${SECRET}\nName: b\n`],
    ['a folded block in a list', `- ClientSecret: >\n    ${SECRET}\n\n    ${SECRET}\n  Name: b\n`],
    ['the next line', `ClientSecret:\n  ${SECRET}\nName: b\n`],
    ['a plain value of several lines', `ClientSecret: ${SECRET}\n  ${SECRET}\nName: b\n`],
    ['an anchor and a tag', `ClientSecret: &a !!str ${SECRET}\n`],
    ['a flow map', `A: { ClientSecret: ${SECRET}, Name: b }\n`],
    ['a list', `ApiKey:\n  - ${SECRET}\n  - '${SECRET}'\n`],
    ['a flow list', `ApiKey: [${SECRET}, "${SECRET}"]\n`],
    ['a map in a list', `- ClientSecret: ${SECRET}\n- Name: b\n`],
    ['CRLF', `ClientSecret: ${SECRET}\r\nName: b\r\n`],
    ['a byte order mark', `\uFEFFClientSecret: ${SECRET}\n`],
    ['JSON on several lines', `{\n  "ClientSecret"\n  :\n  "${SECRET}"\n}`],
    ['the branches of !If', `ClientSecret: !If [Prod, '${SECRET}', !Ref Secret]\n`],
    ['the branches of Fn::If', `ClientSecret:\n  Fn::If:\n    - Prod\n    - ${SECRET}\n    - Ref: Secret\n`],
    ['Fn::If in JSON', `{"ClientSecret":{"Fn::If":["Prod","${SECRET}",{"Ref":"Secret"}]}}`],
    ['!If over lines', `ClientSecret: !If\n  - Prod\n  - ${SECRET}\n  - !GetAtt A.B\n`],
    ['the literal part of !Sub', `ClientSecret: !Sub '\${AWS::StackName}${SECRET}'\n`],
    ['a variable of Fn::Sub', `ClientSecret: !Sub ['\${V}', { V: ${SECRET} }]\n`],
    ['Fn::Base64', `ClientSecret: { 'Fn::Base64': '${SECRET}' }\n`],
  ])('in %s', (_, text) => expectMasked(text));

  it('knows a quote inside of single quotes', () => {
    expect(maskSecrets("ClientSecret: 'a''b' # c\n")).toBe("ClientSecret: '****' # c\n");
  });

  it('keeps the length and the lines of an escaped, multi-line, non-ASCII value', () => {
    const text = 'ClientSecret: "a\\"b\n  😀é c" # end\nName: b\n';
    const masked = maskSecrets(text);
    expect(masked).toBe('ClientSecret: "****\n  *****" # end\nName: b\n');
    expect(masked).toHaveLength(text.length);
  });
});

describe('maskSecrets: parameters', () => {
  it.each([
    [
      'YAML',
      `Parameters:\n  Db:\n    Type: String\n    NoEcho: true\n    Default: ${SECRET}\n  Other:\n    Default: public\n`,
    ],
    ['NoEcho after the default', `Parameters:\n  Db:\n    Default: ${SECRET}\n    NoEcho: 'true'\n`],
    [
      'allowed values',
      `Parameters:\n  Db:\n    NoEcho: yes\n    AllowedValues:\n      - ${SECRET}\n      - '${SECRET}'\n`,
    ],
    ['a block', `Parameters:\n  Db:\n    NoEcho: true\n    Default: |\n      ${SECRET}\n      ${SECRET}\n`],
    [
      'JSON',
      `{"Parameters":{"Db":{"Default":"${SECRET}","AllowedValues":["${SECRET}"],"NoEcho":true},"Other":{"Default":"public"}}}`,
    ],
    ['a flow map', `Parameters:\n  Db: {Type: String, NoEcho: true, Default: ${SECRET}}\n`],
    [
      'a parameter named like a secret without NoEcho',
      `Parameters:\n  DbPassword:\n    Type: String\n    Default: ${SECRET}\n`,
    ],
  ])('%s', (_, text) => expectMasked(text));

  it('leaves the default of a parameter that is not NoEcho', () => {
    expectUntouched(
      'Parameters:\n  Mode:\n    NoEcho: false\n    Default: obo\n    AllowedValues: [obo, m2m]\n',
    );
  });
});

describe('maskSecrets: maps of a name and a value', () => {
  it.each([
    [
      'Name and Value',
      `Environment:\n  - Name: CLIENT_SECRET\n    Value: ${SECRET}\n  - Name: MODE\n    Value: obo\n`,
    ],
    ['ParameterKey and ParameterValue', `[{"ParameterKey":"DbPassword","ParameterValue":"${SECRET}"}]`],
  ])('%s', (_, text) => expectMasked(text));
});

describe('maskSecrets: text that is no template', () => {
  it.each([
    ['a comment', `# client_secret: ${SECRET}\nName: b\n`],
    ['a script', `UserData: |\n  export CLIENT_SECRET=${SECRET}\n  echo done\n`],
    ['JSON in a string', `Body: '{"client_secret":"${SECRET}","client_id":"b"}'\n`],
    ['escaped JSON in a string', `{"Body":"{\\"client_secret\\":\\"${SECRET}\\",\\"client_id\\":\\"b\\"}"}`],
    ['a query', `Url: https://example.org/?api_key=${SECRET}&mode=obo\n`],
    ['a password in a URL', `Url: postgres://admin:${SECRET}@db.example.org/\n`],
  ])('%s', (_, text) => expectMasked(text));
});

describe('maskSecrets: broken templates', () => {
  it.each([
    ['JSON cut off in the value', `{"A": {"ClientSecret": "${SECRET}`],
    ['JSON without the closing quote', `{\n  "ClientSecret": "${SECRET}\n  "Name": "b"\n}`],
    ['JSON with a bracket too many', `{"A": [1]]}, "ClientSecret": "${SECRET}"}`],
    ['YAML with a bracket too few', `A: [b, {c: d\nClientSecret: ${SECRET}\nName: b\n`],
    ['YAML with tabs', `A:\n\tClientSecret:\t${SECRET}\n\tName: b\n`],
    ['YAML with wrong indentation', `A: b\n    ClientSecret: ${SECRET}\n Name: b\n`],
    ['JSON in YAML', `A:\n  {"ClientSecret":\n"${SECRET}"}\n`],
  ])('%s', (_, text) => expectMasked(text));
});

describe('maskSecrets: credentials anywhere', () => {
  it.each([
    ['AWS access key', 'AKIAIOSFODNN7EXAMPLE'],
    ['AWS temporary access key', 'ASIAIOSFODNN7EXAMPLE'],
    ['AWS secret access key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1'.slice(0, 40)],
    ['JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
    ['GitHub token', `ghp_${'a1B2'.repeat(9)}`],
    ['fine-grained GitHub token', `github_pat_${'a1B2'.repeat(9)}`],
    ['Slack token', 'xoxb-123456789012-abcdefABCDEF'],
    ['Google client secret', `GOCSPX-${'a1B2'.repeat(7)}`],
    ['Entra client secret', `abc8Q~${'a1B2'.repeat(9)}`],
  ])('%s', (_, credential) => {
    const text = `Description: see ${credential} there\n`;
    expect(maskSecrets(text)).toBe(`Description: see ${'*'.repeat(credential.length)} there\n`);
  });

  it('an AWS secret access key after an equals sign, and not a path in an ARN', () => {
    const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    expect(maskSecrets(`x=${key}`)).toBe(`x=${'*'.repeat(40)}`);
    expect(maskSecrets(`arn:aws:x:${key}`)).toBe(`arn:aws:x:${key}`);
    expect(maskSecrets(`${key}1`)).toBe(`${key}1`);
  });

  it('the token of an Authorization header', () => {
    expect(maskSecrets('curl -H "X: Bearer abc123def456"')).toBe('curl -H "X: Bearer ************"');
  });

  it('a private key, line by line', () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEow', 'AQAB', '-----END RSA PRIVATE KEY-----'];
    const masked = maskSecrets(`Body: |\n${key.map((line) => `  ${line}\n`).join('')}Name: b\n`);
    expect(masked).toBe(`Body: |\n${key.map((line) => `  ${'*'.repeat(line.length)}\n`).join('')}Name: b\n`);
  });

  it('a private key that is cut off', () => {
    expect(maskSecrets('Body: -----BEGIN PRIVATE KEY-----\nMIIEow')).toBe(`Body: ${'*'.repeat(27)}\n******`);
  });
});

describe('maskSecrets: what is no secret', () => {
  it.each([
    ['a dynamic reference', "ClientSecret: '{{resolve:secretsmanager:idp:SecretString:client_secret}}'\n"],
    [
      'a dynamic reference in !Sub',
      "ClientSecret: !Sub '{{resolve:secretsmanager:${Secret}:SecretString:key}}'\n",
    ],
    ['!Ref', 'ClientSecret: !Ref Secret\n'],
    ['Ref', 'ClientSecret:\n  Ref: Secret\n'],
    ['Ref in JSON', '{"ClientSecret":{"Ref":"Secret"}}'],
    ['!GetAtt', 'ClientSecret: !GetAtt Secret.Value\n'],
    ['!Sub of a parameter', 'ClientSecret: !Sub "${Secret}"\n'],
    ['an ARN', 'ClientSecret: arn:aws:secretsmanager:eu-west-1:123456789012:secret:idp\n'],
    ['an alias', 'ClientSecret: *secret\n'],
    ['a flag', 'GenerateSecret: true\n'],
    ['a variable in a script', 'UserData: |\n  password: ${Db}\n  token=$(curl x)\n  secret=$db\n'],
    ['the token of a custom resource', 'ServiceToken: some-function\nOpenApiKey: schema.json\n'],
    ['an empty value', 'ClientSecret:\nName: b\n'],
    [
      'a resource or parameter of such a name',
      'ClientSecret:\n  Type: String\n  Description: from the console\n',
    ],
    [
      'keys about secrets',
      'ClientSecretSource: EXTERNAL\nClientSecretArn: x\nSecretId: y\nTokenEndpoint: https://example.org/token\n',
    ],
    [
      'grants and actor tokens',
      'GrantType: TOKEN_EXCHANGE\nActorTokenContent: M2M\nActorTokenScopes: [read]\n',
    ],
    [
      'a hash and a logical id of forty characters',
      `A: ${'0a'.repeat(20)}\nB: ${'ExportReader1'.repeat(4).slice(0, 40)}\n`,
    ],
    [
      'ARNs with paths',
      'A: !Sub arn:${AWS::Partition}:bedrock-agentcore:${AWS::Region}:1:token-vault/default/oauth2credentialprovider/idp\n',
    ],
  ])('%s', (_, text) => expectUntouched(text));
});

describe('maskSecrets: any text', () => {
  it('keeps length and line ends', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'ClientSecret: ',
        '"Password": ',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '\n',
        '\r\n',
        '  ',
        '- ',
        '|\n',
        '!If ',
        'NoEcho: true\n',
        'Default: ',
        'Bearer ',
        'eyJhbGciOiJ',
        '\\',
        ': ',
      ),
    );
    holds(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const masked = maskSecrets(text);
        expect(masked).toHaveLength(text.length);
        expect(masked.replace(/[^\r\n]/g, '.')).toBe(text.replace(/[^\r\n]/g, '.'));
      }),
      { few: 500, many: 5_000 },
    );
  });

  it('masks a secret behind every prefix of a template', () => {
    const template = readFileSync(new URL('secrets.yaml', import.meta.url), 'utf8');
    for (let end = 0; end <= template.length; end++) {
      const prefix = template.slice(0, end);
      expect(maskSecrets(prefix), `prefix of ${end}`).not.toContain(SECRET);
    }
  });

  it('follows no deep nesting with its own stack', () => {
    const depth = 200_000;
    expect(maskSecrets(`${'['.repeat(depth)}{"Password":"${SECRET}"}`)).not.toContain(SECRET);
  });
});

describe('maskCredentials', () => {
  it.each([
    [
      'a named secret',
      "The parameter DbPassword is 'hunter2' here.",
      "The parameter DbPassword is '****' here.",
    ],
    ['a pair', 'Body has client_secret=hunter2 in it', 'Body has client_secret=**** in it'],
    ['a token', 'ProviderArn is AKIAIOSFODNN7EXAMPLE.', 'ProviderArn is ****.'],
  ])('%s', (_, message, masked) => expect(maskCredentials(message)).toBe(masked));

  it.each([
    "Target asks for TOKEN_EXCHANGE of Provider, which has no OnBehalfOfTokenExchangeConfig, when Mode is 'obo'.",
    'ClientSecret of Provider is a literal.',
    'arn:aws:bedrock-agentcore:eu-west-1:123456789012:token-vault/default/oauth2credentialprovider/idp is unknown.',
  ])('leaves: %s', (message) => expect(maskCredentials(message)).toBe(message));
});
