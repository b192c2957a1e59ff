import type { PolicyUse, Text } from '../../account/estate-data.js';
import { textKey } from '../../account/text.js';
import { isLost } from './attribute-text.js';
import type { Work } from './identities.js';
import { listOf, own } from './json-value.js';
import { functionOf } from './lambda-permissions.js';
import type { TerraformResource } from './terraform-resource.js';

/**
 * Policies that are written whole for a function, version or alias, in place of all permissions that it was given before. To be called
 * when these are read.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_PutResourcePolicy.html
 */
export function readFunctionPolicies(work: Work): void {
  for (const resource of work.reading.index.ofType('aws_lambda_resource_policy')) readPolicy(work, resource);
}

function readPolicy(work: Work, resource: TerraformResource): void {
  const { reading, policies, draft } = work;
  const types = ['aws_lambda_function', 'aws_lambda_alias'];
  const arn = reading.required(resource, ['resource_arn'], { attribute: 'arn', types });
  const holder = functionOf(work, resource, arn);
  if (isLost(resource, ['resource_arn'], arn)) {
    const unresolved = 'it may be about this one';
    const doubt = { name: resource.address, unresolved, origin: policies.origin(resource.address) };
    draft.doubt('AWS::Lambda::Function', doubt, reading.candidates(resource, ['resource_arn']));
  }
  holder.policies.splice(
    0,
    holder.policies.length,
    ...holder.policies.map((use) => (isFor(use, arn) ? overwritten(work, resource, use) : use)),
    ...policies.required({ resource, path: ['policy'], name: 'lambda_resource_policy' }),
  );
}

/** The policies of a function, its versions and aliases are one list in an estate: their statements say which one they are for. */
const isFor = (use: PolicyUse, arn: Text): boolean =>
  'document' in use &&
  typeof use.document === 'object' &&
  listOf(use.document.Statement).every((one) => textKey(own(one, 'Resource') as Text) === textKey(arn));

function overwritten({ reading }: Work, resource: TerraformResource, use: PolicyUse): PolicyUse {
  if (!('document' in use) || typeof use.document !== 'object') return use;
  const { name, document, origin } = use;
  const unresolved = `${resource.address} replaces the whole policy of the function, and so perhaps this permission`;
  const hint = 'write it as a statement of that policy';
  reading.report({ code: 'ambiguous', path: origin?.path ?? resource.address, message: unresolved, hint });
  return { name, unresolved, possible: document, ...(origin === undefined ? {} : { origin }) };
}
