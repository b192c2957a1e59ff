import { reportAwsReferences } from '../aws-references.js';
import type { Diagnostic, Loaded } from '../diagnostic.js';
import { readAttachments } from './attachments.js';
import { Configuration } from './configuration.js';
import { EstateDraft } from './estate-draft.js';
import { readEventPermissions } from './event-permissions.js';
import { readExclusiveLists } from './exclusive-lists.js';
import { dropFormer } from './former.js';
import { readFunctionPolicies } from './function-policies.js';
import { readFunctionUrls } from './function-urls.js';
import { readIdentities, type Work } from './identities.js';
import { own } from './json-value.js';
import { readLambdaPermissions } from './lambda-permissions.js';
import { readOrganization } from './organization.js';
import { readPermissionSets } from './permission-sets.js';
import { type PlaceOptions, Places } from './places.js';
import { PolicyReader } from './policy-uses.js';
import { readPublicAccessBlocks } from './public-access.js';
import { readInput, refuse } from './read-input.js';
import { readPlan, type TerraformFile } from './read-plan.js';
import { readState, readStateFile } from './read-state.js';
import { type Finding, Reading } from './reading.js';
import { ReferenceResolver } from './reference-resolver.js';
import { ResourceIndex } from './resource-index.js';
import { readResourcePolicies, readResources } from './resource-policies.js';
import { reportUnread } from './unread-types.js';
import { readVpcEndpoints } from './vpc-endpoints.js';
import { readWorkloads } from './workloads.js';

/** What the file itself does not say. */
export interface TerraformOptions extends PlaceOptions {
  /** The 12 digits of the account that it is applied to; plans of new resources do not hold them. */
  readonly accountId?: string | undefined;
  /** Where neither provider nor ARNs say it. */
  readonly region?: string | undefined;
  /** `aws` when absent and nothing else says it. */
  readonly partition?: string | undefined;
  /** Name of the file, for origins and diagnostics. */
  readonly file?: string | undefined;
}

/**
 * Reads a plan or state of Terraform (or OpenTofu): what `terraform show -json` prints, or a state file of version 4. A plan is read as
 * the account will be after apply.
 *
 * Values that exist only after apply: ARNs are made from account, region and name; unknown names and ids are holes, named by
 * address and attribute. A policy text that is not known is rebuilt when its expression refers to one
 * `aws_iam_policy_document`; otherwise it is unresolved, and answers depend on it. Plans hold what an expression refers to, not
 * the expression: a function around the reference is not seen.
 *
 * @throws InvalidInputError (`ERR_IAM_INVALID_INPUT`) with path, and line for text, when this is neither plan nor state
 * @example
 * ```ts
 * const state = {
 *   format_version: '1.0',
 *   values: {
 *     root_module: {
 *       resources: [
 *         {
 *           address: 'aws_sqs_queue.jobs', mode: 'managed', type: 'aws_sqs_queue', name: 'jobs',
 *           values: { name: 'jobs', arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs' },
 *         },
 *       ],
 *     },
 *   },
 * };
 * const { data } = loadTerraform(state);
 * console.log(data.resources[0]?.names.join(' ')); // jobs aws_sqs_queue.jobs
 * ```
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function loadTerraform(input: string | object, options: TerraformOptions = {}): Loaded {
  checkOptions(options);
  const { file } = options;
  const name = file ?? 'terraform';
  const diagnostics: Diagnostic[] = [];
  const said = new Set<string>();
  const report = (finding: Finding) => {
    const key = `${finding.code}\n${finding.path}\n${finding.message}`;
    if (said.size === said.add(key).size) return;
    diagnostics.push({ ...finding, ...(file === undefined ? {} : { file }) });
  };
  const { kind, content } = readInput(input, name);
  const configuration = new Configuration(own(content, 'configuration'));
  const { resources, former } =
    kind === 'plan'
      ? readPlan(content, name, configuration, report)
      : still(kind === 'state' ? readState(content, name) : readStateFile(content, name, report));
  const index = new ResourceIndex(resources);
  const resolver = new ReferenceResolver(configuration, index, own(content, 'variables'));
  const places = new Places(index, configuration, resolver, options, report);
  const reading = new Reading(index, resolver, places, report);
  const draft = new EstateDraft();
  const work: Work = { reading, policies: new PolicyReader(reading, file), draft };
  readIdentities(work);
  readResources(work);
  dropFormer(work, former);
  readAttachments(work);
  readExclusiveLists(work);
  readPermissionSets(work);
  readResourcePolicies(work);
  readPublicAccessBlocks(work);
  readLambdaPermissions(work);
  readFunctionUrls(work);
  readFunctionPolicies(work);
  readEventPermissions(work);
  readVpcEndpoints(work);
  readWorkloads(work);
  const organization = readOrganization(work);
  reportUnread(work);
  const data = draft.finish();
  reportAwsReferences(data, (code, path, message, hint) => report({ code, path, message, hint }));
  return { data: organization === undefined ? data : { ...data, organization }, diagnostics };
}

const still = (resources: TerraformFile['resources']): TerraformFile => ({ resources, former: [] });

function checkOptions({ accountId, region, partition }: TerraformOptions): void {
  const hint = {
    accountId: 'give its 12 digits',
    region: 'for example eu-west-1',
    partition: 'for example aws',
  };
  const wrong = (name: keyof typeof hint) =>
    refuse({ path: `options.${name}`, message: `this is no ${name}`, hint: hint[name] });
  if (accountId !== undefined && !/^\d{12}$/.test(accountId)) wrong('accountId');
  if (region !== undefined && !/^[a-z]{2,}(?:-[a-z0-9]+)+$/.test(region)) wrong('region');
  if (partition !== undefined && !/^aws[a-z-]*$/.test(partition)) wrong('partition');
}
