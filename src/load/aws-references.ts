import { closestNames, nameMeant } from '../account/closest.js';
import type { EstateData, PolicyUse } from '../account/estate-data.js';
import { textKey } from '../account/text.js';
import { managedPolicyArn, managedPolicyNames } from '../managed-policies/index.js';
import type { Report } from './document.js';

const pattern = /^arn:(aws(?:-[a-z]+)*):iam::aws:policy\/(?:[^/]+\/)*([^/]+)$/;

/**
 * Reports policies and boundaries of AWS that are named and that AWS does not have, as far as this release knows. Those of an account may
 * be declared in another file.
 */
export function reportAwsReferences(data: EstateData, report: Report): void {
  const known = new Set(data.managedPolicies.map(({ arn }) => textKey(arn)));
  const check = (use: PolicyUse | undefined, what: string) => {
    if (use === undefined || !('arn' in use) || typeof use.arn !== 'string') return;
    const { arn } = use;
    const [, partition, name] = pattern.exec(arn) ?? [];
    if (name === undefined || known.has(textKey(arn))) return;
    known.add(textKey(arn));
    const right = managedPolicyArn(name, partition);
    if (right === arn) return;
    // Policies that AWS retired have successors whose names differ by a letter or two.
    const names = right === undefined ? managedPolicyNames() : [];
    const closest = nameMeant(name, names, 3) ?? closestNames(name, names, 3)[0];
    const meant = closest === undefined ? right : managedPolicyArn(closest, partition);
    const hint = meant === undefined ? 'answers that hang on it depend on it' : `did you mean ${meant}`;
    const message = `the ${what} ${arn} is not in the file, and not known among those of AWS`;
    report('unresolvedReference', use.origin?.path ?? arn, message, hint);
  };
  for (const holder of [...data.principals, ...data.groups]) {
    for (const use of holder.policies) check(use, 'policy');
    if (holder.kind !== 'group') check(holder.permissionsBoundary, 'permissions boundary');
  }
  for (const { policy } of data.attachments) check(policy, 'policy');
}
