import { closestNames } from '../account/closest.js';
import { InvalidInputError } from '../account/error.js';
import type { Issue } from '../error.js';
import { isListOf } from '../value/argument.js';
import { isAccountId } from '../value/arn.js';
import { isPlainObject } from '../value/plain.js';
import type { AuthorizationDetailsOptions } from './authorization-details/load-authorization-details.js';
import type { CdkOptions } from './cloudformation/load-cdk.js';
import type { CloudFormationOptions } from './cloudformation/options.js';
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

/** Whether a value can be such an option, and what to write instead. */
interface Form {
  readonly fits: (value: unknown) => boolean;
  readonly hint: string;
}

/** Each loader says itself what is wrong with it. */
const readLater: Form = { fits: () => true, hint: '' };
const text: Form = { fits: (value) => typeof value === 'string', hint: 'write text' };
const members: Form = { fits: isPlainObject, hint: 'write { name: … }' };

/** Options of all loaders: one object may be given to several. */
const options: Readonly<Record<keyof AllOptions, Form>> = {
  strict: { fits: (value) => typeof value === 'boolean', hint: 'write true or false' },
  file: text,
  accountId: readLater,
  region: readLater,
  partition: readLater,
  managementAccount: {
    fits: (value) => typeof value === 'string' && isAccountId(value),
    hint: 'write 12 digits as a string',
  },
  stackName: text,
  parameters: members,
  stackParameters: {
    fits: (value) => isPlainObject(value) && Object.values(value).every(isPlainObject),
    hint: 'write { stack: { name: … } }',
  },
  imports: members,
  nested: members,
  names: {
    fits: (value) =>
      isPlainObject(value) && Object.values(value).every((one) => text.fits(one) || isListOf(one, text.fits)),
    hint: "write { LogicalId: ['App/Path'] }",
  },
};
const known = Object.keys(options);
/** So many letters may differ for an option to be taken for a slip. */
const slip = 3;

/**
 * The options of a loader. One that is misspelt, or no such value, would not count: what cannot be taken over would be no error, or another
 * account be meant.
 * @throws InvalidInputError for an option that no loader has, or that cannot be read
 */
export function optionsOf<Options extends object>(given: Options): Options {
  if (!isPlainObject(given)) {
    const hint = "write an object such as { accountId: '111122223333' }";
    throw new InvalidInputError([
      { path: 'options', code: 'ERR_IAM_TYPE', message: 'the options are not an object', hint },
    ]);
  }
  const issues = Object.entries(given).flatMap(([name, value]): readonly Issue[] => {
    if (value === undefined) return [];
    const path = `options.${name}`;
    if (Object.hasOwn(options, name)) {
      const { fits, hint } = options[name as keyof AllOptions];
      return fits(value) ? [] : [{ path, code: 'ERR_IAM_TYPE', message: `\`${name}\` cannot be read`, hint }];
    }
    const [alike] = closestNames(name, known, slip);
    const message = `there is no option \`${name}\``;
    const hint = alike === undefined ? `write one of ${known.join(', ')}` : `did you mean ${alike}`;
    return [{ path, code: 'ERR_IAM_UNKNOWN_MEMBER', message, hint }];
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
  return given;
}
