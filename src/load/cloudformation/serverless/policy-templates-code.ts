import { here, type Statement } from './policy-statement.js';

const read =
  'GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts GetMergeCommit GetMergeOptions ' +
  'BatchGetPullRequests DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts ' +
  'GetPullRequest ListPullRequests GetBlob GetFile GetFolder GetComment GetCommentsForComparedCommit BatchGetCommits ' +
  'GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository ' +
  'ListTagsForResource GetRepositoryTriggers TestRepositoryTriggers GetUploadArchiveStatus';
const write =
  'GitPush CreateBranch DeleteBranch MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay ' +
  'UpdateDefaultBranch CreateUnreferencedMergeCommit CreatePullRequest MergePullRequestByFastForward ' +
  'MergePullRequestBySquash MergePullRequestByThreeWay PostCommentForPullRequest UpdatePullRequestDescription ' +
  'UpdatePullRequestStatus UpdatePullRequestTitle DeleteFile PutFile DeleteCommentContent ' +
  'PostCommentForComparedCommit PostCommentReply UpdateComment CreateCommit UpdateRepositoryDescription TagResource ' +
  'UntagResource PutRepositoryTriggers UploadArchive CancelUploadArchive';

const repository = here('codecommit', '{RepositoryName}');

/** Repositories and pipelines. */
export const codeCommitStatements: Readonly<Record<string, readonly Statement[]>> = {
  CodeCommitCrudPolicy: [['codecommit', `${read} ${write}`, repository]],
  CodeCommitReadPolicy: [['codecommit', read, repository]],
  CodePipelineLambdaExecutionPolicy: [['codepipeline', 'PutJobSuccessResult PutJobFailureResult', '*']],
  CodePipelineReadOnlyPolicy: [
    ['codepipeline', 'ListPipelineExecutions', here('codepipeline', '{PipelineName}')],
  ],
  ServerlessRepoReadWriteAccessPolicy: [
    [
      'serverlessrepo',
      'CreateApplication CreateApplicationVersion UpdateApplication GetApplication ListApplications ' +
        'ListApplicationVersions ListApplicationDependencies',
      here('serverlessrepo', 'applications/*'),
    ],
  ],
};
