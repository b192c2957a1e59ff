import type { ResourceReader } from './reading.js';
import { asText, toText } from './symbolic.js';

/** Without a policy document, an endpoint has the policy that allows everything. */
export const readVpcEndpoint: ResourceReader = (reading) => {
  const { resource, draft } = reading;
  const [vpc, service] = [asText(resource.get('VpcId')), asText(resource.get('ServiceName'))];
  const given = resource.get('PolicyDocument') !== undefined || resource.doubt !== undefined;
  draft.vpcEndpoints.push({
    names: reading.names,
    origin: reading.origin(),
    id: toText(reading.name),
    account: reading.account,
    ...(vpc === undefined ? {} : { vpc: toText(vpc) }),
    ...(service === undefined ? {} : { service: toText(service) }),
    ...(given ? { policy: reading.policy('PolicyDocument', 'vpcEndpointPolicy', 'PolicyDocument') } : {}),
  });
};
