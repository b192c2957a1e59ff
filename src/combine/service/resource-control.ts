import governed from '../../../data/rcp-services.json' with { type: 'json' };
import type { Request } from '../../request/request.js';
import { isServiceLinkedRole } from './sts.js';

const services: ReadonlySet<string> = new Set(governed);

/**
 * Why resource control policies leave a request alone (E52, E53); undefined when they apply.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function beyondResourceControl(request: Request): string | undefined {
  if (!services.has(request.action.service))
    return `resource control policies do not cover ${request.action.service} (E53)`;
  if (request.action.key === 'kms:retiregrant')
    return 'resource control policies do not limit kms:RetireGrant (E52)';
  if (isServiceLinkedRole(request))
    return 'resource control policies do not limit service-linked roles (E52)';
  if (request.resource.role && request.resource.parts![5]!.startsWith('role/aws-service-role/')) {
    return 'resource control policies do not limit the trust policy of a service-linked role (E52)';
  }
  return undefined;
}
