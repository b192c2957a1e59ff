import { closestNames } from '../../account/closest.js';
import type { EstateData, PolicyUse } from '../../account/estate-data.js';
import { textWords } from '../../account/text.js';
import { awsManagedPolicy } from '../../query/aws-managed.js';
import type { Report } from '../document.js';

/** Reports policies and groups that are named and not there: the answers that hang on them depend on them. */
export function reportReferences(data: EstateData, report: Report): void {
  const known = new Set(data.managedPolicies.map(({ arn }) => textWords(arn)));
  const groups = new Set(data.groups.map(({ account, name }) => `${account} ${textWords(name)}`));
  const reported = new Set<string>();
  const check = (use: PolicyUse | undefined, what: string) => {
    if (use === undefined || !('arn' in use)) return;
    const arn = textWords(use.arn);
    if (known.has(arn) || reported.has(arn) || awsManagedPolicy(arn) !== undefined) return;
    reported.add(arn);
    const [closest] = arn.startsWith('arn:aws:iam::aws:') ? [] : closestNames(arn, known, 3);
    const hint = closest === undefined ? 'answers that hang on it depend on it' : `did you mean ${closest}`;
    report('unresolvedReference', use.origin?.path ?? arn, `the ${what} ${arn} is not in the file`, hint);
  };
  for (const principal of [...data.principals, ...data.groups]) {
    for (const use of principal.policies) check(use, 'policy');
    if (principal.kind !== 'group') check(principal.permissionsBoundary, 'permissions boundary');
    if (principal.kind !== 'user') continue;
    for (const group of principal.groups) {
      const name = `${principal.account} ${textWords(group)}`;
      if (groups.has(name) || reported.has(name)) continue;
      reported.add(name);
      const path = principal.origin?.path ?? textWords(principal.arn);
      const message = `the group ${textWords(group)} is not in the file`;
      report(
        'unresolvedReference',
        `${path}.GroupList`,
        message,
        'answers that hang on its policies depend on them',
      );
    }
  }
}
