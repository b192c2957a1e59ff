import type { Memory } from './memory.js';
import { noValues } from './named-values.js';
import { nobody, type Principal, readArn } from './principal.js';
import { type Given, isObject, type Reader, readTags } from './reader.js';

const path = 'request.principal';

/** The bits of members as `Memory` lists them. */
const arnAlone = 1;
const tagged = 32;

/** The caller, undefined when something is wrong; leaves its tags in the reader. */
export function readPrincipal(reader: Reader, value: unknown): Principal | undefined {
  reader.tags = noValues;
  if (value === undefined)
    return reader.fail(
      path,
      'there is no principal',
      'write for example { "arn": … }; what comes from a class does not count',
    );
  if (!isObject(value)) return reader.notAnObject(path);
  const { arn, issuer, service, federated, anonymous, tags } = value;
  const own = reader.own(value, reader.memory.principal, path);
  if (own === undefined) return undefined;
  reader.tags = readTags(reader, own & tagged ? tags : undefined, reader.memory.principalTagNames);
  // Mostly so, and short enough to be compiled into the caller.
  const known =
    (own & ~tagged) === arnAlone && typeof arn === 'string' ? reader.memory.principals.of(arn) : undefined;
  if (known !== undefined) return known;
  return readNamedOne(reader, {
    arn: own & 1 ? arn : undefined,
    issuer: own & 2 ? issuer : undefined,
    service: own & 4 ? service : undefined,
    federated: own & 8 ? federated : undefined,
    anonymous: own & 16 ? anonymous : undefined,
  });
}

/** A caller by whatever names it. */
function readNamedOne(
  reader: Reader,
  { arn, issuer, service, federated, anonymous }: Given,
): Principal | undefined {
  const count =
    +(arn !== undefined) + +(service !== undefined) + +(federated !== undefined) + +(anonymous !== undefined);
  if (count !== 1)
    return reader.fail(
      path,
      'a principal is exactly one of arn, service, federated, anonymous',
      'keep one of them',
    );
  if (issuer !== undefined && (typeof issuer !== 'string' || arn === undefined))
    return reader.fail(
      'request.principal.issuer',
      'the issuer is an ARN that stands beside `arn`',
      'write the ARN of the role or user',
    );
  if (anonymous !== undefined) {
    if (anonymous !== true)
      return reader.fail('request.principal.anonymous', 'this is not true', 'write true');
    return nobody;
  }
  const name = arn ?? service ?? federated;
  if (typeof name !== 'string' || name === '' || (arn === undefined && /[*?\s]/.test(name))) {
    const kind = arn !== undefined ? 'arn' : service !== undefined ? 'service' : 'federated';
    return reader.fail(`${path}.${kind}`, 'this is not a name', 'write it as AWS does, without wildcards');
  }
  if (service !== undefined) return { ...nobody, kind: 'service', service: name };
  if (federated !== undefined) return { ...nobody, kind: 'federated', provider: name };
  const principal = accountPrincipal(reader.memory, name, issuer);
  if (principal === undefined)
    return reader.fail(
      'request.principal.arn',
      'this is no ARN of a user, role, session or root user, or the issuer does not fit',
      'write for example "arn:aws:iam::111122223333:user/alice"',
    );
  return principal;
}

/** An ARN alone is remembered; with an issuer the two are read each time the issuer changes. */
function accountPrincipal(memory: Memory, arn: string, issuer: string | undefined): Principal | undefined {
  return issuer === undefined ? memory.principals.of(arn) : memory.by(issuedPrincipals).of(issuer)(arn);
}

/** Remembers the last caller of one issuer. */
function issuedPrincipals(issuer: string): (arn: string) => Principal | undefined {
  let last: string | undefined;
  let known: Principal | undefined;
  return (arn) => {
    if (arn !== last) {
      known = readArn(arn, issuer);
      last = arn;
    }
    return known;
  };
}
