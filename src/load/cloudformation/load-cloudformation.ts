import type { EstateData } from '../../account/estate-data.js';
import { reportAwsReferences } from '../aws-references.js';
import type { Loaded } from '../diagnostic.js';
import { checkOptions } from './check-options.js';
import { EstateDraft } from './estate-draft.js';
import { nestedStacks } from './nested.js';
import type { CloudFormationOptions, Given } from './options.js';
import { prepareTemplate } from './prepare.js';
import { readStack } from './read-stack.js';
import { refuseOption, Session } from './session.js';
import { type Place, settingsOf } from './settings.js';
import { Stack } from './stack.js';
import type { Value } from './symbolic.js';

/**
 * Reads a CloudFormation or serverless (SAM) template: JSON or YAML text, or data that was read already.
 *
 * Roles, buckets and other resources without a name are called `<stack>-<logical id>-XXXXXXXXXXXX`, where AWS makes the end at
 * random; their ARNs are made of that name, and they also go by what stands before its end. Any other value that exists only after deployment is a hole, named `<logical id>.<attribute>`.
 *
 * @example
 * ```ts
 * const template = `
 * Resources:
 *   App:
 *     Type: AWS::IAM::Role
 *     Properties:
 *       AssumeRolePolicyDocument:
 *         Version: 2012-10-17
 *         Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
 * `;
 * const { data } = loadCloudFormation(template, { accountId: '111122223333', region: 'eu-west-1', stackName: 'prod' });
 * console.log(data.principals[0]?.arn); // arn:aws:iam::111122223333:role/prod-App-XXXXXXXXXXXX
 * ```
 * @throws InvalidInputError for text that is no JSON or YAML (with line and column), for data that is no template, and for options
 *   that are none
 */
export function loadCloudFormation(template: unknown, options: CloudFormationOptions = {}): Loaded {
  const session = new Session(options.file);
  const stack = openStack(template, options, session);
  const draft = new EstateDraft();
  readStack(stack, draft, pathsOf(options.names));
  checkOptions(stack, options);
  const data: EstateData = draft.finish((finding) => session.report(finding));
  reportAwsReferences(data, session.reporter);
  return { data, diagnostics: session.diagnostics(data) };
}

/** What an app adds to the options of one of its stacks. */
export interface InApp {
  /** Begins paths in diagnostics. */
  readonly path: string;
  /** What the stacks of the same account and region export; filled while they are read. */
  readonly exports: ReadonlyMap<string, Value>;
  /** All of its stacks; filled while they are opened. */
  readonly siblings: readonly Stack[];
}

/** A stack from its template and options. */
export function openStack(
  template: unknown,
  options: CloudFormationOptions,
  session: Session,
  app?: InApp,
): Stack {
  const place: Place = {
    accountId: options.accountId,
    region: options.region,
    partition: options.partition,
  };
  const settings = settingsOf({ ...place, stackName: options.stackName }, session);
  const named = options.stackName !== undefined || options.file !== undefined;
  const path = app?.path ?? '';
  const given = valuesOf(options.imports, 'options.imports');
  return new Stack({
    template: prepareTemplate(template, path, session),
    settings,
    session,
    parameters: valuesOf(options.parameters, 'options.parameters'),
    imports: { get: (name) => given.get(name) ?? app?.exports.get(name) },
    prefix: named ? `${settings.stackName}/` : '',
    path,
    siblings: app?.siblings ?? [],
    nested: nestedStacks(options.nested ?? {}, place),
  });
}

export const pathsOf =
  (names: CloudFormationOptions['names'] = {}) =>
  (id: string): readonly string[] =>
    Object.hasOwn(names, id) ? [names[id]!].flat() : [];

function valuesOf(given: Readonly<Record<string, Given>> | undefined, path: string): Map<string, Value> {
  const out = new Map<string, Value>();
  for (const [name, value] of Object.entries(given ?? {})) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!items.every((item) => /^(?:string|number|boolean)$/.test(typeof item)))
      refuseOption(`${path}.${name}`, 'this is no text, and no list of texts', 'write text');
    out.set(name, Array.isArray(value) ? value.map(String) : String(value));
  }
  return out;
}
