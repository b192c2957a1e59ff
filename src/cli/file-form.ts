import type { EstateFileFlag } from './estate-flags.js';

/** Members that only one kind of file has at its top, and the words for that kind. */
const forms: readonly {
  readonly flag: string;
  readonly what: string;
  readonly members: readonly string[];
}[] = [
  {
    flag: '--account FILE',
    what: 'the output of get-account-authorization-details',
    members: ['UserDetailList', 'RoleDetailList', 'GroupDetailList'],
  },
  {
    flag: '--terraform FILE',
    what: 'a Terraform plan or state',
    members: ['planned_values', 'resource_changes', 'terraform_version', 'format_version'],
  },
  {
    flag: '--cfn FILE',
    what: 'a CloudFormation template',
    members: ['AWSTemplateFormatVersion', 'Resources', 'Transform'],
  },
  {
    flag: 'iam-verdict can --from FILE',
    what: 'an event of CloudTrail',
    members: ['eventSource', 'Records', 'Events'],
  },
  { flag: '--cdk DIR', what: 'the manifest of a CDK app', members: ['artifacts'] },
  { flag: '--org FILE', what: 'an organization', members: ['nodes', 'Children', 'policyTypes'] },
  { flag: '--resource-policies FILE', what: 'policies of resources', members: ['Resource', 'Policy'] },
  {
    flag: '--resource-policies FILE with the ARN it belongs to',
    what: 'one policy document',
    members: ['Statement'],
  },
];

/** Which flag would read a text that the flag given does not; undefined when nobody can tell. */
export function otherFlag(text: string, given: EstateFileFlag): string | undefined {
  const members = topMembers(text);
  const found = members.some((member) => member.startsWith('arn:'))
    ? forms.find(({ members: [first] }) => first === 'Resource')
    : forms.find((form) => form.members.some((member) => members.includes(member)));
  if (found === undefined || found.flag.startsWith(`${given} `)) return undefined;
  return `it looks like ${found.what}: write ${found.flag}`;
}

/** The names at the top of JSON or YAML text; of a list, those of its first item. */
function topMembers(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    const [first] = Array.isArray(value) ? value : [value];
    return typeof first === 'object' && first !== null ? Object.keys(first) : [];
  } catch {
    return [...text.matchAll(/^(?:"| {2}")?([A-Za-z_]+)"?[ \t]*:/gm)].map(([, name]) => name!);
  }
}
