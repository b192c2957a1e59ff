import { describe, expect, it } from 'vitest';
import { isIamError, parsePolicy } from '../../src/index.js';
import { askWith, document, expectCleanPrototypes, expectLinear, parses, statement } from './hostile.js';

expectCleanPrototypes();
const seconds = 10_000;
const good = JSON.stringify(document(statement()));
const brackets = (n: number) => '['.repeat(n);
const braces = (n: number) => '{"a":'.repeat(n);

/** Texts that are no JSON, or JSON that the policy grammar refuses. */
const refused: Record<string, string> = {
  'the empty text': '',
  'white space': ' \t\r\n ',
  'a number': '1',
  'a string': '"x"',
  null: 'null',
  'true and more': 'truefalse',
  'an array': `[${good}]`,
  'two objects': good + good,
  'an object and a comma': `${good},`,
  'a byte order mark in the middle': `{\ufeff${good.slice(1)}`,
  'a line comment': `// policy\n${good}`,
  'a comment at the end': `${good} // policy`,
  'a block comment': `/* policy */${good}`,
  'a block comment without end': `${good}/*`,
  'a trailing comma in an object': good.replace('}]', ',}]'),
  'a trailing comma in an array': good.replace('}]', '},]'),
  'a trailing comma at the end': good.replace(/\}$/, ',}'),
  'a comma at the start': good.replace('{', '{,'),
  'single quotes': good.replaceAll('"', "'"),
  'members without quotes': good.replaceAll(/"(\w+)":/g, '$1:'),
  'back quotes': good.replaceAll('"', '`'),
  'typographic quotes': good.replaceAll('"', '”'),
  'a missing brace': good.slice(0, -1),
  'a missing quote': good.replace('Allow"', 'Allow'),
  'a missing colon': good.replace(':', ' '),
  'two colons': good.replace(':', '::'),
  'a line break in a string': good.replace('Allow', 'Al\nlow'),
  'a tab in a string': good.replace('GetObject', 'Get\tObject'),
  'a NUL in a string': good.replace('GetObject', 'Get\0Object'),
  'a NUL between tokens': good.replace('{', '{\0'),
  'a no-break space between tokens': good.replace('{', '{\u00a0'),
  'a line separator between tokens': good.replace('{', '{\u2028'),
  'an escape that JSON has not': good.replace('GetObject', '\\x41'),
  'half an escape': good.replace('GetObject', '\\u00'),
  'an escaped end': good.replace('GetObject"', 'GetObject\\"'),
  'NaN as a value': good.replace('"*"', 'NaN'),
  'Infinity as a value': good.replace('"*"', '-Infinity'),
  'undefined as a value': good.replace('"*"', 'undefined'),
  'a hexadecimal number': good.replace('"*"', '0x10'),
  'a number with a leading zero': good.replace('"*"', '012'),
  'a bare minus': good.replace('"*"', '-'),
  'Python booleans': good.replace('"*"', 'True'),
  'JSON lines': `${good}\n${good}`,
  'a text sequence': `\u001e${good}`,
  '100,000 brackets': brackets(100_000),
  '100,000 brackets, closed': brackets(100_000) + ']'.repeat(100_000),
  '100,000 braces': braces(100_000),
  '100,000 brackets as a member': good.replace('"*"', brackets(100_000)),
  '100,000 closing brackets': ']'.repeat(100_000),
  '100,000 brackets behind a string without end': `"\n${brackets(100_000)}`,
  '100,000 brackets behind a comment with a quote': `/*"*/${brackets(100_000)}`,
  '100,000 brackets behind a line comment with a quote': `//"\n${brackets(100_000)}`,
  '1,000,000 quotes': '"'.repeat(1_000_000),
  '1,000,000 backslashes in a string': `"${'\\'.repeat(1_000_000)}`,
  '1,000,000 commas': `[${','.repeat(1_000_000)}]`,
  'a number of 1,000,000 digits': '9'.repeat(1_000_000),
  'a statement that is a number of 1,000,000 digits': `{"Statement":${'9'.repeat(1_000_000)}}`,
  'prototype members': `{"__proto__":${good},"Version":"2012-10-17"}`,
  'a prototype in a statement': good.replace('"Effect":"Allow"', '"__proto__":{"Effect":"Allow"}'),
  YAML: 'Version: 2012-10-17\nStatement: []',
  XML: '<Policy/>',
  'percent-encoded JSON': encodeURIComponent(good),
  base64: btoa(good),
};

describe('texts that are refused with a typed error', () => {
  it.each(Object.entries(refused))(
    '%s',
    (_, text) => {
      expect(parses(text)).toBe('error');
      expect(askWith({ identityPolicies: [text] })).toBe('error');
    },
    seconds,
  );
  it('with lone surrogates around', () => {
    expect(parses(`\ud800${good}`)).toBe('error');
    expect(parses(`${good}\udfff`)).toBe('error');
  });
});

describe('a member that stands twice', () => {
  const doubled: Record<string, string> = {
    Version: good.replace('{', '{"Version":"2012-10-17",'),
    Statement: good.replace(/\}$/, ',"Statement":[]}'),
    'Effect, the deny first': good.replace('"Effect"', '"Effect":"Deny","Effect"'),
    'Effect, the deny last': good.replace('"Allow"', '"Allow","Effect":"Deny"'),
    'Effect, once by escapes': good.replace('"Effect"', '"\\u0045ff\\u0065ct":"Deny","Effect"'),
    Action: good.replace('"Action"', '"Action":"*","Action"'),
    Condition: good.replace('"Action"', '"Condition":{},"Condition":{},"Action"'),
    'an operator': good.replace('"Action"', '"Condition":{"Bool":{"a":"true"},"Bool":{"b":"true"}},"Action"'),
    'a key': good.replace('"Action"', '"Condition":{"Bool":{"a":"true","a":"false"}},"Action"'),
    'a key in another letter case': good.replace(
      '"Action"',
      '"Condition":{"Bool":{"a":"true","A":"false"}},"Action"',
    ),
    __proto__: good.replace('{', '{"__proto__":1,"__proto__":2,'),
  };
  it.each(Object.entries(doubled))('%s', (_, text) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(parses(text)).toBe('error');
  });
  it(
    '100,000 times',
    () => {
      expect(parses(`{${'"Version":"2012-10-17",'.repeat(100_000)}"Statement":[]}`)).toBe('error');
    },
    seconds,
  );
  it('is not confused with the same name in another object', () => {
    expect(parses(JSON.stringify(document(statement(), statement())))).toBe('parsed');
  });
});

describe('texts that are JSON', () => {
  const accepted: Record<string, string> = {
    'white space everywhere': good.replaceAll(/[{}[\],]/g, (one) => ` \t\r\n${one} \t\r\n`),
    'all letters escaped': good.replaceAll(/[A-Za-z]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`),
    'Windows line ends': JSON.stringify(document(statement()), null, 2).replaceAll('\n', '\r\n'),
    'a megabyte of spaces': good + ' '.repeat(1_000_000),
    'brackets and quotes inside strings': JSON.stringify(
      document(statement({ Resource: `arn:aws:s3:::b/${'["{\\'.repeat(200)}` })),
    ),
  };
  it.each(Object.entries(accepted))('%s', (_, text) => {
    expect(parses(text)).toBe('parsed');
  });
  it('names that objects inherit are ordinary condition keys', () => {
    const keys = '{"__proto__":"a","constructor":"b","toString":"c"}';
    const text = good.replace('"Action"', `"Condition":{"StringEquals":${keys}},"Action"`);
    const [only] = parsePolicy(text, { kind: 'identityPolicies' }).statements;
    expect(only?.conditions.map(({ key }) => key)).toEqual(['__proto__', 'constructor', 'toString']);
  });
});

describe('the same verdict as JSON.parse', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '/',
    '*',
    '0',
    '-',
    '.',
    'e',
    '\n',
    '\u2028',
    '\ufeff',
    'null',
  ];
  it(
    'on every text one edit away from a policy',
    () => {
      const short = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}';
      for (let at = 0; at <= short.length; at++) {
        for (const piece of ['', ...pieces]) {
          for (const cut of [0, 1]) {
            const text = short.slice(0, at) + piece + short.slice(at + cut);
            expect(isJsonTo(text), JSON.stringify(text)).toBe(isJson(text));
          }
        }
      }
    },
    seconds,
  );
  function isJson(text: string): boolean {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  }
  /** A leading byte order mark may be skipped (RFC 8259); here it is refused, as JSON.parse does. */
  function isJsonTo(text: string): boolean {
    try {
      parsePolicy(text, { kind: 'identityPolicies' });
      return true;
    } catch (error) {
      if (!isIamError(error)) throw error;
      return error.issues.every(({ code }) => code !== 'ERR_IAM_JSON');
    }
  }
});

describe('time grows with the text', () => {
  const texts: Record<string, (n: number) => string> = {
    'a long member with many members below it': (n) =>
      `{"${'k'.repeat(20 * n)}":{${Array.from({ length: n }, (_, i) => `"${i}":0`).join()}}}`,
    'a long member with a long list below it': (n) =>
      `{"${'k'.repeat(20 * n)}":[${Array(n).fill('0').join()}]}`,
    'a long member of dots': (n) => `{"${'.'.repeat(20 * n)}":0}`,
    'many issues on one line': (n) => `{"Statement":[${Array(n).fill('{}').join()}]}`,
    'many issues on many lines': (n) => `{"Statement":[${Array(n).fill('{}').join('\n,')}]}`,
    'many members that stand twice': (n) => `{${Array(n).fill('"a":0').join()}}`,
    'many escapes': (n) => `{"Version":"${'\\u0041'.repeat(20 * n)}"}`,
  };
  it.each(Object.entries(texts))(
    '%s',
    (_, make) => {
      expectLinear(300, (n) => {
        const text = make(n);
        return () => parses(text);
      });
    },
    seconds,
  );
});
