import { UnknownNameError } from './error.js';
import type { LinkedEstate } from './link.js';
import type { NamedThing } from './name-index.js';
import type { ResolvedPolicy } from './resolved-policy.js';
import { textKey, textWords } from './text.js';

/** What follows from the VPC endpoint a request comes through. */
export interface Network {
  readonly key: string;
  readonly policy?: ResolvedPolicy;
  readonly context: Readonly<Record<string, unknown>>;
  readonly unknown: readonly string[];
}

const elsewhere: Network = { key: '', context: {}, unknown: [] };

/**
 * An endpoint by its id or a name of it; of one that is not in the estate only the id is known.
 * @throws UnknownNameError for a name that fits nothing, or several endpoints
 */
export function networkOf(linked: LinkedEstate, name: string | undefined): Network {
  if (name === undefined) return elsewhere;
  const named = linked.names.get(name)?.filter(({ kind }) => kind === 'vpcEndpoint') ?? [];
  const endpoint = named.length === 1 ? linked.endpoint(named[0]!.key) : undefined;
  if (endpoint === undefined) {
    if (named.length > 1 || !name.startsWith('vpce-')) unknownEndpoint(linked, name, named);
    return {
      key: name,
      policy: linked.unresolved(`endpoint ${name} › policy`, 'not in the files', 'vpcEndpointPolicy'),
      context: { 'aws:SourceVpce': name },
      unknown: ['aws:SourceVpc'],
    };
  }
  const { id, vpc, policy } = endpoint;
  return {
    key: textKey(id),
    ...(policy === undefined
      ? {}
      : { policy: linked.resolve(policy, 'vpcEndpointPolicy', `endpoint ${textWords(id)} › policy`) }),
    context: { 'aws:SourceVpce': id, ...(vpc === undefined ? {} : { 'aws:SourceVpc': vpc }) },
    unknown: vpc === undefined ? ['aws:SourceVpc'] : [],
  };
}

function unknownEndpoint(linked: LinkedEstate, name: string, named: readonly NamedThing[]): never {
  const known =
    named.length > 0
      ? named.map(({ label }) => label)
      : linked.data.vpcEndpoints.map(({ id }) => textWords(id));
  const message = `${named.length > 1 ? 'several VPC endpoints are' : 'no VPC endpoint is'} called \`${name.slice(0, 200)}\``;
  const hint =
    known.length === 0
      ? 'write an id such as vpce-0123456789abcdef0'
      : `write one of ${known.slice(0, 20).join(', ')}`;
  throw new UnknownNameError([{ path: 'facts.vpcEndpoint', code: 'ERR_IAM_NAME', message, hint }]);
}
