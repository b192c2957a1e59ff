import type { Issue } from '../index.js';
import type { Diagnostic, LoadedEstate } from '../load/index.js';
import type { Estate } from '../query/index.js';
import { readAssemblyFolder } from './assembly-folder.js';
import { accountGreed, type EstateFile, type EstateFlags } from './estate-flags.js';
import { Fault } from './fault.js';
import { otherFlag } from './file-form.js';
import type { Pair } from './flag-value.js';
import { flagWords, plainWords } from './flag-words.js';
import type { Io } from './io.js';
import { organizationFolder } from './organization-folder.js';
import { Progress } from './progress.js';
import { type Source, type Sources, stdinName } from './source.js';
import { diagnosticsOf, type Loaded } from './unused-values.js';

/** What stands in a file: a statement, or what a diagnostic is about. */
export interface FilePlace {
  readonly file?: string | undefined;
  readonly path?: string | undefined;
}

/** The estate of all files, and what their loaders could not take over as it stands. */
export interface EstateOfFiles {
  readonly estate: Estate;
  readonly diagnostics: readonly Diagnostic[];
  /** Pages of one account are read together: in which of them a path leads. */
  readonly placeIn: (place: FilePlace) => FilePlace;
  /** Accounts of which a file lists all users and roles. */
  readonly wholeAccounts: ReadonlySet<string>;
}

type Loaders = typeof import('../load/index.js');

/** Reads all files in the order given and lays them over one another. The loaders come into memory only here. */
export async function readEstate(
  files: readonly EstateFile[],
  flags: EstateFlags,
  io: Io,
  sources: Sources,
): Promise<EstateOfFiles> {
  const [loaders, { Estate }] = await Promise.all([import('../load/index.js'), import('../query/index.js')]);
  const pages = new Map<string, readonly string[]>();
  const progress = new Progress(io, files.length + 1, 'reading');
  const loaded: Loaded[] = [];
  try {
    for (let i = 0; i < files.length; ) {
      progress.update(i);
      const same = pagesFrom(files, i);
      const { estate, diagnostics } = load(same, { ...flags, loaders, sources, io, pages });
      loaded.push({ flag: same[0]!.flag, estate, diagnostics });
      i += same.length;
    }
    progress.update(files.length);
  } finally {
    progress.stop();
  }
  const [first = new Estate(), ...others] = loaded.map(({ estate }) => estate);
  const placeIn = (place: FilePlace): FilePlace => pagePlace(place, pages);
  return {
    estate: others.length === 0 ? first : first.merge(...others),
    diagnostics: diagnosticsOf(loaded).map(
      (one) => ({ ...one, ...placeIn(one), hint: flagWords(one.hint) }) as Diagnostic,
    ),
    placeIn,
    wholeAccounts: new Set(
      loaded.flatMap(({ flag, estate }) =>
        flag === '--account' ? estate.principals.map(({ account }) => account) : [],
      ),
    ),
  };
}

/** Files of `--account` that stand side by side are pages of one output. */
function pagesFrom(files: readonly EstateFile[], start: number): readonly EstateFile[] {
  let end = start + 1;
  if (files[start]!.flag === '--account') while (files[end]?.flag === '--account') end++;
  return files.slice(start, end);
}

interface Loading extends EstateFlags {
  readonly loaders: Loaders;
  readonly sources: Sources;
  readonly io: Io;
  readonly pages: Map<string, readonly string[]>;
}

function load(files: readonly EstateFile[], loading: Loading): LoadedEstate {
  const { loaders, sources, io, pages } = loading;
  const [{ flag, name }] = files as readonly [EstateFile, ...EstateFile[]];
  if (flag === '--cdk') {
    const folder = readAssemblyFolder(name, io.cwd);
    return understood(loading, files[0]!, [], () =>
      loaders.loadCdk(folder, { file: name, ...place(loading), ...values(loading) }),
    );
  }
  const organization = flag === '--org' ? organizationFolder(name, io.cwd) : undefined;
  if (organization !== undefined)
    return understood(loading, files[0]!, [], () =>
      loaders.loadOrganization(organization, { file: name, ...management(loading) }),
    );
  const texts = files.map((file, i) => read(file, i, sources));
  const [{ name: file, text }] = texts as [Source, ...Source[]];
  const options = { file, ...place(loading) };
  return understood(loading, files[0]!, texts, () => {
    switch (flag) {
      case '--account': {
        if (texts.length === 1) return loaders.loadAuthorizationDetails(text, options);
        const names = texts.map((one) => one.name);
        const together = names.join(' ');
        pages.set(together, names);
        return loaders.loadAuthorizationDetails(
          texts.map((one) => one.text),
          { ...options, file: together },
        );
      }
      case '--org':
        return loaders.loadOrganization(text, { file, ...management(loading) });
      case '--terraform':
        return loaders.loadTerraform(text, options);
      case '--resource-policies':
        return loaders.loadResourcePolicies(text, options);
      default:
        return loaders.loadCloudFormation(text, {
          ...options,
          ...values(loading),
          ...(file === stdinName ? { stackName: 'stdin' } : {}),
          nested: nested(loading.nested, sources),
        });
    }
  });
}

/** What stands behind the first file of `--account` may have been meant as an argument. */
function read({ flag, name }: EstateFile, index: number, sources: Sources): Source {
  return sources.readFor(flag, name, index === 0 ? '' : `; ${accountGreed}`);
}

const place = ({ accountId, region }: EstateFlags) => ({
  ...(accountId === undefined ? {} : { accountId }),
  ...(region === undefined ? {} : { region }),
});

const management = ({ managementAccount }: EstateFlags) =>
  managementAccount === undefined ? {} : { managementAccount };

const values = ({ parameter, import: imports }: EstateFlags) => ({
  ...(parameter === undefined ? {} : { parameters: Object.fromEntries(parameter) }),
  ...(imports === undefined ? {} : { imports: Object.fromEntries(imports) }),
});

const nested = (pairs: readonly Pair[] = [], sources: Sources): Readonly<Record<string, string>> =>
  Object.fromEntries(pairs.map(([id, name]) => [id, sources.readFor('--nested', name).text]));

/** A file that its loader refuses, as `file:path code message; hint`, and which flag would read it. */
function understood(
  { loaders: { InvalidInputError }, nested }: Loading,
  { flag, name }: EstateFile,
  sources: readonly Source[],
  read: () => LoadedEstate,
): LoadedEstate {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const issue = error.issues[0]!;
    const page = /^input\[(\d+)\]/.exec(issue.path);
    const source = sources.length > 1 && page !== null ? sources[Number(page[1])] : sources[0];
    const where = source === undefined ? placeInFolder(issue, name) : placeInFile(issue, source, nested);
    const other = source === undefined ? undefined : otherFlag(source.text, flag);
    const { code, message, hint } = issue;
    throw new Fault(`${flag}: ${where} ${code} ${plainWords(message)}; ${other ?? flagWords(hint)}`);
  }
}

type Place = Pick<Issue, 'path' | 'line' | 'column'>;

const lineWords = ({ line, column }: Place): string => (line === undefined ? '' : `:${line}:${column ?? 1}`);

/** A file of a folder, or a stack of an assembly and what is inside of it. */
const placeInFolder = (place: Place, folder: string): string =>
  `${folder.replace(/\/$/, '')}${place.path.endsWith('.json') ? '/' : ':'}${place.path}${lineWords(place)}`;

/** The path where it says more than the name of the file does; the template of a nested stack has a file of its own. */
function placeInFile(place: Place, { name }: Source, nested: EstateFlags['nested'] = []): string {
  const inside = place.path.replace(/^input(\[\d+\])?\.?/, '').replace(/^template\.?/, '');
  const path = inside.startsWith(name) ? inside.slice(name.length).replace(/^\./, '') : inside;
  const [, id, below] = /^Resources\.([^.]+)(?:\.(Resources\b.*))?$/.exec(path) ?? [];
  const own = nested.find(([key]) => key === id);
  if (own !== undefined && (place.line !== undefined || below !== undefined))
    return `${own[1]}${lineWords(place)}${below === undefined ? '' : `:${below}`}`;
  // A line of a text inside of the file is none of the file.
  return path === '' ? `${name}${lineWords(place)}` : `${name}:${path}`;
}

/** `input[1].RoleDetailList[0]` of two pages is `input.RoleDetailList[0]` of the second. */
function pagePlace({ file, path }: FilePlace, pages: ReadonlyMap<string, readonly string[]>): FilePlace {
  const names = file === undefined ? undefined : pages.get(file);
  const [, number, rest] = /^input\[(\d+)\](.*)$/s.exec(path ?? '') ?? [];
  if (names === undefined || number === undefined)
    return {
      ...(file === undefined ? {} : { file }),
      ...(path === undefined ? {} : { path }),
    };
  return { file: names[Number(number)]!, path: `input${rest}` };
}
