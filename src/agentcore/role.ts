import { mayBeEqual } from '../evaluate/compare.js';
import type { Scenario } from '../evaluate/scenario.js';
import { type Alternative, chain, knownText, onlyAtom, type TextValue, textId } from '../evaluate/value.js';
import type { ResourceNode, World } from '../graph/world.js';
import { type AttachedPolicy, policiesFor } from './attached-policies.js';
import { anyOf, type Judgement, scenariosWhere } from './judgement.js';
import { perNode } from './per-node.js';
import { perScenario } from './per-scenario.js';
import { askDocument, type PolicyQuestion, whereUnknown } from './policies.js';
import { existence, readProperty } from './properties.js';
import { readEntry } from './read.js';

/** An action that a role may not do, and whether because of a `Deny`. */
export interface LackingAction {
  readonly action: string;
  readonly denied: boolean;
  readonly when: Scenario;
}

/** The view of a role. */
export const roleOf = perNode((world, node) => new Role(node, world));

/** An `AWS::IAM::Role` as the rules see it. */
export class Role {
  /** Whether the role has a policy that no template in view declares. */
  private readonly unseen = perScenario((when) => this.hasUnseenPolicy(when));
  /** The policies of all templates that can belong to the role. */
  private readonly attached = perScenario((when) => {
    const names = this.property('RoleName', when).map(({ value }) => knownText(value));
    return policiesFor(this.world, this.node, names);
  });

  /** Whether any policy denies anything: most roles have none that does. */
  private readonly mayDeny = perScenario((when) =>
    this.ask({ effect: 'Deny', action: undefined }, when).some(({ holds }) => holds),
  );

  constructor(
    readonly node: ResourceNode,
    private readonly world: World,
  ) {}

  get logicalId(): string {
    return this.node.logicalId;
  }

  /** The scenarios in which the templates show all policies of the role, and these do not let it do an action. */
  lacks(action: string, when: Scenario): LackingAction[] {
    return chain(scenariosWhere(this.unseen(when), false, when), (seen) => {
      const denials = this.mayDeny(seen)
        ? this.ask({ effect: 'Deny', action }, seen)
        : [{ holds: false, when: seen }];
      return [
        ...scenariosWhere(denials, true, seen).map((so) => ({ action, denied: true, when: so })),
        ...chain(scenariosWhere(denials, false, seen), (open) =>
          scenariosWhere(this.ask({ effect: 'Allow', action }, open), false, open).map((so) => ({
            action,
            denied: false,
            when: so,
          })),
        ),
      ];
    });
  }

  private property(name: string, when: Scenario): Alternative[] {
    return readProperty(this.world, this.node, name, when);
  }

  // --- What is in view ------------------------------------------------------------------------------------------

  private hasUnseenPolicy(when: Scenario): Judgement[] {
    const properties = ['Policies', 'ManagedPolicyArns', 'PermissionsBoundary'];
    return anyOf(properties, when, (name, within) =>
      chain(this.property(name, within), (policies): Judgement[] => {
        const { value } = policies;
        if (value.kind === 'absent') return [{ holds: false, when: policies.when }];
        if (name === 'PermissionsBoundary') return this.isUnseen(policies);
        if (value.kind !== 'list') return [{ holds: true, when: policies.when }];
        if (name === 'Policies') return [{ holds: false, when: policies.when }];
        return this.anyItem(policies, (arn) => this.isUnseen(arn));
      }),
    );
  }

  private isUnseen(arn: Alternative): Judgement[] {
    return [{ holds: arn.value.kind !== 'absent' && this.managedPolicy(arn) === undefined, when: arn.when }];
  }

  /** The managed policy that an ARN is taken from. */
  private managedPolicy(arn: Alternative): ResourceNode | undefined {
    const atom = onlyAtom(arn.value);
    if (atom?.kind !== 'attribute') return undefined;
    const node = this.world.resource(atom.instance, atom.logicalId);
    return node?.type === 'AWS::IAM::ManagedPolicy' ? node : undefined;
  }

  // --- What the policies say ------------------------------------------------------------------------------------

  /** Asks all policies of the role in turn. */
  private ask(question: PolicyQuestion, when: Scenario): Judgement[] {
    const kinds = [this.askInline, this.askManaged, this.askAttached];
    return anyOf(kinds, when, (askKind, within) => askKind.call(this, question, within));
  }

  private askInline(question: PolicyQuestion, when: Scenario): Judgement[] {
    return chain(this.property('Policies', when), (policies) =>
      this.anyItem(policies, (policy) =>
        chain(readEntry(this.world.evaluator, policy, 'PolicyDocument'), (document) =>
          askDocument(this.world.evaluator, document, question),
        ),
      ),
    );
  }

  private askManaged(question: PolicyQuestion, when: Scenario): Judgement[] {
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

  private askAttached(question: PolicyQuestion, when: Scenario): Judgement[] {
    return anyOf(this.attached(when), when, (policy, within) =>
      chain(this.isAttached(policy, question.effect === 'Allow', within), (attached) =>
        attached.holds ? this.askPolicy(policy.node, question, attached.when) : [attached],
      ),
    );
  }

  private askPolicy(policy: ResourceNode, question: PolicyQuestion, when: Scenario): Judgement[] {
    const { evaluator } = this.world;
    return existence(this.world, policy, when).flatMap((exists) =>
      exists.value
        ? readProperty(this.world, policy, 'PolicyDocument', exists.when).flatMap((document) =>
            askDocument(evaluator, document, question),
          )
        : [{ holds: false, when: exists.when }],
    );
  }

  private anyItem(list: Alternative, judge: (item: Alternative) => Judgement[]): Judgement[] {
    const { value, at, when } = list;
    if (value.kind !== 'list') return [{ holds: false, when }];
    return anyOf(value.items, when, (item, within) =>
      chain(this.world.evaluator.evaluateItem(item, at, within), judge),
    );
  }

  // --- Whose policy it is ---------------------------------------------------------------------------------------

  /** Whether a policy names this role; what is not known names it when `lenient`. */
  private isAttached({ node, rolesProperty }: AttachedPolicy, lenient: boolean, when: Scenario): Judgement[] {
    return readProperty(this.world, node, rolesProperty, when).flatMap((roles) =>
      roles.value.kind === 'list'
        ? this.anyItem(roles, (item) => this.isNamed(item, lenient))
        : this.isNamed(roles, lenient),
    );
  }

  private isNamed({ value, when }: Alternative, lenient: boolean): Judgement[] {
    if (value.kind !== 'text') return [{ holds: value.kind === 'unknown' && lenient, when }];
    const atom = onlyAtom(value);
    if (atom?.kind === 'attribute') {
      const { instance, logicalId } = this.node;
      return [{ holds: atom.instance === instance && atom.logicalId === logicalId, when }];
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
