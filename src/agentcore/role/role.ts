import { mayBeEqual } from '../../evaluate/compare.js';
import type { Scenario } from '../../evaluate/scenario.js';
import {
  type Alternative,
  chain,
  knownText,
  onlySymbol,
  type TextValue,
  textId,
} from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { existence, readProperty } from '../../views/properties.js';
import { anyOf, scenariosWhere, type Verdict } from '../../views/verdict.js';
import { type AttachedPolicy, policiesFor } from './attached-policies.js';
import { askDocument, type PolicyQuestion, whereUnknown } from './policies.js';
import { PolicyReader } from './policy-reader.js';
import type { CalledResource } from './resource-pattern.js';

/** What a call needs of a role. */
export interface Call {
  readonly action: string;
  /** What it is about; undefined where a policy's `Resource` decides nothing. */
  readonly resource: CalledResource | undefined;
}

/** Why a role may not make a call. */
export type Refusal =
  /** No policy allows the action. */
  | 'not-allowed'
  /** A policy allows the action, and not for what the call is about. */
  | 'other-resource'
  | 'denied'
  /** Its policies allow it, and the permissions boundary does not. */
  | 'boundary';

/** A call that a role may not make. */
export interface LackingCall<C extends Call = Call> {
  readonly call: C;
  readonly refusal: Refusal;
  readonly when: Scenario;
}

/** Stands for the resource of a question that is about none. */
const NO_RESOURCE = {};

/** The view of a role. */
export const roleOf = memoizeByNode((graph, node) => new Role(node, graph));

/** An `AWS::IAM::Role` as the rules see it. */
export class Role {
  /** Whether the role has a policy that no template in view declares. */
  private readonly unseen = memoizeByScenario((when) => this.hasUnseenPolicy(when));
  /** The policies of all templates that can belong to the role. */
  private readonly attached = memoizeByScenario((when) =>
    policiesFor(this.graph, this.node, () =>
      this.property('RoleName', when).map(({ value }) => knownText(value)),
    ),
  );

  /** Whether any policy denies anything: most roles have none that does. */
  private readonly mayDeny = memoizeByScenario((when) =>
    this.ask({ effect: 'Deny', action: undefined }, when).some(({ holds }) => holds),
  );

  /** What the policies answer: all targets of one provider ask the same of them. */
  private readonly answers = new WeakMap<object, Map<string, (when: Scenario) => Verdict[]>>();

  private readonly reader: PolicyReader;

  constructor(
    readonly node: ResourceNode,
    private readonly graph: ResourceGraph,
  ) {
    this.reader = new PolicyReader(graph.evaluator);
  }

  get name(): string {
    return this.node.name;
  }

  /** The scenarios in which the templates show all policies of the role, and these do not let it make a call. */
  lacks<C extends Call>(call: C, when: Scenario): LackingCall<C>[] {
    const { action, resource } = call;
    return chain(scenariosWhere(this.unseen(when), false, when), (seen) => {
      const denials = this.mayDeny(seen)
        ? this.ask({ effect: 'Deny', action, resource }, seen)
        : [{ holds: false, when: seen }];
      return [
        ...scenariosWhere(denials, true, seen).map((so) => ({ call, refusal: 'denied' as const, when: so })),
        ...chain(scenariosWhere(denials, false, seen), (open) => {
          const allowed = this.ask({ effect: 'Allow', action, resource }, open);
          return [
            ...chain(scenariosWhere(allowed, false, open), (so) => this.whyNot(call, so)),
            ...chain(scenariosWhere(allowed, true, open), (so) => this.beyondBoundary(call, so)),
          ];
        }),
      ];
    });
  }

  /** Whether no policy allows the action at all, or none for what the call is about. */
  private whyNot<C extends Call>(call: C, when: Scenario): LackingCall<C>[] {
    if (call.resource === undefined) return [{ call, refusal: 'not-allowed', when }];
    return this.ask({ effect: 'Allow', action: call.action }, when).map((anywhere) => ({
      call,
      refusal: anywhere.holds ? 'other-resource' : 'not-allowed',
      when: anywhere.when,
    }));
  }

  /** Where the permissions boundary does not let the role do what its policies allow. */
  private beyondBoundary<C extends Call>(call: C, when: Scenario): LackingCall<C>[] {
    const { action, resource } = call;
    return chain(this.property('PermissionsBoundary', when), (boundary) => {
      const policy = boundary.value.kind === 'absent' ? undefined : this.managedPolicy(boundary);
      if (policy === undefined) return [];
      const allowed = this.askPolicy(policy, { effect: 'Allow', action, resource }, boundary.when);
      return [
        ...scenariosWhere(allowed, false, boundary.when),
        ...chain(scenariosWhere(allowed, true, boundary.when), (open) =>
          scenariosWhere(this.askPolicy(policy, { effect: 'Deny', action, resource }, open), true, open),
        ),
      ].map((so) => ({ call, refusal: 'boundary' as const, when: so }));
    });
  }

  private property(name: string, when: Scenario): Alternative[] {
    return readProperty(this.graph, this.node, name, when);
  }

  // --- What is in view ------------------------------------------------------------------------------------------

  private hasUnseenPolicy(when: Scenario): Verdict[] {
    const properties = ['Policies', 'ManagedPolicyArns', 'PermissionsBoundary'];
    return anyOf(properties, when, (name, within) =>
      chain(this.property(name, within), (policies): Verdict[] => {
        const { value } = policies;
        if (value.kind === 'absent') return [{ holds: false, when: policies.when }];
        if (name === 'PermissionsBoundary') return this.isUnseen(policies);
        if (value.kind !== 'list') return [{ holds: true, when: policies.when }];
        if (name === 'Policies') return [{ holds: false, when: policies.when }];
        return this.anyItem(policies, (arn) => this.isUnseen(arn));
      }),
    );
  }

  private isUnseen(arn: Alternative): Verdict[] {
    return [{ holds: arn.value.kind !== 'absent' && this.managedPolicy(arn) === undefined, when: arn.when }];
  }

  /** The managed policy that an ARN is taken from. */
  private managedPolicy(arn: Alternative): ResourceNode | undefined {
    const symbol = onlySymbol(arn.value);
    if (symbol?.kind !== 'attribute') return undefined;
    const node = this.graph.resource(symbol.instance, symbol.logicalId);
    return node?.type === 'AWS::IAM::ManagedPolicy' ? node : undefined;
  }

  // --- What the policies say ------------------------------------------------------------------------------------

  /** Asks all policies of the role in turn. */
  private ask(question: PolicyQuestion, when: Scenario): Verdict[] {
    const { effect, action = '', resource = NO_RESOURCE } = question;
    const answers = this.answers.get(resource) ?? new Map<string, (when: Scenario) => Verdict[]>();
    this.answers.set(resource, answers);
    const key = `${effect} ${action}`;
    const answer = answers.get(key) ?? memoizeByScenario((within) => this.askAll(question, within));
    answers.set(key, answer);
    return answer(when);
  }

  private askAll(question: PolicyQuestion, when: Scenario): Verdict[] {
    const kinds = [this.askInline, this.askManaged, this.askAttached];
    return anyOf(kinds, when, (askKind, within) => askKind.call(this, question, within));
  }

  private askInline(question: PolicyQuestion, when: Scenario): Verdict[] {
    return chain(this.property('Policies', when), (policies) =>
      this.anyItem(policies, (policy) =>
        chain(this.reader.entry(policy, 'PolicyDocument'), (document) =>
          askDocument(this.reader, document, question),
        ),
      ),
    );
  }

  private askManaged(question: PolicyQuestion, when: Scenario): Verdict[] {
    return chain(this.property('ManagedPolicyArns', when), (arns) =>
      this.anyItem(arns, (arn) => {
        if (arn.value.kind === 'absent') return [{ holds: false, when: arn.when }];
        const policy = this.managedPolicy(arn);
        return policy === undefined
          ? whereUnknown(question, arn)
          : this.askPolicy(policy, question, arn.when);
      }),
    );
  }

  private askAttached(question: PolicyQuestion, when: Scenario): Verdict[] {
    return anyOf(this.attached(when), when, (policy, within) =>
      chain(this.isAttached(policy, question.effect === 'Allow', within), (attached) =>
        attached.holds ? this.askPolicy(policy.node, question, attached.when) : [attached],
      ),
    );
  }

  private askPolicy(policy: ResourceNode, question: PolicyQuestion, when: Scenario): Verdict[] {
    return existence(this.graph, policy, when).flatMap((exists) =>
      exists.value
        ? readProperty(this.graph, policy, 'PolicyDocument', exists.when).flatMap((document) =>
            askDocument(this.reader, document, question),
          )
        : [{ holds: false, when: exists.when }],
    );
  }

  private anyItem(list: Alternative, judge: (item: Alternative) => Verdict[]): Verdict[] {
    const { value, at, when } = list;
    if (value.kind !== 'list') return [{ holds: false, when }];
    return anyOf(value.items, when, (item, within) => chain(this.reader.item(item, at, within), judge));
  }

  // --- Whose policy it is ---------------------------------------------------------------------------------------

  /** Whether a policy names this role; what is not known names it when `lenient`. */
  private isAttached({ node, rolesProperty }: AttachedPolicy, lenient: boolean, when: Scenario): Verdict[] {
    return readProperty(this.graph, node, rolesProperty, when).flatMap((roles) =>
      roles.value.kind === 'list'
        ? this.anyItem(roles, (item) => this.isNamed(item, lenient))
        : this.isNamed(roles, lenient),
    );
  }

  private isNamed({ value, when }: Alternative, lenient: boolean): Verdict[] {
    if (value.kind !== 'text') return [{ holds: value.kind === 'unknown' && lenient, when }];
    const symbol = onlySymbol(value);
    if (symbol?.kind === 'attribute') {
      const { instance, logicalId } = this.node;
      return [{ holds: symbol.instance === instance && symbol.logicalId === logicalId, when }];
    }
    return this.property('RoleName', when).map((name) => ({
      holds: this.bears(name, value, lenient),
      when: name.when,
    }));
  }

  /** Whether the role's name is, or could be, another text. */
  private bears(name: Alternative, other: TextValue, lenient: boolean): boolean {
    // CloudFormation makes up the name of a role that has none: no literal is equal to it, but a parameter may be.
    if (name.value.kind !== 'text') return lenient && knownText(other) === undefined;
    return textId(name.value) === textId(other) || (lenient && mayBeEqual(name.value, other));
  }
}
