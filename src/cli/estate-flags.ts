import { type Command, InvalidArgumentError } from 'commander';
import { Fault } from './fault.js';
import { once, type Pair, tag } from './flag-value.js';

/** The flags that name files of an estate. */
const estateFileFlags = [
  '--account',
  '--org',
  '--cfn',
  '--cdk',
  '--terraform',
  '--resource-policies',
] as const;
export type EstateFileFlag = (typeof estateFileFlags)[number];

/** A file, or a folder, and the flag before it. */
export interface EstateFile {
  readonly flag: EstateFileFlag;
  readonly name: string;
}

/** How the files of an estate are read. */
export interface EstateFlags {
  readonly accountId?: string;
  readonly managementAccount?: string;
  readonly region?: string;
  readonly parameter?: readonly Pair[];
  readonly import?: readonly Pair[];
  readonly nested?: readonly Pair[];
  readonly strict?: boolean;
}

/** What surprises when an argument follows the flag. */
export const accountGreed =
  '--account takes all names up to the next flag: put it behind the arguments, or write --account=FILE';

/** How the help of every command speaks of these flags. */
export const estateHelp = `
The files of an estate are laid over one another in the order given: of things with the same ARN the later file's fields
win, policies and names are united; what holds one policy, such as a bucket, has that of the later file. A file name may
be - once: standard input. Callers and resources go by ARN or by any of their names: plain name, logical id, construct
path, Terraform address; a path may follow (Bucket/reports/x.csv).
${accountGreed}.`;

/** What is meant when only one of the files of an estate is missing. */
export const estateNeeded =
  'no estate is given; write for example --account FILE, --cfn FILE, --cdk DIR or --terraform FILE';

/** The files that each of the other flags says something of. */
const partners = [
  ['accountId', '--account-id', ['--account', '--cfn', '--cdk', '--terraform', '--resource-policies']],
  ['region', '--region', ['--cfn', '--cdk', '--terraform']],
  ['parameter', '--parameter', ['--cfn', '--cdk']],
  ['import', '--import', ['--cfn', '--cdk']],
  // An assembly brings its nested templates itself.
  ['nested', '--nested', ['--cfn']],
  ['managementAccount', '--management-account', ['--org']],
] as const satisfies readonly (readonly [keyof EstateFlags, string, readonly EstateFileFlag[]])[];

/** Refuses a flag that says something of files of which none is given: it would not count. */
export function refuseLone(files: readonly EstateFile[], flags: EstateFlags): void {
  for (const [member, flag, takers] of partners) {
    const taken: readonly EstateFileFlag[] = takers;
    if (flags[member] === undefined || files.some((file) => taken.includes(file.flag))) continue;
    const which = taken.length === 1 ? taken[0] : `${taken.slice(0, -1).join(', ')} or ${taken.at(-1)}`;
    throw new Fault(`${flag} says something of ${which}, which is not given; leave it out`);
  }
}

/** Adds the flags of an estate to a command; its files gather, in the order given, in the list that is returned. */
export function addEstateFlags(command: Command): readonly EstateFile[] {
  const files: EstateFile[] = [];
  const file = (flag: EstateFileFlag) => (name: string) => {
    if (name === '') throw new InvalidArgumentError('The name is empty; write that of a file.');
    files.push({ flag, name });
    return files;
  };
  command
    .optionsGroup('Estate:')
    .option(
      '--account <file...>',
      'aws iam get-account-authorization-details: one file or its pages; repeatable',
      file('--account'),
    )
    .option(
      '--org <file>',
      'the organization above accounts: a file, or a folder with accounts.json; repeatable',
      file('--org'),
    )
    .option('--cfn <file>', 'CloudFormation or SAM template, JSON or YAML; repeatable', file('--cfn'))
    .option('--cdk <dir>', 'what cdk synth writes (cdk.out); repeatable', file('--cdk'))
    .option('--terraform <file>', 'terraform show -json of a plan or state; repeatable', file('--terraform'))
    .option('--resource-policies <file>', 'policies of resources; repeatable', file('--resource-policies'))
    .option('--account-id <id>', 'the account of templates, plans and policies that do not say', accountId)
    .option('--management-account <id>', 'of the organization, where its file does not say', accountId)
    .option('--region <region>', 'the region of templates and plans that do not say', once)
    .option('--parameter <key=value>', 'parameter of templates; repeatable', tagged)
    .option(
      '--import <name=value>',
      'value of Fn::ImportValue, or of Fn::GetStackOutput as stack.Output; repeatable',
      tagged,
    )
    .option(
      '--nested <id=file>',
      'template of a nested stack, by logical id or TemplateURL; repeatable',
      tagged,
    )
    .option('--strict', 'anything in the files that cannot be taken over as it stands is an error');
  return files;
}

/** 12 digits. */
function accountId(text: string, before: string | undefined): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('Write the 12 digits of the account.');
  return once(text, before);
}

/** Pairs whose keys differ in letter case are different parameters; the same one twice is a mistake. */
function tagged(text: string, before: readonly Pair[] = []): Pair[] {
  const [one] = tag(text);
  if (before.some(([key]) => key === one![0]))
    throw new InvalidArgumentError('The name stands twice; keep one of them.');
  return [...before, one!];
}
