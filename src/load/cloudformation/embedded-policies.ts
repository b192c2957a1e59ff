import type { ResourceReader } from './reading.js';
import { add, declare, reportStreamPolicy } from './resource-policy-types.js';
import { malformed } from './scope.js';
import {
  asPlain,
  asText,
  concat,
  isObject,
  knownStart,
  type SomeText,
  Symbolic,
  Undecided,
} from './symbolic.js';

/** API Gateway writes the ARN of the API before `execute-api:/stage/…`. */
const relativeTo =
  (arn: SomeText) =>
  (text: SomeText): SomeText => {
    const start = knownStart(text);
    if (!start.startsWith('execute-api:/')) return text;
    const rest = text instanceof Symbolic ? new Symbolic(text.pieces.slice(1)) : '';
    return concat([arn, start.slice('execute-api:'.length), rest]);
  };

const bodyPolicy = 'Body.x-amazon-apigateway-policy';

/**
 * The policy of an API stands beside its definition or in it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
 */
const readApi: ResourceReader = (reading) => {
  const { resource } = reading;
  declare(reading);
  const [own, inBody] = [resource.get('Policy'), resource.get(bodyPolicy)];
  const lost =
    own !== undefined && inBody !== undefined
      ? bodyPolicy
      : own === undefined && resource.get('BodyS3Location') !== undefined
        ? 'BodyS3Location'
        : own === undefined && asText(resource.get('Body')) !== undefined
          ? 'Body'
          : undefined;
  if (lost !== undefined) {
    const message = 'which policy the definition of the API gives it is not known';
    const path = resource.pathOf(lost);
    const hint = 'write the definition into the template, with the policy in it';
    const use = reading.unresolved('policy', { code: 'missingValue', path, message, hint });
    add(reading, reading.arn, resource.type, use);
    return;
  }
  const value = own ?? inBody;
  if (value === undefined) return;
  const property = own === undefined ? bodyPolicy : 'Policy';
  const use = reading.policy('policy', 'resourcePolicy', property, value, relativeTo(reading.arn));
  add(reading, reading.arn, resource.type, use);
};

/** Each replica of a table has the policy that stands at it; the template is deployed in the region of one of them. */
const readGlobalTable: ResourceReader = (reading) => {
  const { resource, stack } = reading;
  declare(reading);
  resource.list('Replicas').forEach((replica, i) => {
    const members = isObject(replica) ? replica : {};
    const region = asPlain(members.Region);
    if (region !== undefined && region !== stack.settings.region) return;
    const stream = members.ReplicaStreamSpecification;
    if (stream instanceof Undecided || (isObject(stream) && stream.ResourcePolicy !== undefined))
      reportStreamPolicy(reading, `Replicas[${i}].ReplicaStreamSpecification.ResourcePolicy`);
    const outer = isObject(members.ResourcePolicy)
      ? members.ResourcePolicy.PolicyDocument
      : members.ResourcePolicy;
    const value = replica instanceof Undecided ? replica : outer;
    if (value === undefined) return;
    const property = `Replicas[${i}].ResourcePolicy.PolicyDocument`;
    const use =
      region === undefined && !(value instanceof Undecided)
        ? reading.unresolved(
            'policy',
            malformed(resource.pathOf(property), 'the Region of a replica is not known', 'write it'),
          )
        : reading.policy('policy', 'resourcePolicy', property, value);
    add(reading, reading.arn, resource.type, use);
  });
};

/** Policies that stand deep in the properties of what they belong to. */
export const embeddedPolicyTypes: Readonly<Record<string, ResourceReader>> = {
  'AWS::ApiGateway::RestApi': readApi,
  'AWS::DynamoDB::GlobalTable': readGlobalTable,
};
