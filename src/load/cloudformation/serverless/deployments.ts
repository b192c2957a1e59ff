import { arnOf, type Expansion, make, onlyIf, trust } from './expansion.js';
import { isRaw, managedPolicy, type Raw } from './policies.js';

const serviceRole = 'CodeDeployServiceRole';
/** Functions that report how their hooks went may do so to this application alone. */
const application = 'ServerlessDeploymentApplication';

interface Deployment {
  /** The function, where its traffic is shifted at all. */
  readonly expansion: Expansion;
  readonly role: unknown;
}

/**
 * What shifts the traffic of functions: a deployment group for each, one application for all, and one role for all that are not given one.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-deploymentpreference.html
 */
export function expandDeployments(functions: readonly Expansion[]): void {
  const all = functions.flatMap((one) => deploymentOf(one) ?? []);
  for (const { expansion, role } of all)
    make(expansion, `${expansion.id}DeploymentGroup`, 'AWS::CodeDeploy::DeploymentGroup', {
      ServiceRoleArn: role ?? arnOf(serviceRole),
    });
  const [first] = all;
  if (first === undefined) return;
  make(forAnyOf(first.expansion, all), application, 'AWS::CodeDeploy::Application', {});
  if (all.every(({ role }) => role !== undefined)) return;
  make(forAnyOf(first.expansion, all), serviceRole, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: trust('codedeploy.amazonaws.com'),
    ManagedPolicyArns: [managedPolicy('AWSCodeDeployRoleForLambda')],
  });
}

function deploymentOf(expansion: Expansion): Deployment | undefined {
  const { id, path, properties, report } = expansion;
  const preference = properties.DeploymentPreference;
  if (preference === undefined || preference === null) return undefined;
  if (!isRaw(preference) || isFunction(preference)) {
    report({
      code: 'unsupportedType',
      path: `${path}.Properties.DeploymentPreference`,
      message: 'whether the transform makes a role that shifts the traffic of the function is not known',
      hint: 'load the processed template',
    });
    return undefined;
  }
  const { Enabled, Role } = preference;
  const role = Role ?? undefined;
  if (isRaw(Enabled)) {
    const disabled = ['false', 'False'].map((word) => ({ 'Fn::Equals': [Enabled, word] }));
    const when = { 'Fn::Not': [{ 'Fn::Or': disabled }] };
    return { expansion: onlyIf(expansion, `${id}IsDeployed`, when), role };
  }
  return /^false$/i.test(String(Enabled ?? true)) ? undefined : { expansion, role };
}

const isFunction = (value: Raw): boolean =>
  Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));

/** The role is there as soon as one of the functions is. */
function forAnyOf(expansion: Expansion, all: readonly Deployment[]): Expansion {
  const conditions = all.map((one) => one.expansion.attributes.Condition);
  const named = [...new Set(conditions)];
  const name = 'ServerlessCodeDeployCondition';
  if (named.includes(undefined)) return { ...expansion, attributes: {} };
  if (named.length === 1) return { ...expansion, attributes: { Condition: named[0] } };
  expansion.conditions[name] = { 'Fn::Or': named.map((Condition) => ({ Condition })) };
  return { ...expansion, attributes: { Condition: name } };
}
