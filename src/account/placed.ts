import type { LinkedEstate } from './link.js';

/** What the organization says of the account of a caller or of a resource. */
export interface Placed {
  readonly context: Readonly<Record<'OrgID' | 'OrgPaths', unknown>> | undefined;
  /** Both are there or not, and have any value. */
  readonly isOpen: boolean;
  readonly assumptions: readonly string[];
}

const nowhere: Placed = { context: undefined, isOpen: false, assumptions: [] };
const anyOrganization: Placed = { ...nowhere, isOpen: true };

/** An account that nobody has in the estate and that is not in the tree belongs to another organization, or to none. */
export function placeOf({ organization, accounts }: LinkedEstate, account: string | undefined): Placed {
  if (organization === undefined || account === undefined) return nowhere;
  const place = organization.placeOf(account);
  if (place === undefined) return accounts.has(account) ? anyOrganization : nowhere;
  const assumptions =
    organization.data.managementAccount === undefined
      ? ['no management account is named: control policies are taken to limit every account']
      : [];
  if (place.orgPath === undefined) return { ...anyOrganization, assumptions };
  return { context: { OrgID: organization.data.id, OrgPaths: [place.orgPath] }, isOpen: false, assumptions };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths */
export const memberKeys = (
  of: 'Principal' | 'Resource',
  { context }: Placed,
): Readonly<Record<string, unknown>> =>
  context === undefined ? {} : { [`aws:${of}OrgID`]: context.OrgID, [`aws:${of}OrgPaths`]: context.OrgPaths };

/** The same keys where they are not known. */
export const openMemberKeys = (
  of: 'Principal' | 'Resource',
  { isOpen }: Pick<Placed, 'isOpen'>,
): readonly string[] => (isOpen ? [`aws:${of}OrgID`, `aws:${of}OrgPaths`] : []);
