import data from '../../data/catalog.json' with { type: 'json' };
import { inflate } from '../value/deflated.js';
import { type CatalogConditionKey, type CatalogService, readKeys, readService } from './service.js';

/** What is known before any service is read. */
interface Index {
  /** Service → the part of the data it stands in, and the line there. */
  readonly places: ReadonlyMap<string, readonly [part: number, line: number]>;
  readonly globalKeys: readonly CatalogConditionKey[];
  /** Beginnings of condition keys that are no service, or another one than theirs, with the services that have them. */
  readonly foreign: readonly (readonly [prefix: string, services: readonly string[]])[];
  /** Services in ARNs of resources on which other services act: `iam`, on whose roles sts does. */
  readonly elsewhere: readonly (readonly [named: string, services: readonly string[]])[];
}

let index: Index | undefined;
const parts = new Map<number, readonly string[]>();
const read = new Map<string, CatalogService>();

/** Nothing is inflated before the first question. */
export function catalogIndex(): Index {
  if (index !== undefined) return index;
  const [services, globalKeys, foreign, elsewhere] = inflate(data[0]!).split('\n') as [
    string,
    string,
    string,
    string,
  ];
  const places = services
    .split('|')
    .flatMap((names, part) =>
      names.split(' ').map((name, line): [string, readonly [number, number]] => [name, [part + 1, line]]),
    );
  index = {
    places: new Map(places),
    globalKeys: readKeys(globalKeys),
    foreign: listed(foreign),
    elsewhere: listed(elsewhere),
  };
  return index;
}

const listed = (text: string): Index['foreign'] =>
  text.split('|').map((entry) => {
    const [first, ...names] = entry.split(' ') as [string, ...string[]];
    return [first, names];
  });

/** One service by its prefix in lower case; read when it is first asked for. */
export function storedService(prefix: string): CatalogService | undefined {
  const known = read.get(prefix);
  if (known !== undefined) return known;
  const place = catalogIndex().places.get(prefix);
  if (place === undefined) return undefined;
  const [part, line] = place;
  const lines = parts.get(part) ?? inflate(data[part]!).split('\n');
  parts.set(part, lines);
  const service = readService(lines[line]!);
  read.set(prefix, service);
  return service;
}
