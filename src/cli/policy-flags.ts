import type { PolicySetKey } from '../index.js';
import { type Case, isObject } from './case-file.js';
import type { Origin } from './origin.js';
import type { Sources } from './source.js';

/** The flags that name policy files. */
export interface PolicyFlags {
  readonly identity?: readonly string[];
  readonly session?: readonly string[];
  readonly boundary?: string;
  readonly resourcePolicy?: string;
  readonly endpointPolicy?: string;
  readonly scp?: readonly (readonly string[])[];
  readonly rcp?: readonly (readonly string[])[];
}

/**
 * The policies of the flags, laid over those of a case file: lists grow, a single policy and the levels of an
 * organization are replaced.
 */
export function readPolicies(
  flags: PolicyFlags,
  file: Case | undefined,
  sources: Sources,
): { policies: unknown; origins: Origin[] } {
  const base = file?.policies ?? {};
  if (!isObject(base)) return { policies: base, origins: [] };
  const origins: Origin[] = [];
  const policies: Record<string, unknown> = { ...base };
  const document = (flag: string, name: string, path: string) => {
    const source = sources.readFor(flag, name);
    // The same file may be wrong as one kind of policy and right as another.
    origins.push({ path, name: `${flag}: ${source.name}`, text: source.text });
    return { name: source.name, document: source.text };
  };
  const one = (kind: PolicySetKey, flag: string, name: string | undefined) => {
    if (name !== undefined) policies[kind] = document(flag, name, `policies.${kind}`);
  };
  const list = (kind: PolicySetKey, flag: string, names: readonly string[] | undefined) => {
    const before = policies[kind] ?? [];
    if (names === undefined || !Array.isArray(before)) return; // What is no list, the engine refuses.
    const added = names.map((name, i) => document(flag, name, `policies.${kind}[${before.length + i}]`));
    policies[kind] = [...before, ...added];
  };
  const levels = (kind: PolicySetKey, flag: string, given: PolicyFlags['scp']) => {
    if (given === undefined) return;
    policies[kind] = given.map((names, i) =>
      names.map((name, j) => document(flag, name, `policies.${kind}[${i}][${j}]`)),
    );
  };

  list('identityPolicies', '--identity', flags.identity);
  list('sessionPolicies', '--session', flags.session);
  one('permissionsBoundary', '--boundary', flags.boundary);
  one('resourcePolicy', '--resource-policy', flags.resourcePolicy);
  one('vpcEndpointPolicy', '--endpoint-policy', flags.endpointPolicy);
  levels('serviceControlPolicies', '--scp', flags.scp);
  levels('resourceControlPolicies', '--rcp', flags.rcp);
  return { policies, origins };
}
