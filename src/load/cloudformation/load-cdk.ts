import { isPlainObject } from '../../value/plain.js';
import { reportAwsReferences } from '../aws-references.js';
import type { Loaded } from '../diagnostic.js';
import { type AssemblyStack, outermostFolder, readAssembly } from './cdk-assembly.js';
import { EstateDraft } from './estate-draft.js';
import { reportUnusedParameters } from './given-parameters.js';
import { openStack, pathsOf } from './load-cloudformation.js';
import type { CloudFormationOptions, Given } from './options.js';
import { readStack } from './read-stack.js';
import { refuseOption, Session } from './session.js';
import type { Stack } from './stack.js';
import { asPlain, noValue, type Value } from './symbolic.js';
import { outputKey } from './value-functions.js';

/** With what the stacks of an app are deployed, where the assembly does not say it. */
export interface CdkOptions
  extends Pick<CloudFormationOptions, 'accountId' | 'region' | 'partition' | 'parameters' | 'imports'> {
  /** Parameters of one stack, by its name. */
  readonly stackParameters?: Readonly<Record<string, Readonly<Record<string, Given>>>> | undefined;
  /** What the folder is called in diagnostics. */
  readonly file?: string | undefined;
}

/**
 * Reads what `cdk synth` writes (`cdk.out`), as the contents of its files by their path in the folder. Stages, nested stacks and
 * exports between stacks are followed; construct paths (`/App/Fn`) become names.
 *
 * A stack without an environment is in the account and region of the options.
 *
 * @example
 * ```ts
 * const files = {
 *   'manifest.json': {
 *     version: '36.0.0',
 *     artifacts: {
 *       App: {
 *         type: 'aws:cloudformation:stack',
 *         environment: 'aws://111122223333/eu-west-1',
 *         properties: { templateFile: 'App.template.json' },
 *         metadata: { '/App/Data/Resource': [{ type: 'aws:cdk:logicalId', data: 'Data1B4B6C5A' }] },
 *       },
 *     },
 *   },
 *   'App.template.json': { Resources: { Data1B4B6C5A: { Type: 'AWS::S3::Bucket' } } },
 * };
 * console.log(loadCdk(files).data.resources[0]?.names.includes('App/Data')); // true
 * ```
 * @throws InvalidInputError when there is no manifest, or a file in it cannot be read
 */
export function loadCdk(files: Readonly<Record<string, unknown>>, options: CdkOptions = {}): Loaded {
  if (!isPlainObject(files))
    refuseOption('files', 'the assembly is no object of file contents', 'pass { "manifest.json": … }');
  const session = new Session(options.file);
  const draft = new EstateDraft();
  const exported = new Map<string, Map<string, Value>>();
  const siblings: Stack[] = [];
  const open = readAssembly(files, session, outermostFolder(files)).map((found): [AssemblyStack, Stack] => {
    const place = `${found.accountId ?? options.accountId} ${found.region ?? options.region}`;
    if (!exported.has(place)) exported.set(place, new Map());
    const stack = openStack(
      found.template,
      {
        ...options,
        ...(found.accountId === undefined ? {} : { accountId: found.accountId }),
        ...(found.region === undefined ? {} : { region: found.region }),
        stackName: found.stackName,
        parameters: {
          ...found.parameters,
          ...options.parameters,
          ...own(options.stackParameters, found.stackName),
        },
        nested: found.nested,
        names: found.names,
      },
      session,
      { path: found.id, exports: exported.get(place)!, siblings },
    );
    siblings.push(stack);
    return [found, stack];
  });
  // Stacks come after those that they depend on.
  for (const [found, stack] of open) {
    const account = `${found.accountId ?? options.accountId} `;
    const here = exported.get(`${account}${found.region ?? options.region}`)!;
    for (const { exportName, outputName, value } of outputsOf(stack)) {
      if (exportName !== undefined) here.set(exportName, value);
      // Outputs are read from other regions too.
      for (const [place, known] of exported) if (place.startsWith(account)) known.set(outputName, value);
    }
  }
  for (const [found, stack] of open) readStack(stack, draft, pathsOf(found.names));
  const stacks = open.map(([, stack]) => stack);
  const { parameters = {}, stackParameters = {} } = options;
  reportUnusedParameters(Object.keys(parameters), stacks, 'options.parameters', session);
  for (const [name, given] of Object.entries(stackParameters)) {
    const named = stacks.filter(({ settings }) => settings.stackName === name);
    reportUnusedParameters(Object.keys(given), named, `options.stackParameters.${name}`, session);
  }
  const data = draft.finish((finding) => session.report(finding));
  reportAwsReferences(data, session.reporter);
  return { data, diagnostics: session.diagnostics(data) };
}

const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

interface Output {
  /** What `Fn::ImportValue` calls it. */
  readonly exportName: string | undefined;
  /** What `Fn::GetStackOutput` looks it up by. */
  readonly outputName: string;
  readonly value: Value;
}

function outputsOf(stack: Stack): Output[] {
  const { region, stackName } = stack.settings;
  return Object.entries(stack.outputs()).flatMap(([id, output]): Output[] => {
    const { Export, Value: raw } = (output ?? {}) as { Export?: { Name?: unknown }; Value?: unknown };
    const path = stack.path(`Outputs.${id}`);
    const exportName = asPlain(stack.evaluate(Export?.Name, `${path}.Export.Name`));
    const value = stack.evaluate(raw, `${path}.Value`);
    return value === noValue
      ? []
      : [{ exportName, outputName: outputKey(region, `${stackName}.${id}`), value }];
  });
}
