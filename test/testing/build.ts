import { loadCloudFormation } from '../../src/load/index.js';
import type { Estate } from '../../src/query/index.js';

export const accountId = '111122223333';

/** A function that reads reports with two conditions, one that does not, an administrator under a boundary, and a public bucket. */
export const template = `
Resources:
  Reports: { Type: AWS::S3::Bucket }
  Public:
    Type: AWS::S3::Bucket
    Properties: { PublicAccessBlockConfiguration: { RestrictPublicBuckets: false } }
  PublicPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Public
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Sid: Everyone, Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: !Sub '\${Public.Arn}/site/*' }
          - { Sid: Foreign, Effect: Allow, Principal: { AWS: '444455556666' }, Action: s3:PutObject, Resource: !Sub '\${Public.Arn}/*' }
          - Sid: Distribution
            Effect: Allow
            Principal: { Service: cloudfront.amazonaws.com }
            Action: s3:GetObjectTagging
            Resource: !Sub '\${Public.Arn}/*'
            Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::${accountId}:distribution/E1' } }
  App:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: &trust
        Version: 2012-10-17
        Statement: { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - Sid: Read
                Effect: Allow
                Action: [s3:GetObject, s3:GetObjectVersion]
                Resource: !Sub '\${Reports.Arn}/*'
                Condition: { IpAddress: { 'aws:SourceIp': [192.0.2.0/24, 198.51.100.0/24] } }
              - Sid: Keep
                Effect: Deny
                Action: s3:*
                Resource: !Sub '\${Reports.Arn}/secret/*'
                Condition: { StringNotEquals: { 'aws:PrincipalTag/team': audit } }
  Other:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: *trust
  Administrator:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: *trust
      PermissionsBoundary: !Ref Edge
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]
  Edge:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement: { Sid: Edge, Effect: Allow, Action: [sqs:*, s3:Put*], Resource: '*' }
`;

export const estateOf = (text = template): Estate =>
  loadCloudFormation(text, { accountId, region: 'eu-west-1', file: 'stack.yaml' }).estate;

export const office = { sourceIp: '192.0.2.7' };
