import { closestNames } from '../account/closest.js';
import { InvalidInputError } from '../account/error.js';
import type { Issue } from '../error.js';
import { isPlainObject } from '../value/plain.js';
import type { AuthorizationDetailsOptions } from './authorization-details/load-authorization-details.js';
import type { CdkOptions } from './cloudformation/load-cdk.js';
import type { CloudFormationOptions } from './cloudformation/load-cloudformation.js';
import type { Strict } from './loaded-estate.js';
import type { OrganizationOptions } from './organization/load-organization.js';
import type { ResourcePoliciesOptions } from './resource-policies/load-resource-policies.js';
import type { TerraformOptions } from './terraform/load-terraform.js';

type AllOptions = AuthorizationDetailsOptions &
  CdkOptions &
  CloudFormationOptions &
  OrganizationOptions &
  ResourcePoliciesOptions &
  Strict &
  TerraformOptions;

/** Options of all loaders: one object may be given to several. */
const options: Readonly<Record<keyof AllOptions, true>> = {
  strict: true,
  file: true,
  accountId: true,
  region: true,
  partition: true,
  managementAccount: true,
  stackName: true,
  parameters: true,
  stackParameters: true,
  imports: true,
  nested: true,
  names: true,
};
const known = Object.keys(options);
/** So many letters may differ for an option to be taken for a slip. */
const slip = 3;

/**
 * The options of a loader. One that is misspelt would not count: what cannot be taken over would be no error, or another account be meant.
 * @throws InvalidInputError for an option that no loader has
 */
export function optionsOf<Options extends object>(given: Options): Options {
  if (!isPlainObject(given)) {
    const hint = "write an object such as { accountId: '111122223333' }";
    throw new InvalidInputError([
      { path: 'options', code: 'ERR_IAM_TYPE', message: 'the options are not an object', hint },
    ]);
  }
  const issues = Object.entries(given).flatMap(([name, value]): readonly Issue[] => {
    if (known.includes(name) || value === undefined) return [];
    const [alike] = closestNames(name, known, slip);
    const message = `there is no option \`${name}\``;
    const hint = alike === undefined ? `write one of ${known.join(', ')}` : `did you mean ${alike}`;
    return [{ path: `options.${name}`, code: 'ERR_IAM_UNKNOWN_MEMBER', message, hint }];
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
  return given;
}
