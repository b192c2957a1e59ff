import type { PolicyUse, Text } from '../../account/estate-data.js';
import type { Work } from './identities.js';
import { at, filledText, isMembers, own } from './json-value.js';
import { principalOf } from './lambda-permissions.js';
import type { PolicyTarget } from './policy-targets.js';
import { putPolicies } from './put-policies.js';
import { targetArn } from './resource-policies.js';
import { isOpen, type TerraformResource } from './terraform-resource.js';

const bus: PolicyTarget = { target: 'event_bus_name', types: ['aws_cloudwatch_event_bus'] };

/**
 * Each permission is a statement of the policy of its event bus.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
 */
export function readEventPermissions(work: Work): void {
  for (const one of work.reading.index.ofType('aws_cloudwatch_event_permission')) {
    const arn = targetArn(work, one, bus);
    putPolicies(work, one, arn, bus, [permission(work, one, arn)]);
  }
}

function permission({ reading, policies }: Work, resource: TerraformResource, arn: Text): PolicyUse {
  const id = filledText(own(resource.values, 'statement_id'));
  const name = `permission ${id ?? resource.address}`;
  const condition = at(resource.values, ['condition', 0]);
  const [type, key] = ['type', 'key'].map((member) => filledText(own(condition, member)));
  const open = isOpen(resource, ['condition']);
  if (open || (isMembers(condition) && (type === undefined || key === undefined)))
    return policies.unresolved(name, resource.address, 'its condition is known only after apply');
  const value = () => reading.required(resource, ['condition', 0, 'value'], { attribute: 'id' });
  const statement = {
    Sid: id ?? 'permission',
    Effect: 'Allow' as const,
    Principal: principalOf(reading.required(resource, ['principal'], { attribute: 'arn' })),
    Action: filledText(own(resource.values, 'action')) ?? 'events:PutEvents',
    Resource: arn,
    ...(type === undefined || key === undefined ? {} : { Condition: { [type]: { [key]: value() } } }),
  };
  const origin = policies.origin(resource.address);
  return { name, document: { Version: '2012-10-17', Statement: [statement] }, origin };
}
