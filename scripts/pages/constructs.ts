import type { DecidedFunction } from '../../src/evaluate/conditions.js';
import type { FollowedFunction } from '../../src/evaluate/functions.js';
import {
  MAX_ALLOWED_VALUES,
  MAX_ALTERNATIVES,
  MAX_DEPTH,
  MAX_LIST_ITEMS,
  MAX_TEXT_LENGTH,
} from '../../src/evaluate/limits.js';
import type { Links } from '../../src/evaluate/links.js';
import type { Refusal } from '../../src/evaluate/parameter-values.js';
import { MAX_INSTANCES, MAX_NESTED_STACKS } from '../../src/graph/nested-stacks.js';
import { MAX_LOOP_ENTRIES } from '../../src/template/loops.js';
import type { Template } from '../../src/template/template.js';

/** What the linter makes of one construct of CloudFormation. */
export interface Construct {
  /** What is followed, as a sentence. */
  readonly followed: string;
  /** What stays unknown, as a sentence; '' where nothing does. */
  readonly unknown: string;
  /** Where CloudFormation says what it means: a page of its user guide. */
  readonly page: string;
}

/*
 * The keys of these tables are those of the code: a function, a link or a reason for a refusal that the code gains does
 * not compile before it has its row here.
 */

export const FUNCTIONS: Readonly<Record<FollowedFunction, Construct>> = {
  Ref: {
    followed:
      'Parameters (see below), pseudo parameters, and resources, whose identifier is a text of its own: equal to itself wherever it goes. Under the language extensions the name may be put together; where an open parameter is in it, its default says of which type the resources are that it can mean.',
    unknown: 'A name that a macro, a loop or a module may have made.',
    page: 'intrinsic-function-reference-ref.html',
  },
  'Fn::GetAtt': {
    followed:
      'Attributes of resources as texts of their own; outputs of nested stacks, the value of an SSM parameter and cross-region exports of the CDK to what they hold. The ARN of a gateway or of a provider has a known shape: parts that are cut out of it lead back to it.',
    unknown: 'What a custom resource gives.',
    page: 'intrinsic-function-reference-getatt.html',
  },
  'Fn::If': {
    followed:
      'Both branches, each in the scenarios of its condition, around scalars, blocks and whole sections of properties; `AWS::NoValue` leaves the entry or the item out.',
    unknown: '',
    page: 'intrinsic-function-reference-conditions.html',
  },
  'Fn::Sub': {
    followed: 'Both forms, with names, attributes and a map of its own; `${!Literal}` as it is.',
    unknown: 'Stretches of it, where what they name is unknown: the text around them is used all the same.',
    page: 'intrinsic-function-reference-sub.html',
  },
  'Fn::Join': {
    followed:
      'Lists of texts of which some are unknown; a text that was split at the same delimiter is that text again.',
    unknown: 'A list that is unknown as a whole.',
    page: 'intrinsic-function-reference-join.html',
  },
  'Fn::Select': {
    followed:
      'Literal indexes, and parameters as an index: every item is tried. A finding about an item that stands elsewhere is on the resource that selects it.',
    unknown: 'An index that is put together, and items behind an unknown stretch of a text.',
    page: 'intrinsic-function-reference-select.html',
  },
  'Fn::Split': {
    followed:
      'Texts up to the first unknown stretch that can hold the delimiter, and parameters, whose pieces are known as soon as they have values.',
    unknown: 'What follows such a stretch.',
    page: 'intrinsic-function-reference-split.html',
  },
  'Fn::FindInMap': {
    followed:
      'The mapping and both keys, known or put together: every row is tried that the key can be. Without a default any other value fails the deployment: as a whole where a condition, or what a nested stack is passed, asks for the row. `DefaultValue` is for the rest.',
    unknown: 'Rows that a macro may add.',
    page: 'intrinsic-function-reference-findinmap-enhancements.html',
  },
  'Fn::ImportValue': {
    followed:
      'The export of that name in any template of the run; where its output or its name hangs on a condition, in these scenarios, and in the others the deployment fails.',
    unknown: 'Exports of templates that are not in the run.',
    page: 'intrinsic-function-reference-importvalue.html',
  },
  'Fn::GetStackOutput': {
    followed:
      'Outputs of the stack of that name, as far as a cloud assembly or a file says what it is called.',
    unknown: 'Stacks of other names, accounts or regions.',
    page: 'intrinsic-function-reference-getstackoutput.html',
  },
  'Fn::ToJsonString': {
    followed: 'Maps and lists whose values are known, or texts with unknown stretches.',
    unknown: 'Anything else in them.',
    page: 'intrinsic-function-reference-ToJsonString.html',
  },
  'Fn::Length': {
    followed: 'Lists of which the number of items is known.',
    unknown: 'Lists with an unknown part.',
    page: 'intrinsic-function-reference-length.html',
  },
};

export const CONDITION_FUNCTIONS: Readonly<Record<DecidedFunction, Construct>> = {
  'Fn::Equals': {
    followed:
      'Texts and lists. A text that is put together, compared with a literal, is solved for what is open in it: `${AWS::Region}-${Stage}` is `eu-west-1-prod` for one region and one stage.',
    unknown: 'Two open texts that may be equal; both outcomes are tried.',
    page: 'intrinsic-function-reference-conditions.html',
  },
  'Fn::Not': { followed: 'Always.', unknown: '', page: 'intrinsic-function-reference-conditions.html' },
  'Fn::And': { followed: 'Always.', unknown: '', page: 'intrinsic-function-reference-conditions.html' },
  'Fn::Or': { followed: 'Always.', unknown: '', page: 'intrinsic-function-reference-conditions.html' },
  'Fn::Contains': {
    followed: 'Lists member by member, list parameters too.',
    unknown: 'Members that a list parameter can have beside its default.',
    page: 'intrinsic-function-reference-rules.html',
  },
  'Fn::EachMemberIn': {
    followed: 'Lists member by member, list parameters too.',
    unknown: 'Members that a list parameter can have beside its default.',
    page: 'intrinsic-function-reference-rules.html',
  },
  'Fn::EachMemberEquals': {
    followed: 'Lists member by member, list parameters too.',
    unknown: 'Members that a list parameter can have beside its default.',
    page: 'intrinsic-function-reference-rules.html',
  },
};

export const LINKS: Readonly<Record<keyof Links, Construct & { readonly name: string }>> = {
  imports: {
    name: 'Exports',
    followed:
      'By a name that is known, that is put together in the same way on both sides, or that fits with the defaults of parameters. Of several bearers the nearest counts: the same template, the same deployment, the same account and region.',
    unknown: 'Several bearers that are equally near.',
    page: 'using-cfn-stack-exports.html',
  },
  ssmParameter: {
    name: 'SSM parameters',
    followed:
      'The same, for `{{resolve:ssm:NAME}}` and parameters of the types `AWS::SSM::Parameter::Value<...>`, whose allowed values are names; a default, an allowed or a given value that is such a reference is read, too.',
    unknown:
      'Scenarios in which no template writes the parameter (somebody else may), secrets, and `{{resolve:secretsmanager:...}}`.',
    page: 'dynamic-references-ssm.html',
  },
  crossRegionExport: {
    name: 'Cross-region exports of the CDK',
    followed: 'The pair of custom resources that the CDK writes for references between regions.',
    unknown: '',
    page: 'using-cfn-stack-exports.html',
  },
  stackOutput: {
    name: 'Outputs of other stacks',
    followed: 'As `Fn::GetStackOutput` names them.',
    unknown: '',
    page: 'intrinsic-function-reference-getstackoutput.html',
  },
  nestedStack: {
    name: 'Nested stacks',
    followed: `Parameters and outputs, up to ${MAX_NESTED_STACKS} stacks deep and ${MAX_INSTANCES} deployments of one template. What is passed may hang on conditions; a parameter that is left out (\`AWS::NoValue\` too) has the default of the nested template.`,
    unknown: 'Templates that are not in the project, told as `template-not-in-view`.',
    page: 'using-cfn-nested-stacks.html',
  },
};

/** Why CloudFormation refuses a value of a parameter before it deploys anything: such a scenario never comes to be. */
export const REFUSALS: Readonly<Record<Refusal, string>> = {
  'not allowed': '`AllowedValues`, of each item of a list; of an SSM type they are names',
  'no number': 'a word for a `Number` or an item of a `List<Number>`',
  'out of range': '`MinValue` and `MaxValue`',
  empty: 'an empty value of an AWS-specific type, such as `AWS::EC2::VPC::Id`',
  'length or pattern':
    '`MinLength`, `MaxLength` and `AllowedPattern`, where the pattern is one that ends soon on any text',
};

type Section = Parameters<Template['section']>[0];

export const SECTIONS: Readonly<Record<Section, Construct>> = {
  Parameters: {
    followed:
      'A value that the user gives, that the stack around passes, or else the default, where it helps to find something. A parameter with allowed values is tried with each of them; one without, with the values that it is compared with and with "anything else". The same parameter declared alike in two templates of a run is one and has one value in both; declared differently, they are two.',
    unknown: 'A parameter without a default that nothing compares.',
    page: 'parameters-section-structure.html',
  },
  Rules: {
    followed:
      'Assertions and rule conditions. They bind the deployment that their template is part of, the stacks around it and those that it nests, and no other, whatever parameters they share. What a deployment that is refused would hold is no finding.',
    unknown: '`Fn::RefAll`, `Fn::ValueOf` and `Fn::ValueOfAll`; both outcomes are tried.',
    page: 'rules-section-structure.html',
  },
  Mappings: {
    followed: 'Scalars and lists.',
    unknown: 'Rows of an include.',
    page: 'mappings-section-structure.html',
  },
  Conditions: {
    followed: 'Conditions are decided by the parameters that they compare; exclusive ones never meet.',
    unknown: 'A condition that is not there, or that refers to itself; both outcomes are tried.',
    page: 'conditions-section-structure.html',
  },
  Resources: {
    followed:
      'AgentCore resources, roles and policies, SSM parameters, nested stacks, each in the scenarios in which it is made.',
    unknown: 'What a macro makes of them; AWS SAM leaves these types as they are.',
    page: 'resources-section-structure.html',
  },
  Outputs: {
    followed: 'Values and exports, with their conditions.',
    unknown: '',
    page: 'outputs-section-structure.html',
  },
  Modules: {
    followed:
      'Local modules of `aws cloudformation package` and Rain: files of the project, with what is passed to them, overridden and looped over.',
    unknown: 'Modules that lie outside of the project.',
    page: 'https://github.com/aws/aws-cli/pull/9124',
  },
};

export const OTHERS: readonly (Construct & { readonly name: string })[] = [
  {
    name: '`Fn::ForEach`',
    followed: `Loops over a list, whatever makes it: parameters, what the stack around passes, mappings, \`Fn::If\`, \`Fn::Split\`. What is made for an item that is in the list in some scenarios only is there in these only. A list parameter that nobody set goes over its default, and over what else its \`AllowedValues\` let be in it. Up to ${MAX_LOOP_ENTRIES.toLocaleString('en')} entries.`,
    unknown:
      'A list that leads out of the deployment (an import), or that is given only when it is deployed.',
    page: 'intrinsic-function-reference-foreach.html',
  },
  {
    name: '`Fn::Transform`, `AWS::Include`, macros',
    followed: 'A macro of AWS that leaves the types read here alone is passed over.',
    unknown: 'What a macro gives as a value, and what may be missing since a macro adds it.',
    page: 'intrinsic-function-reference-transform.html',
  },
  {
    name: '`AWS::Region`, `AWS::Partition`, `AWS::URLSuffix`',
    followed: 'Known where a cloud assembly says it; else open, but together: a region has one partition.',
    unknown: '',
    page: 'pseudo-parameter-reference.html',
  },
  {
    name: 'Numbers of YAML 1.1',
    followed: '`1_0` is 10, `010` is 8, `0x1F` is 31; `yes` and `on` are booleans.',
    unknown: 'Sexagesimal numbers (`22:30`) stay text.',
    page: 'template-formats.html',
  },
];

/** What ends a search, with the limit. */
export const LIMITS: readonly (readonly [string, number])[] = [
  ['combinations of values that one question goes through', MAX_ALTERNATIVES],
  ['steps of one reference', MAX_DEPTH],
  ['values or rows that a parameter chooses among', MAX_ALLOWED_VALUES],
  ['items of a list', MAX_LIST_ITEMS],
  ['characters of a text that functions put together', MAX_TEXT_LENGTH],
];
