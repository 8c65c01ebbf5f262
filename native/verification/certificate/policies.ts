import { type Certificate, isSelfIssued } from './certificate.ts';

/**
 * Certificate policies along a path (RFC 5280, 6.1, with the valid_policy_graph of RFC 9618 in the place of the tree, which a
 * chain of hostile certificates could make as large as it liked). Of the graph only the newest layer is kept: what is asked in the
 * end is whether any policy is left that its user accepts, and each node remembers that from its parents.
 */

export const anyPolicy = '2.5.29.32.0';

/** What a verification asks of policies (RFC 5280, 6.1.1 c, e to g); by default nothing but what the certificates ask themselves. */
export interface PolicyInput {
  /** The policies that are acceptable; null: any. */
  readonly acceptable?: readonly string[] | null;
  readonly requireExplicit?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAny?: boolean;
}

interface Node {
  /** The policies of the next certificate that continue this one. */
  expected: ReadonlySet<string>;
  /** Whether a way leads here from an acceptable policy, told in the terms of the anchor's domain. */
  readonly acceptable: boolean;
}

type Layer = ReadonlyMap<string, Node>;

interface State {
  layer: Layer;
  explicitAfter: number;
  mappingFor: number;
  anyFor: number;
}

/**
 * Whether the policies of a path hold.
 *
 * @param path from the certificate below the anchor to the one that is judged
 */
export function policiesHold(path: readonly Certificate[], input: PolicyInput): boolean {
  const never = path.length + 1;
  const isAcceptable = (policy: string) => input.acceptable?.includes(policy) ?? true;
  const state: State = {
    layer: new Map([[anyPolicy, { expected: new Set([anyPolicy]), acceptable: true }]]),
    explicitAfter: input.requireExplicit ? 0 : never,
    mappingFor: input.inhibitMapping ? 0 : never,
    anyFor: input.inhibitAny ? 0 : never,
  };
  for (const [index, certificate] of path.entries()) {
    const isLast = index === path.length - 1;
    const mayBeAny = state.anyFor > 0 || (!isLast && isSelfIssued(certificate));
    state.layer = nextLayer(state.layer, certificate.policies, mayBeAny, isAcceptable);
    if (state.explicitAfter === 0 && state.layer.size === 0) return false;
    if (isLast) break;
    if (certificate.policyMappings.some((pair) => pair.includes(anyPolicy))) return false;
    state.layer = mapped(state.layer, certificate.policyMappings, state.mappingFor > 0, isAcceptable);
    tighten(state, certificate);
  }
  const last = path.at(-1);
  const explicitAfter = Math.max(state.explicitAfter - 1, 0);
  if (explicitAfter > 0 && last?.policyConstraints.requireExplicit !== 0) return true;
  return [...state.layer.values()].some(({ acceptable }) => acceptable);
}

/** RFC 9618, 5.2 (d, e): the policies of one certificate that continue those above it. */
function nextLayer(
  above: Layer,
  policies: readonly string[] | null,
  mayBeAny: boolean,
  isAcceptable: (policy: string) => boolean,
): Layer {
  const next = new Map<string, Node>();
  if (policies === null) return next;
  const any = above.get(anyPolicy);
  // By what continues them, so that the work grows with the number of policies and not with its square.
  const continued = new Map<string, boolean>();
  for (const [policy, node] of above) {
    for (const expected of node.expected) {
      const acceptable = policy === anyPolicy ? isAcceptable(expected) : node.acceptable;
      continued.set(expected, (continued.get(expected) ?? false) || acceptable);
    }
  }
  const add = (policy: string, acceptable: boolean) =>
    next.set(policy, { expected: new Set([policy]), acceptable });
  for (const policy of policies) {
    if (policy === anyPolicy) continue;
    const acceptable = continued.get(policy);
    if (acceptable !== undefined) add(policy, acceptable);
    else if (any) add(policy, isAcceptable(policy));
  }
  if (policies.includes(anyPolicy) && mayBeAny) {
    for (const [policy, acceptable] of continued) {
      if (!next.has(policy)) add(policy, policy === anyPolicy || acceptable);
    }
  }
  return next;
}

/** RFC 9618, 5.3 (b): policies that the next certificates know by other names. */
function mapped(
  layer: Layer,
  mappings: readonly (readonly [string, string])[],
  isAllowed: boolean,
  isAcceptable: (policy: string) => boolean,
): Layer {
  const next = new Map(layer);
  const subjects = new Map<string, Set<string>>();
  for (const [issuer, subject] of mappings) {
    subjects.set(issuer, (subjects.get(issuer) ?? new Set()).add(subject));
  }
  for (const [issuer, expected] of subjects) {
    const node = next.get(issuer);
    if (!isAllowed) next.delete(issuer);
    else if (node) next.set(issuer, { ...node, expected });
    else if (next.has(anyPolicy)) next.set(issuer, { expected, acceptable: isAcceptable(issuer) });
  }
  return next;
}

/** RFC 5280, 6.1.4 (h to j). */
function tighten(state: State, certificate: Certificate): void {
  if (!isSelfIssued(certificate)) {
    state.explicitAfter = Math.max(state.explicitAfter - 1, 0);
    state.mappingFor = Math.max(state.mappingFor - 1, 0);
    state.anyFor = Math.max(state.anyFor - 1, 0);
  }
  const { requireExplicit, inhibitMapping } = certificate.policyConstraints;
  state.explicitAfter = Math.min(state.explicitAfter, requireExplicit ?? state.explicitAfter);
  state.mappingFor = Math.min(state.mappingFor, inhibitMapping ?? state.mappingFor);
  state.anyFor = Math.min(state.anyFor, certificate.inhibitAnyPolicy ?? state.anyFor);
}
