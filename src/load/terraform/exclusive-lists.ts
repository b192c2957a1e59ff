import type { PolicyLink, PolicyUse, Text } from '../../account/estate-data.js';
import { textKey, textWords } from '../../account/text.js';
import { commonUses } from '../twin-policies.js';
import { doubtTarget, type Kind, kinds, linkTo, meaningOf, unknownList } from './attachments.js';
import { isLost } from './attribute-text.js';
import { isPlain, lastName } from './estate-draft.js';
import { textList, type Work } from './identities.js';
import { restOf } from './policy-uses.js';
import { attributePath, type TerraformResource } from './terraform-resource.js';

/** Lists that say what else is, or must not be, there: to be read after all that attaches. */
export function readExclusiveLists(work: Work): void {
  const { index } = work.reading;
  for (const kind of kinds) {
    for (const one of index.ofType(`aws_iam_${kind}_policies_exclusive`)) readExclusiveNames(work, one, kind);
    for (const one of index.ofType(`aws_iam_${kind}_policy_attachments_exclusive`))
      readExclusiveArns(work, one, kind);
  }
  for (const one of index.ofType('aws_iam_policy_attachment')) readOnlyAttachment(work, one);
}

/** `…_policies_exclusive` names all inline policies: one that no block writes exists all the same. */
function readExclusiveNames(work: Work, resource: TerraformResource, kind: Kind): void {
  const { reading, policies, draft } = work;
  const target = exclusiveTarget(work, resource, kind, 'policy_names');
  if (target === undefined) return;
  const { account } = reading.placeOf(resource);
  const held = draft.identity(kind, account, target)?.policies ?? [];
  const written = new Set(held.flatMap((use) => ('arn' in use ? [] : [use.name])));
  const where = attributePath(resource, ['policy_names']);
  const listed = textList(reading, resource, 'policy_names', 'name', [`aws_iam_${kind}_policy`]);
  for (const text of listed) {
    const name = textWords(text);
    // A name that leads to a block is that of a policy which the block puts there.
    if (written.has(name) || (typeof text !== 'string' && !isLost(resource, ['policy_names'], text)))
      continue;
    draft.attach(kind, account, target, policies.unresolved(name, where, 'no block of this file writes it'));
  }
  // A name that is not known may be that of any of them.
  if (!listed.every(isPlain)) return;
  for (const use of held) {
    const isListed = (name: string) => listed.includes(name) || listed.some((one) => restOf(one) === name);
    if ('arn' in use || !written.has(use.name) || isListed(use.name)) continue;
    reading.report({
      code: 'ambiguous',
      path: resource.address,
      message: `${lastName(target)} has the inline policy ${use.name}, which this does not list and so removes again`,
      hint,
    });
    doubtUse(work, held, use, resource);
  }
}

/** `…_policy_attachments_exclusive` attaches what it lists. */
function readExclusiveArns(work: Work, resource: TerraformResource, kind: Kind): void {
  const { reading, policies, draft } = work;
  const target = exclusiveTarget(work, resource, kind, 'policy_arns');
  if (target === undefined) return;
  const { account } = reading.placeOf(resource);
  const listed = textList(reading, resource, 'policy_arns', 'arn', ['aws_iam_policy']);
  const held = draft.identity(kind, account, target)?.policies ?? [];
  const keys = new Set(listed.map(textKey));
  const links = linksOf(held);
  for (const use of links)
    if (!keys.has(textKey(use.arn))) reportOther(work, resource, lastName(target), held, use);
  const attached = new Set(links.map(({ arn }) => textKey(arn)));
  for (const arn of listed) {
    if (attached.has(textKey(arn))) continue;
    attached.add(textKey(arn));
    draft.attach(kind, account, target, { arn, origin: policies.origin(resource.address) });
  }
}

/** A policy that something attaches and something else detaches: which of them comes last is written nowhere. */
function reportOther(
  work: Work,
  resource: TerraformResource,
  holder: string,
  held: PolicyUse[],
  use: PolicyLink,
): void {
  work.reading.report({
    code: 'ambiguous',
    path: resource.address,
    message: `${holder} has ${textWords(use.arn)} attached, which this does not list and so detaches again`,
    hint,
  });
  doubtUse(work, held, use, resource);
}

const linksOf = (held: readonly PolicyUse[]): PolicyLink[] =>
  held.flatMap((use) => ('arn' in use ? [use] : []));

const hint = 'list it, or delete it; answers depend on which of them comes last';

function doubtUse({ draft }: Work, held: PolicyUse[], use: PolicyUse, { address }: TerraformResource): void {
  const why = `${address} does not list it, and takes it away again`;
  const [open] = commonUses(draft, why).list([[use], []]);
  held.splice(held.indexOf(use), 1, open!);
}

/** `aws_iam_policy_attachment` is the only one that attaches its policy, in the whole account. */
function readOnlyAttachment(work: Work, resource: TerraformResource): void {
  const { reading, draft } = work;
  const arn = textKey(linkTo(work, resource).arn);
  const { account } = reading.placeOf(resource);
  const listed = new Set<unknown>();
  for (const kind of kinds) {
    const argument = `${kind}s`;
    if (unknownList(work, resource, argument)) return;
    for (const target of textList(reading, resource, argument, 'name', [`aws_iam_${kind}`])) {
      if (isLost(resource, [argument], target)) return;
      listed.add(draft.identity(kind, account, target));
    }
  }
  for (const holder of draft.identities()) {
    if (holder.account !== account || listed.has(holder)) continue;
    for (const use of linksOf(holder.policies))
      if (textKey(use.arn) === arn) reportOther(work, resource, lastName(holder.name), holder.policies, use);
  }
}

/** Whose policies these are; undefined when the list is not known, which then is one policy that may be anything. */
function exclusiveTarget(
  work: Work,
  resource: TerraformResource,
  kind: Kind,
  argument: string,
): Text | undefined {
  const { reading, policies, draft } = work;
  const target = reading.required(resource, [`${kind}_name`], meaningOf(kind));
  doubtTarget(work, resource, kind, `${kind}_name`, target);
  if (!unknownList(work, resource, argument)) return target;
  const name = attributePath(resource, [argument]);
  const origin = policies.origin(resource.address);
  const unresolved = 'policies that are not known yet';
  draft.attach(kind, reading.placeOf(resource).account, target, { name, unresolved, origin });
  return undefined;
}
