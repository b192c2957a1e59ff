import { anyKey } from './asked-resource.js';

/** Condition keys that a fact of their own gives. */
const factOf: ReadonlyMap<string, string> = new Map([
  ['aws:sourceip', "sourceIp: '…'"],
  ['aws:currenttime', "time: '…'"],
  ['aws:epochtime', "time: '…'"],
  ['aws:multifactorauthpresent', 'mfa: { present: … }'],
  ['aws:multifactorauthage', 'mfa: { present: true, ageSeconds: … }'],
  ['aws:sourcevpce', "vpcEndpoint: '…'"],
  ['aws:sourcevpc', "vpcEndpoint: '…'"],
  ['aws:resourceaccount', "resourceAccount: '…'"],
]);

/** Tags, with the fact that gives them. */
const tags: readonly (readonly [prefix: string, fact: string])[] = [
  ['aws:principaltag/', 'principalTags'],
  ['aws:resourcetag/', 'resourceTags'],
];

/** What to write so that the answer no longer depends on something: a fact, a name, or a file to load. */
export function toState(dependsOn: string): string {
  if (dependsOn === `{${anyKey}}`)
    return 'an object, for example `Bucket/reports/2026.csv`, in place of the bucket';
  if (/^\{.*\}$/s.test(dependsOn)) return `the value of ${dependsOn}, in the options of the loader`;
  if (/^the .* \(.*\)$/s.test(dependsOn))
    return `${dependsOn}: load the file that holds it, and merge it into the estate`;
  const folded = dependsOn.toLowerCase();
  const tag = tags.find(([prefix]) => folded.startsWith(prefix));
  if (tag !== undefined) return `${tag[1]}: { '${dependsOn.slice(tag[0].length)}': '…' }`;
  return factOf.get(folded) ?? `context: { '${dependsOn}': '…' }`;
}
