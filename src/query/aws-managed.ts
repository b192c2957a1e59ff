import type { AwsManagedPolicies } from '../account/link.js';
import { managedPolicyDocument } from '../managed-policies/index.js';

/** The table of policies that AWS manages; nothing of it is unpacked before the first policy is asked for. */
export const awsManagedPolicy: AwsManagedPolicies = managedPolicyDocument;
