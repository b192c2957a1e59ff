import { describe, expect, it } from 'vitest';
import { loadCdk, loadCloudFormation, loadTerraform } from '../../src/load/index.js';
import { plan } from './terraform/plan-builder.js';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const trust = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
};
const role = (more: object) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust, ...more },
});
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const template = (Resources: object) => loadCloudFormation({ Resources }, place).diagnostics;
const missing = (
  arn: string,
  path: string,
  hint = 'answers that hang on it depend on it',
  what = 'policy',
) => ({
  code: 'unresolvedReference',
  path,
  message: `the ${what} ${arn} is not in the file, and not known among those of AWS`,
  hint,
});
const nowhere = aws('NoSuchPolicyOfAwsAtAll');

describe('policies of AWS that AWS does not have', () => {
  it('are said once, with what may be meant', () => {
    const found = template({
      A: role({
        ManagedPolicyArns: [
          nowhere,
          aws('AWSLambdaBasicExecutionRole'),
          aws('ReadOnlyAcess'),
          aws('ReadOnlyAccess'),
        ],
      }),
      B: role({ ManagedPolicyArns: [nowhere], PermissionsBoundary: aws('PowerUser') }),
      C: role({ PermissionsBoundary: nowhere }),
    });
    const at = (i: number) => `Resources.A.Properties.ManagedPolicyArns[${i}]`;
    const right = aws('service-role/AWSLambdaBasicExecutionRole');
    expect(found).toEqual([
      missing(nowhere, at(0)),
      missing(aws('AWSLambdaBasicExecutionRole'), at(1), `did you mean ${right}`),
      missing(aws('ReadOnlyAcess'), at(2), `did you mean ${aws('ReadOnlyAccess')}`),
      expect.objectContaining({
        message: expect.stringContaining('the permissions boundary'),
        path: 'Resources.B.Properties.PermissionsBoundary',
      }),
    ]);
  });

  it('may have a successor whose name differs by a letter', () => {
    const retired = aws('service-role/AWSConfigRole');
    expect(template({ A: role({ ManagedPolicyArns: [retired] }) })).toEqual([
      missing(
        retired,
        'Resources.A.Properties.ManagedPolicyArns[0]',
        `did you mean ${aws('service-role/AWS_ConfigRole')}`,
      ),
    ]);
  });

  it('are said in other partitions, and of groups', () => {
    const china = 'arn:aws-cn:iam::aws:policy/NoSuchPolicyOfAwsAtAll';
    expect(template({ G: { Type: 'AWS::IAM::Group', Properties: { ManagedPolicyArns: [china] } } })).toEqual([
      missing(china, 'Resources.G.Properties.ManagedPolicyArns[0]'),
    ]);
  });

  it('are not those of an account, which another file may declare, nor holes', () => {
    const own = `arn:aws:iam::${place.accountId}:policy/deploy`;
    const { diagnostics } = loadCloudFormation(
      {
        Parameters: { P: { Type: 'String' } },
        Resources: { A: role({ ManagedPolicyArns: [own, { Ref: 'P' }], PermissionsBoundary: own }) },
      },
      place,
    );
    expect(diagnostics.map(({ path }) => path)).toEqual(['Parameters.P']);
  });

  it('are said of assemblies', () => {
    const { diagnostics } = loadCdk({
      'manifest.json': {
        artifacts: {
          App: {
            type: 'aws:cloudformation:stack',
            environment: `aws://${place.accountId}/${place.region}`,
            properties: { templateFile: 'a.json' },
          },
        },
      },
      'a.json': { Resources: { A: role({ ManagedPolicyArns: [nowhere] }) } },
    });
    expect(diagnostics).toEqual([missing(nowhere, 'App.Resources.A.Properties.ManagedPolicyArns[0]')]);
  });

  it('are said of plans', () => {
    const attached = (name: string, policy_arn: string, to: string) => ({
      type: 'aws_iam_role_policy_attachment',
      name,
      values: { role: to, policy_arn },
    });
    const input = plan({
      blocks: [
        {
          type: 'aws_iam_role',
          name: 'app',
          values: {
            name: 'app',
            path: '/',
            arn: `arn:aws:iam::${place.accountId}:role/app`,
            assume_role_policy: JSON.stringify(trust),
          },
        },
        attached('a', nowhere, 'app'),
        attached('b', aws('ReadOnlyAccess'), 'app'),
        attached('c', aws('AnotherPolicyThatIsNowhere'), 'of-another-file'),
        attached('d', `arn:aws:iam::${place.accountId}:policy/deploy`, 'app'),
      ],
    });
    const { diagnostics } = loadTerraform(input, place);
    expect(diagnostics.filter(({ message }) => message.includes('among those of AWS'))).toEqual([
      missing(nowhere, 'aws_iam_role_policy_attachment.a'),
      missing(aws('AnotherPolicyThatIsNowhere'), 'aws_iam_role_policy_attachment.c'),
    ]);
  });
});
