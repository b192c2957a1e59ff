import type { AwsManagedPolicies } from '../account/link.js';

/** The table of policies that AWS manages. */
export const awsManagedPolicy: AwsManagedPolicies = () => undefined;
