import { isPlainObject } from '../../value/plain.js';
import type { Given } from './options.js';
import { refuse } from './read-template.js';
import type { Session } from './session.js';

/** One stack of an assembly, with what its manifest says of it. */
export interface AssemblyStack {
  readonly id: string;
  readonly stackName: string;
  readonly template: unknown;
  readonly accountId?: string;
  readonly region?: string;
  readonly parameters: Readonly<Record<string, Given>>;
  /** Construct paths by logical id, of the stack and of the stacks in it. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly nested: Readonly<Record<string, unknown>>;
}

type Members = Readonly<Record<string, unknown>>;
const members = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Assemblies in assemblies; one that holds itself ends here. */
const deepest = 10;

/** The folder that holds the outermost manifest, when paths begin above it (`cdk.out/manifest.json`). */
export function outermostFolder(files: Readonly<Record<string, unknown>>): string {
  const found = Object.keys(files)
    .map(normal)
    .filter((path) => /(?:^|\/)manifest\.json$/.test(path))
    .sort((a, b) => a.length - b.length)[0];
  return found?.slice(0, -'manifest.json'.length) ?? '';
}

/** All stacks of an assembly and of its stages, each after those that it depends on. */
export function readAssembly(
  files: Readonly<Record<string, unknown>>,
  session: Session,
  folder = '',
  depth = 0,
): AssemblyStack[] {
  const known = new Map(Object.entries(files).map(([path, content]) => [normal(path), content]));
  const read = (path: string): unknown => json(known.get(normal(path)), path);
  const path = `${folder}manifest.json`;
  if (!known.has(normal(path))) {
    const hint = 'pass the contents of cdk.out by their path in it';
    refuse('the assembly has no manifest.json', hint, { path });
  }
  const manifest = read(path);
  if (!isPlainObject(manifest)) refuse('the manifest is no object', 'write the whole file', { path });
  const artifacts = members(manifest.artifacts);
  const stacks: AssemblyStack[] = [];
  const nested = templatesIn(known, folder, read);
  for (const id of inOrder(artifacts)) {
    const artifact = members(artifacts[id]);
    const properties = members(artifact.properties);
    if (artifact.type === 'cdk:cloud-assembly') {
      const directory = `${folder}${textOf(properties.directoryName) ?? id}/`;
      if (depth < deepest && known.has(normal(`${directory}manifest.json`)))
        stacks.push(...readAssembly(files, session, directory, depth + 1));
      else missing(session, `${directory}manifest.json`, 'the stacks of the stage are not in the estate');
    }
    if (artifact.type !== 'aws:cloudformation:stack') continue;
    const templateFile = `${folder}${textOf(properties.templateFile) ?? ''}`;
    if (!known.has(normal(templateFile))) {
      missing(session, templateFile, `the stack ${id} is not in the estate`);
      continue;
    }
    const additional = textOf(artifact.additionalMetadataFile);
    const separate = additional === undefined ? {} : members(read(`${folder}${additional}`));
    const metadata = { ...separate, ...members(artifact.metadata) };
    stacks.push({
      id,
      stackName: textOf(properties.stackName) ?? id,
      template: templateOf(known.get(normal(templateFile))),
      ...environment(textOf(artifact.environment) ?? ''),
      parameters: members(properties.parameters) as Readonly<Record<string, Given>>,
      names: names(metadata),
      nested,
    });
  }
  return stacks;
}

const normal = (path: string): string => path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');

/** A stack that holds nothing is written as `{}`, which is no template anywhere else. */
const templateOf = (content: unknown): unknown => (isEmpty(content) ? { Resources: {} } : content);
const isEmpty = (content: unknown): boolean =>
  typeof content === 'string'
    ? /^\s*\{\s*\}\s*$/.test(content)
    : isPlainObject(content) && Object.keys(content).length === 0;

function json(content: unknown, path: string): unknown {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content);
  } catch (error) {
    return refuse(`this is not JSON: ${(error as Error).message}`, 'write the whole file', { path });
  }
}

function missing(session: Session, path: string, message: string): void {
  session.report({ code: 'unresolvedReference', path, message, hint: `pass the contents of ${path}` });
}

/** Artifacts after those that they depend on. */
function inOrder(artifacts: Members): string[] {
  const order = new Set<string>();
  const open = new Set<string>();
  const visit = (id: string): void => {
    if (order.has(id) || open.has(id) || !Object.hasOwn(artifacts, id) || open.size > 500) return;
    open.add(id);
    const { dependencies } = members(artifacts[id]) as { dependencies?: unknown };
    for (const one of Array.isArray(dependencies) ? dependencies : [])
      if (typeof one === 'string') visit(one);
    open.delete(id);
    order.add(id);
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return [...order];
}

/** `aws://111122223333/eu-west-1`; either may be unknown. */
function environment(text: string): { accountId?: string; region?: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(text) ?? [];
  return {
    ...(account !== undefined && /^\d{12}$/.test(account) ? { accountId: account } : {}),
    ...(region !== undefined && region !== 'unknown-region' ? { region } : {}),
  };
}

/** The metadata of a construct tells its logical id. */
function names(metadata: Members): Record<string, string[]> {
  const out: Record<string, string[]> = Object.create(null);
  for (const [path, entries] of Object.entries(metadata)) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      const { type, data } = members(entry) as { type?: unknown; data?: unknown };
      if (type !== 'aws:cdk:logicalId' || typeof data !== 'string') continue;
      out[data] = [...(out[data] ?? []), path];
    }
  }
  return out;
}

/** Nested stacks are found by the file that their metadata names, or by the name under which it is uploaded. */
function templatesIn(
  known: ReadonlyMap<string, unknown>,
  folder: string,
  read: (path: string) => unknown,
): Record<string, unknown> {
  const out: Record<string, unknown> = Object.create(null);
  for (const path of known.keys()) {
    if (!path.startsWith(folder)) continue;
    if (path.endsWith('.template.json')) out[path.slice(folder.length)] = templateOf(known.get(path));
    if (!/^[^/]*\.assets\.json$/.test(path.slice(folder.length))) continue;
    for (const asset of Object.values(members(members(read(path)).files))) {
      const { source, destinations } = members(asset);
      const content = known.get(normal(`${folder}${textOf(members(source).path) ?? ''}`));
      for (const destination of content === undefined ? [] : Object.values(members(destinations))) {
        const key = textOf(members(destination).objectKey);
        if (key !== undefined) out[key.slice(key.lastIndexOf('/') + 1)] = templateOf(content);
      }
    }
  }
  return out;
}
