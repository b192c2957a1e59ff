import { here, type Statement } from './policy-statement.js';

const identity = 'identity/{IdentityName}';
const cluster = here('elasticmapreduce', 'cluster/{ClusterId}');
const collection = here('rekognition', 'collection/{CollectionId}');
const key = here('kms', 'key/{KeyId}');

const management: Readonly<Record<string, readonly Statement[]>> = {
  AcmGetCertificatePolicy: [['acm', 'GetCertificate', '{CertificateArn}']],
  AMIDescribePolicy: [['ec2', 'DescribeImages', '*']],
  AthenaQueryPolicy: [
    [
      'athena',
      'ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces GetTables GetTable',
      '*',
    ],
    [
      'athena',
      'StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery ListQueryExecutions StopQueryExecution ' +
        'GetQueryResultsStream ListNamedQueries CreateNamedQuery GetQueryExecution BatchGetNamedQuery ' +
        'BatchGetQueryExecution GetWorkGroup',
      here('athena', 'workgroup/{WorkGroupName}'),
    ],
  ],
  AWSSecretsManagerGetSecretValuePolicy: [['secretsmanager', 'GetSecretValue', '{SecretArn}']],
  AWSSecretsManagerRotationPolicy: [
    [
      'secretsmanager',
      'DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage',
      here('secretsmanager', 'secret:*'),
      ['secretsmanager:resource/AllowRotationLambdaArn', here('lambda', 'function:{FunctionName}')],
    ],
    ['secretsmanager', 'GetRandomPassword', '*'],
  ],
  CloudFormationDescribeStacksPolicy: [
    ['cloudformation', 'DescribeStacks', here('cloudformation', 'stack/*')],
  ],
  CloudWatchDashboardPolicy: [['cloudwatch', 'GetDashboard ListDashboards PutDashboard ListMetrics', '*']],
  CloudWatchDescribeAlarmHistoryPolicy: [['cloudwatch', 'DescribeAlarmHistory', '*']],
  CloudWatchPutMetricPolicy: [['cloudwatch', 'PutMetricData', '*']],
  CostExplorerReadOnlyPolicy: [
    [
      'ce',
      'GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation ' +
        'GetReservationUtilization GetTags',
      '*',
    ],
  ],
  EC2CopyImagePolicy: [['ec2', 'CopyImage', here('ec2', 'image/{ImageId}')]],
  EC2DescribePolicy: [['ec2', 'DescribeRegions DescribeInstances', '*']],
  EcsRunTaskPolicy: [['ecs', 'RunTask', here('ecs', 'task-definition/{TaskDefinition}')]],
  EKSDescribePolicy: [['eks', 'DescribeCluster ListClusters', '*']],
  FilterLogEventsPolicy: [['logs', 'FilterLogEvents', here('logs', 'log-group:{LogGroupName}:log-stream:*')]],
  KMSDecryptPolicy: [['kms', 'Decrypt', key]],
  KMSEncryptPolicy: [['kms', 'Encrypt', key]],
  KMSEncryptPolicy_v2: [
    [
      'kms',
      'Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext',
      key,
    ],
  ],
  OrganizationsListAccountsPolicy: [['organizations', 'ListAccounts', '*']],
  Route53ChangeResourceRecordSetsPolicy: [
    ['route53', 'ChangeResourceRecordSets', 'route53:::hostedzone/{HostedZoneId}'],
  ],
  SSMParameterReadPolicy: [
    ['ssm', 'DescribeParameters', '*'],
    ['ssm', 'GetParameters GetParameter GetParametersByPath', here('ssm', 'parameter/{ParameterName}')],
  ],
  SSMParameterWithSlashPrefixReadPolicy: [
    ['ssm', 'DescribeParameters', '*'],
    ['ssm', 'GetParameters GetParameter GetParametersByPath', here('ssm', 'parameter{ParameterName}')],
  ],
  VPCAccessPolicy: [
    [
      'ec2',
      'CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface',
      '*',
    ],
  ],
};

const mail: Readonly<Record<string, readonly Statement[]>> = {
  MobileAnalyticsWriteOnlyAccessPolicy: [['mobileanalytics', 'PutEvents', '*']],
  PinpointEndpointAccessPolicy: [
    [
      'mobiletargeting',
      'GetEndpoint UpdateEndpoint UpdateEndpointsBatch',
      here('mobiletargeting', 'apps/{PinpointApplicationId}/endpoints/*'),
    ],
  ],
  SESBulkTemplatedCrudPolicy: [
    [
      'ses',
      'GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail ' +
        'VerifyEmailIdentity',
      here('ses', identity),
    ],
  ],
  SESBulkTemplatedCrudPolicy_v2: [
    [
      'ses',
      'SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail',
      [here('ses', identity), here('ses', 'template/{TemplateName}')],
    ],
    ['ses', 'GetIdentityVerificationAttributes VerifyEmailIdentity', '*'],
  ],
  SESCrudPolicy: [
    [
      'ses',
      'GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity',
      here('ses', identity),
    ],
  ],
  SESEmailTemplateCrudPolicy: [
    ['ses', 'CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate', '*'],
  ],
  SESSendBouncePolicy: [['ses', 'SendBounce', here('ses', identity)]],
};

const analysis: Readonly<Record<string, readonly Statement[]>> = {
  ComprehendBasicAccessPolicy: [
    [
      'comprehend',
      'BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities DetectKeyPhrases ' +
        'DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment',
      '*',
    ],
  ],
  ElasticMapReduceAddJobFlowStepsPolicy: [['elasticmapreduce', 'AddJobFlowSteps', cluster]],
  ElasticMapReduceCancelStepsPolicy: [['elasticmapreduce', 'CancelSteps', cluster]],
  ElasticMapReduceModifyInstanceFleetPolicy: [
    ['elasticmapreduce', 'ModifyInstanceFleet ListInstanceFleets', cluster],
  ],
  ElasticMapReduceModifyInstanceGroupsPolicy: [
    ['elasticmapreduce', 'ModifyInstanceGroups ListInstanceGroups', cluster],
  ],
  ElasticMapReduceSetTerminationProtectionPolicy: [['elasticmapreduce', 'SetTerminationProtection', cluster]],
  ElasticMapReduceTerminateJobFlowsPolicy: [['elasticmapreduce', 'TerminateJobFlows', cluster]],
  ElasticsearchHttpPostPolicy: [['es', 'ESHttpPost ESHttpPut', here('es', 'domain/{DomainName}/*')]],
  PollyFullAccessPolicy: [
    ['polly', 'GetLexicon DeleteLexicon', here('polly', 'lexicon/{LexiconName}')],
    ['polly', 'DescribeVoices ListLexicons PutLexicon SynthesizeSpeech', here('polly', 'lexicon/*')],
  ],
  RekognitionDetectOnlyPolicy: [
    ['rekognition', 'DetectFaces DetectLabels DetectModerationLabels DetectText', '*'],
  ],
  RekognitionFacesManagementPolicy: [
    ['rekognition', 'IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces', collection],
  ],
  RekognitionFacesPolicy: [['rekognition', 'CompareFaces DetectFaces', '*']],
  RekognitionLabelsPolicy: [['rekognition', 'DetectLabels DetectModerationLabels', '*']],
  RekognitionNoDataAccessPolicy: [
    ['rekognition', 'CompareFaces DetectFaces DetectLabels DetectModerationLabels', collection],
  ],
  RekognitionReadPolicy: [
    ['rekognition', 'ListCollections ListFaces SearchFaces SearchFacesByImage', collection],
  ],
  RekognitionWriteOnlyAccessPolicy: [['rekognition', 'CreateCollection IndexFaces', collection]],
  SageMakerCreateEndpointConfigPolicy: [
    ['sagemaker', 'CreateEndpointConfig', here('sagemaker', 'endpoint-config/{EndpointConfigName}')],
  ],
  SageMakerCreateEndpointPolicy: [
    ['sagemaker', 'CreateEndpoint', here('sagemaker', 'endpoint/{EndpointName}')],
  ],
  TextractDetectAnalyzePolicy: [
    ['textract', 'DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument', '*'],
  ],
  TextractGetResultPolicy: [['textract', 'GetDocumentTextDetection GetDocumentAnalysis', '*']],
  TextractPolicy: [['textract', '*', '*']],
};

/** Everything besides storage, messages and repositories. */
export const otherStatements: Readonly<Record<string, readonly Statement[]>> = {
  ...management,
  ...mail,
  ...analysis,
};
