import { describe, expect, it } from 'vitest';
import {
  alice,
  ask,
  askWith,
  expectCleanPrototypes,
  expectLinear,
  identity,
  object,
  statement,
  when,
} from './hostile.js';

expectCleanPrototypes();
const seconds = 10_000;
const arn = (key: string) => `arn:aws:s3:::b/${key}`;
const at = (Resource: string) => identity(statement({ Resource }));

describe('values of variables', () => {
  const odd = [
    ...['$&', '$1', '$$', '$`', "$'", '$<x>', '*', '?', '**', '${*}', '${aws:username}', '${', '}', "', '"],
    ...['../', '\n', '\0', ':', '::', '/', '\\', '.*', '[', '😀', '\ufeff', 'arn:aws:s3:::b/*'],
  ];
  it.each(odd)('%j is put in as text', (value) => {
    const principal = { arn: alice, tags: { team: value } };
    const policies = at(arn('${aws:PrincipalTag/team}/*'));
    expect(ask({ request: object(`${value}/x`, { principal }), policies })).toBe('allowed');
    expect(ask({ request: object('other/x', { principal }), policies })).toBe('implicitDeny');
    expect(ask({ request: object('${aws:PrincipalTag/team}/x', { principal }), policies })).toBe(
      'implicitDeny',
    );
    const like = identity(when('StringLike', 'x:k', '${aws:PrincipalTag/team}'));
    expect(askWith(like, { principal, context: { 'x:k': value } })).toBe('allowed');
    expect(askWith(like, { principal, context: { 'x:k': 'another' } })).toBe('implicitDeny');
  });
});

describe('many variables', () => {
  const many = 10_000;
  it(
    '10,000 in one value',
    () => {
      const value = '${aws:username}'.repeat(many);
      const context = { 'x:k': 'alice'.repeat(many) };
      expect(askWith(identity(when('StringEquals', 'x:k', value)), { context })).toBe('allowed');
      expect(ask({ request: object(context['x:k']), policies: at(arn(value)) })).toBe('allowed');
    },
    seconds,
  );
  it(
    '10,000 without a value',
    () => {
      const value = '${x:none}'.repeat(many);
      expect(askWith(identity(when('StringEquals', 'x:k', value)), { context: { 'x:k': '' } })).toBe(
        'implicitDeny',
      );
    },
    seconds,
  );
  it(
    '100 of a value of 100,000 characters',
    () => {
      const context = { 'x:k': 'a', 'x:v': 'a'.repeat(100_000) };
      expect(askWith(identity(when('StringLike', 'x:k', '${x:v}'.repeat(100))), { context })).toBe(
        'implicitDeny',
      );
    },
    seconds,
  );
  it(
    '100,000 that never close are text',
    () => {
      for (const open of ['${', "${a, '", '${${', '$', '${*', '${a']) {
        const key = open.repeat(100_000);
        expect(ask({ request: object(key), policies: at(arn(key)) })).toBe('allowed');
        const policy = identity(when('ArnLike', 'x:k', arn(key)));
        expect(askWith(policy, { context: { 'x:k': arn(key) } })).toBe('allowed');
      }
    },
    seconds,
  );
  it(
    '100,000 that open and one brace at the end are one variable',
    () => {
      expect(ask({ request: object('x'), policies: at(arn(`${'${'.repeat(100_000)}}`)) })).toBe(
        'implicitDeny',
      );
    },
    seconds,
  );
  it(
    'time grows with the text: as many variables as their value is long',
    () => {
      expectLinear(1_000, (n) => {
        const policies = identity(when('StringEquals', 'x:k', '${x:v}'.repeat(n)));
        const context = { 'x:k': 'a', 'x:v': 'a'.repeat(n) };
        return () => askWith(policies, { context });
      });
    },
    seconds,
  );
  const texts: Record<string, (n: number) => string> = {
    variables: (n) => '${aws:username}'.repeat(n),
    'openings that never close': (n) => '${'.repeat(n),
    'defaults that never end': (n) => "${a, 'b}".repeat(n),
    'defaults that never close': (n) => "${a, 'b".repeat(n),
    'commas in one variable': (n) => `\${a${', '.repeat(n)}}`,
    'braces in one default': (n) => `\${a, '${'}'.repeat(n)}'}`,
  };
  it.each(Object.entries(texts))(
    'time grows with the text: %s',
    (_, make) => {
      expectLinear(4_000, (n) => {
        const text = make(n);
        const policies = identity(statement({ Resource: arn(text) }), when('ArnLike', 'x:k', arn(text)));
        return () => askWith(policies, { context: { 'x:k': arn('x') } });
      });
    },
    seconds,
  );
});
