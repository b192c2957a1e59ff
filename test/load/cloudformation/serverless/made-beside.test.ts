import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/account/facts.js';
import { Estate } from '../../../../src/query/estate.js';
import { load } from '../fixture.js';

const fn = (Properties: object, more: object = {}) => ({
  Type: 'AWS::Serverless::Function',
  Properties,
  ...more,
});
const parameters = {
  Parameters: { P: { Type: 'String' } },
  Conditions: { On: { 'Fn::Equals': [{ Ref: 'P' }, 'on'] } },
};
const read = (Resources: object, P = 'on') => {
  const template = { Transform: 'AWS::Serverless-2016-10-31', ...parameters, Resources };
  const { data, diagnostics } = load(template, { parameters: { P } });
  const estate = new Estate(data);
  return {
    ids: [...data.resources, ...data.principals].flatMap(({ names }) => names[0] ?? []),
    said: diagnostics.filter(({ code }) => code === 'unsupportedType').map(({ path }) => path),
    can: (who: string, action: string, what: string, facts?: Facts) =>
      estate.can(who, action, what, facts).decision,
    workloads: data.workloads,
  };
};

describe('destinations of a function', () => {
  const sending = (OnSuccess: unknown, P?: string) =>
    read({ F: fn({ EventInvokeConfig: { DestinationConfig: { OnSuccess } } }) }, P);

  it.each([
    ['SQS', 'FEventInvokeConfigOnSuccessQueue', 'sqs:SendMessage'],
    ['SNS', 'FEventInvokeConfigOnSuccessTopic', 'sns:Publish'],
  ])('are made where they are not given: %s', (Type, id, action) => {
    const { can, ids, said } = sending({ Type });
    expect(ids).toContain(id);
    expect(can('F', action, id)).toBe('allowed');
    expect(said).toEqual([]);
  });

  it('are made where a condition takes the given one away', () => {
    const given = 'arn:aws:sqs:eu-west-1:111122223333:given';
    const none = { Ref: 'AWS::NoValue' };
    const [made, target] = ['FEventInvokeConfigOnSuccessQueue', { Type: 'SQS' }];
    const Destination = { 'Fn::If': ['On', none, given] };
    const [on, off] = ['on', 'off'].map((P) => sending({ ...target, Destination }, P));
    expect([on?.ids.includes(made), off?.ids.includes(made)]).toEqual([true, false]);
    expect(on?.can('F', 'sqs:SendMessage', made)).toBe('allowed');
    expect(on?.can('F', 'sqs:SendMessage', given)).toBe('implicitDeny');
    expect(off?.can('F', 'sqs:SendMessage', given)).toBe('allowed');
  });

  it.each([
    [{ Type: 'Lambda' }],
    [{ Type: 'Dream', Destination: 'arn:aws:sqs:eu-west-1:111122223333:q' }],
    ['x'],
  ])('are not known: %j', (target) => {
    const { can, said } = sending(target);
    expect(said).toEqual(['Resources.F.Properties.EventInvokeConfig.DestinationConfig.OnSuccess']);
    expect(can('F', 'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q')).toBe('depends');
  });

  it('are made for a function that is given its role, too', () => {
    const EventInvokeConfig = { DestinationConfig: { OnFailure: { Type: 'SQS' } } };
    const Role = 'arn:aws:iam::111122223333:role/r';
    expect(read({ F: fn({ Role, EventInvokeConfig }) }).ids).toContain('FEventInvokeConfigOnFailureQueue');
  });
});

describe('queues for events that were not delivered', () => {
  const machine = (Events: object) => ({
    M: { Type: 'AWS::Serverless::StateMachine', Properties: { Events } },
  });
  const makers: [string, (Events: object) => object][] = [
    ['F', (Events) => ({ F: fn({ Events }) })],
    ['M', machine],
  ];
  const send = 'sqs:SendMessage';

  it.each(makers)('take what rules could not deliver: %s', (id, make) => {
    for (const Type of ['Schedule', 'EventBridgeRule']) {
      const { can, ids } = read(make({ E: { Type, Properties: { DeadLetterConfig: { Type: 'SQS' } } } }));
      expect(ids).toContain(`${id}EQueue`);
      const from = (rule: string) => ({
        context: { 'aws:SourceArn': `arn:aws:events:eu-west-1:111122223333:rule/${rule}` },
      });
      const decide = (rule: string) => can('events.amazonaws.com', send, `${id}EQueue`, from(rule));
      expect([decide(`app-${id}E-XXXXXXXXXXXX`), decide('other')]).toEqual(['allowed', 'implicitDeny']);
    }
    const QueueLogicalId = 'Dead';
    const named = {
      E: { Type: 'Schedule', Properties: { DeadLetterConfig: { Type: 'SQS', QueueLogicalId } } },
    };
    expect(read(make(named)).ids).toContain('Dead');
  });

  it.each(makers)('take what schedules could not deliver: %s', (id, make) => {
    const event = (DeadLetterConfig: unknown) =>
      read(make({ E: { Type: 'ScheduleV2', Properties: { DeadLetterConfig } } }));
    expect(event({ Type: 'SQS' }).can(`${id}ERole`, send, `${id}EQueue`)).toBe('allowed');
    const Arn = 'arn:aws:sqs:eu-west-1:111122223333:dead';
    const given = event({ Arn });
    expect(given.can(`${id}ERole`, send, Arn)).toBe('allowed');
    expect(given.ids).not.toContain(`${id}EQueue`);
    expect(event({ Type: 'SNS' }).said).toEqual([
      `Resources.${id}.Properties.Events.E.Properties.DeadLetterConfig`,
    ]);
  });
});

describe('the role that shifts the traffic of functions', () => {
  const role = 'CodeDeployServiceRole';
  const shifted = (more: object = {}, attributes: object = {}) =>
    fn({ AutoPublishAlias: 'live', DeploymentPreference: { Type: 'AllAtOnce', ...more } }, attributes);

  it('is one for all that are not given one', () => {
    const { can, workloads, ids } = read({ F: shifted(), G: shifted() });
    expect(ids.filter((id) => id === role)).toEqual([role]);
    expect(can('codedeploy.amazonaws.com', 'sts:AssumeRole', role)).toBe('allowed');
    expect(can(role, 'lambda:UpdateAlias', 'F')).toBe('allowed');
    expect(workloads.filter(({ type }) => type === 'AWS::CodeDeploy::DeploymentGroup')).toHaveLength(2);
  });

  it.each([
    ['all functions are given one', { F: shifted({ Role: 'arn:aws:iam::111122223333:role/r' }) }],
    ['nothing is shifted', { F: shifted({ Enabled: false }), G: shifted({ Enabled: 'False' }) }],
    ['a condition says so', { F: shifted({ Enabled: { 'Fn::If': ['On', 'false', 'true'] } }) }],
    [
      'the functions are not there',
      { F: shifted({}, { Condition: 'Off' }), G: shifted({}, { Condition: 'Off' }) },
    ],
  ])('is not made where %s', (_what, resources) => {
    const Conditions = { ...parameters.Conditions, Off: { 'Fn::Not': [{ Condition: 'On' }] } };
    const template = { ...parameters, Conditions, Resources: resources };
    const { data } = load(template, { parameters: { P: 'on' } });
    expect(data.principals.flatMap(({ names }) => names)).not.toContain(role);
  });

  it('is there as soon as one of the functions is', () => {
    const Conditions = { ...parameters.Conditions, Off: { 'Fn::Not': [{ Condition: 'On' }] } };
    const [F, G] = ['On', 'Off'].map((Condition) => shifted({}, { Condition }));
    const { data } = load({ ...parameters, Conditions, Resources: { F, G } }, { parameters: { P: 'on' } });
    expect(data.principals.flatMap(({ names }) => names)).toContain(role);
  });

  it('is not known where a function chooses the whole', () => {
    const DeploymentPreference = { 'Fn::If': ['On', { Type: 'AllAtOnce' }, { Ref: 'AWS::NoValue' }] };
    expect(read({ F: fn({ DeploymentPreference }) }).said).toEqual([
      'Resources.F.Properties.DeploymentPreference',
    ]);
  });
});

it('what hooks report to is the application of all deployments', () => {
  const application = {
    'Fn::Sub': 'arn:aws:codedeploy:*:*:deploymentgroup:${ServerlessDeploymentApplication}/*',
  };
  const Action = 'codedeploy:PutLifecycleEventHookExecutionStatus';
  const Statement = { Effect: 'Allow', Action, Resource: application };
  const { can, said } = read({
    F: fn({
      AutoPublishAlias: 'live',
      DeploymentPreference: { Type: 'AllAtOnce', Role: 'arn:aws:iam::111122223333:role/r' },
    }),
    Hook: fn({ Policies: [{ Version: '2012-10-17', Statement: [Statement] }] }),
  });
  const group = (name: string) => `arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:${name}/F`;
  expect(can('Hook', Action, group('app-ServerlessDeploymentApplication-XXXXXXXXXXXX'))).toBe('allowed');
  expect(can('Hook', Action, group('other'))).toBe('implicitDeny');
  expect(said).toEqual([]);
});

it('the roles of a GraphQL API are said to be missing', () => {
  const api = (Properties: object) => read({ A: { Type: 'AWS::Serverless::GraphQLApi', Properties } }).said;
  expect(api({ DataSources: {}, Logging: false })).toEqual(['Resources.A']);
  expect(api({})).toEqual(['Resources.A']);
  expect(api({ Logging: false })).toEqual([]);
});
