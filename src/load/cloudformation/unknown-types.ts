import { controls, lakeFormation, shares } from '../unread-words.js';
import type { Reading } from './reading.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Policy languages of their own, which say nothing of IAM. */
const otherLanguages = new Set([
  'AWS::IoT::Policy',
  'AWS::OpenSearchServerless::AccessPolicy',
  'AWS::DLM::LifecyclePolicy',
]);

/** Types that deploy another template, of which this one has only the place. */
const deploying = new Set([
  'AWS::CloudFormation::StackSet',
  'AWS::Serverless::Application',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
]);

const access = 'access to the Kubernetes API of a cluster is not read';

/** Types that decide about access without a policy, with what follows from that. */
const unread = new Map([
  ['AWS::RAM::ResourceShare', shares],
  ['AWS::RAM::Permission', shares],
  ['AWS::LakeFormation::Permissions', lakeFormation],
  ['AWS::LakeFormation::PrincipalPermissions', lakeFormation],
  ['AWS::LakeFormation::DataLakeSettings', lakeFormation],
  ['AWS::S3::AccessGrant', 'S3 Access Grants are not read: they may allow more than the policies'],
  ['AWS::Signer::ProfilePermission', 'permissions of signing profiles are not read'],
  ['AWS::EC2::VPCEndpointServicePermissions', 'who may connect to an endpoint service is not read'],
  ['AWS::EKS::AccessEntry', access],
  ['AWS::EntityResolution::PolicyStatement', 'statements of policies of Entity Resolution are not read'],
  ['AWS::QBusiness::Permission', 'permissions of Amazon Q Business are not read'],
  ['AWS::ACMPCA::Permission', 'permissions of certificate authorities are not read'],
  ['AWS::ControlTower::EnabledControl', controls],
  ['AWS::ControlTower::EnabledBaseline', controls],
  ['AWS::ControlTower::LandingZone', controls],
  ['AWS::SSO::InstanceAccessControlAttributeConfiguration', 'session tags of Identity Center are not read'],
  ['AWS::Organizations::ResourcePolicy', 'what the policy of an organization delegates is not read'],
]);

/** Says that a resource may give access in a way that is not read; silent about those that cannot. */
export function readUnknown(reading: Reading): void {
  const { type, path, id, raw } = reading.resource;
  const say = (message: string, hint: string, where = path) =>
    reading.report({ code: 'unsupportedType', path: where, message, hint });
  if (type === '' && raw.Type !== undefined && raw.Type !== null && raw.Type !== '') {
    reading.report({
      code: 'malformed',
      path: `${path}.Type`,
      message: `the Type of ${id} is no text: what it makes is not in the estate`,
      hint: 'write the name of a type, or load the template that the tool of this function packages',
    });
  } else if (type === '' && 'Fn::Transform' in raw) {
    reading.report({
      code: 'unsupportedFunction',
      path,
      message: `${id} is made by a macro, which runs only in AWS: it is not in the estate`,
      hint: 'load the processed template (aws cloudformation get-template --template-stage Processed)',
    });
  } else if (type === '') {
    reading.report({
      code: 'malformed',
      path,
      message: `${id} has no Type`,
      hint: 'write the type of the resource',
    });
  } else if (type === 'LocalModule') {
    const hint = 'load the packaged template (aws cloudformation package)';
    say(`${id} is a module: its resources are not in the estate`, hint);
  } else if (type.endsWith('::MODULE')) {
    say(`${id} is a module: its resources are not in the estate`, 'load the processed template');
  } else if (type === 'AWS::CloudFormation::Stack') {
    if (reading.stack.child(reading.resource) === undefined)
      say(`${id} is a nested stack whose template is not given`, `pass it as nested: { ${id}: … }`);
  } else if (deploying.has(type)) {
    say(`${id} deploys resources that are not in the estate`, 'load their template too');
  } else if (unread.has(type)) {
    say(unread.get(type)!, 'check by hand what it allows');
  } else if (!otherLanguages.has(type)) {
    const found = policyIn(raw.Properties, '', 0);
    if (found !== undefined)
      say(
        `${type} has a policy in ${found}, which is not read`,
        'nothing is known of this policy',
        `${path}.Properties.${found}`,
      );
  }
}

/** The first property that looks like a policy: its name says so, and statements are in it. */
export function policyIn(value: unknown, path: string, depth: number): string | undefined {
  if (!isRecord(value) || depth > 3) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const where = path === '' ? name : `${path}.${name}`;
    if (/polic(?:y|ies)/i.test(name) && hasStatement(member, 0)) return where;
    const found = policyIn(member, where, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hasStatement(value: unknown, depth: number): boolean {
  if (depth > 6) return false;
  if (typeof value === 'string') return /"Statement"\s*:/.test(value);
  if (Array.isArray(value)) return value.some((item) => hasStatement(item, depth + 1));
  if (!isRecord(value)) return false;
  return 'Statement' in value || Object.values(value).some((member) => hasStatement(member, depth + 1));
}
