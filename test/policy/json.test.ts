import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/error.js';
import { readJson } from '../../src/policy/json.js';
import { readDocument } from './build.js';

function read(text: string) {
  const issues: Issue[] = [];
  return { json: readJson(text, 'p', issues), issues };
}
const notJson = (line: number, column: number) => [
  {
    path: 'p',
    code: 'ERR_IAM_JSON',
    message: 'the policy text is not JSON',
    hint: 'write one JSON object',
    line,
    column,
  },
];

describe('L1: text that is not JSON', () => {
  it.each([
    ['', 1, 1],
    ['   ', 1, 4],
    ['{', 1, 2],
    ['{"a":}', 1, 6],
    ['{"a":1,}', 1, 8],
    ['[1,]', 1, 4],
    ['{} {}', 1, 4],
    ['{"a" 1}', 1, 6],
    ['// note\n{}', 1, 1],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['{\n\n"a": x}', 3, 6],
    ["{'a': 1}", 1, 2],
    ['{"a": NaN}', 1, 7],
  ])('%j: line %i, column %i', (text, line, column) => {
    expect(read(text)).toEqual({ json: undefined, issues: notJson(line, column) });
  });

  it('text behind a byte order mark', () => {
    const issues = [{ ...notJson(1, 1)[0], hint: 'leave out the byte order mark' }];
    expect(read('\uFEFF{}')).toEqual({ json: undefined, issues });
  });
});

describe('values', () => {
  it.each(['{}', '[]', '"text"', '7', '-1.5e3', 'true', 'null', '{"a":[1,{"b":null}],"c":"\\u00e9\\"}{"}'])(
    '%s is read as JSON.parse reads it',
    (text) => {
      expect(read(text).json?.value).toEqual(JSON.parse(text));
      expect(read(text).issues).toEqual([]);
    },
  );

  it('L19, U20: a long number of a condition is kept as it is written; elsewhere there are none', () => {
    for (const number of [
      '9007199254740993',
      '111122223333444455',
      '-9007199254740993',
      '0.1000000000000000055',
    ])
      expect(read(`{"Condition":{"a":{"b":[${number}]}}}`).json?.value).toEqual({
        Condition: { a: { b: [number] } },
      });
    expect(read('{"Condition":{"a":{"b":[10.0]}}}').json?.value).toEqual({ Condition: { a: { b: [10] } } });
    expect(read('{"Sid":9007199254740993}').json?.value).toEqual({ Sid: 2 ** 53 });
  });

  it('a member called __proto__ is a member like any other', () => {
    const value = read('{"__proto__": {"a": 1}, "constructor": 2}').json?.value;
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
  });
});

describe('law', () => {
  const readable = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '-',
    '0',
    '1.',
    'e5',
    'tru',
    '//',
    '\\',
    '\n',
    '\ufeff',
    '\u2028',
  );
  const edit = fc.record({ at: fc.nat(40), without: fc.nat(2), piece: fc.option(piece, { nil: '' }) });
  /** JSON texts, most of them with a slip or two. */
  const almost = fc
    .tuple(fc.json({ maxDepth: 4 }), fc.array(edit, { maxLength: 2 }))
    .map(([text, edits]) =>
      edits.reduce((so, one) => so.slice(0, one.at) + one.piece + so.slice(one.at + one.without), text),
    );

  it('a text is read when JSON.parse reads it, as the same value, and refused otherwise', () => {
    let refused = 0;
    fc.assert(
      fc.property(almost, (text) => {
        const { json, issues } = read(text);
        if (readable(text)) {
          expect(JSON.stringify(json?.value)).toBe(JSON.stringify(JSON.parse(text)));
          return;
        }
        refused++;
        expect(json).toBeUndefined();
        expect(issues.map(({ code }) => code)).toEqual(['ERR_IAM_JSON']);
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(20);
  });
});

describe('L9: duplicate members', () => {
  const twice = (path: string, name: string, line: number, column: number) => ({
    path,
    code: 'ERR_IAM_DUPLICATE_MEMBER',
    message: `the member \`${name}\` stands twice`,
    hint: 'keep one of them',
    line,
    column,
  });

  it.each([
    ['{"a":1,"a":2}', [twice('p.a', 'a', 1, 8)]],
    ['{"a":1,\n "b":2,\n "a":3, "a":4}', [twice('p.a', 'a', 3, 2), twice('p.a', 'a', 3, 9)]],
    ['{"x":[{"k":1},{"k":1,\n\n"k":2}]}', [twice('p.x[1].k', 'k', 3, 1)]],
    ['{"a":1,"A":2}', []],
    ['{"toString":1,"valueOf":2}', []],
    ['[{"a":1},{"a":1}]', []],
    ['{"a":{"a":1}}', []],
    ['{"__proto__":1,"__proto__":2}', [twice('p.__proto__', '__proto__', 1, 16)]],
    ['{"\\u0061":1,"a":2}', [twice('p.a', 'a', 1, 13)]],
  ])('%j', (text, issues) => {
    expect(read(text).issues).toEqual(issues);
  });

  it('the last one is kept', () => {
    expect(read('{"a":1,"a":2}').json?.value).toEqual({ a: 2 });
  });
});

describe('depth', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  it('100 levels are read', () => {
    expect(read(nested(100)).issues).toEqual([]);
    expect(read(objects(100)).issues).toEqual([]);
  });

  it.each([nested(101), objects(101), '['.repeat(200_000), `{"a":${nested(60)},"b":${nested(100)}}`])(
    '%#: more are refused',
    (text) => {
      expect(read(text)).toEqual({
        json: undefined,
        issues: [
          {
            path: 'p',
            code: 'ERR_IAM_JSON',
            message: 'the text is nested too deeply',
            hint: 'a policy needs about six levels',
          },
        ],
      });
    },
  );

  it('brackets side by side or inside strings are not nested', () => {
    const strings = [`"${'['.repeat(200)}"`, `"\\"${'{'.repeat(200)}"`, `"\\\\", "${'['.repeat(200)}"`];
    for (const text of strings) expect(read(`[${text}]`).issues).toEqual([]);
    expect(read(`[${'[],'.repeat(200)}{}${',{}'.repeat(200)}]`).issues).toEqual([]);
  });

  it('an escaped backslash before the closing quote ends the string', () => {
    expect(read(`["\\\\",${nested(100)}]`).issues[0]?.message).toBe('the text is nested too deeply');
  });
});

describe('places', () => {
  const text = '{\n  "a": [1, {"b.c": 2}],\n  "d[0]": 3\n}';
  it.each([
    ['p', 1, 1],
    ['p.a', 2, 3],
    ['p.a[0]', 2, 9],
    ['p.a[1]', 2, 12],
    ['p.a[1].b.c', 2, 13],
    ['p.a[1].none', 2, 12],
    ['p.a[7]', 2, 3],
    ['p.a[7].x[3]', 2, 3],
    ['p.d[0]', 3, 3],
    ['p.none', 1, 1],
    ['p.none.deeper[0].x', 1, 1],
    ['q', 1, 1],
    ['p[0]', 1, 1],
    ['p.a.x', 2, 3],
    ['p.a[0].x', 2, 9],
    ['p.d[0][1]', 3, 3],
    ['p.a[1][0]', 2, 12],
  ])('%s stands at line %i, column %i', (path, line, column) => {
    expect(read(text).json?.locate(path)).toEqual({ line, column });
  });

  it('of a member that stands twice is the last one', () => {
    expect(read('{"a":1,\n"a":2}').json?.locate('p.a')).toEqual({ line: 2, column: 1 });
  });

  it.each([
    ['{"":1,\n"a.b":2,\n"a":{"b":3}}', 'p.', 1, 2],
    ['{"":1,\n"a.b":2,\n"a":{"b":3}}', 'p.a.b', 2, 1],
    ['{"a":{\n"b":3},\n"a.b[0]":2}', 'p.a.b[0]', 3, 1],
    ['{"a":{\n"b":3},\n"a.b[0]":2}', 'p.a.b', 2, 1],
    ['{"":{\n"":{\n"k":1}}}', 'p...k', 3, 1],
    ['{"":{\n"x":1}}', 'p..y', 1, 2],
    ['[[1,\n[2,\n3]]]', 'p[0][1][1]', 3, 1],
    ['[1]', 'p[1]', 1, 1],
    ['[1]', 'p.length', 1, 1],
    ['7', 'p.x', 1, 1],
  ])('names may be empty, or hold dots and brackets: %j %s', (source, path, line, column) => {
    expect(read(source).json?.locate(path)).toEqual({ line, column });
  });

  it('counts a carriage return with its line', () => {
    expect(read('{\r\n"a":1}').json?.locate('p.a')).toEqual({ line: 2, column: 1 });
  });

  it('issues of a document carry line and column, its own and those of the reader', () => {
    const document = [
      '{ "Version": "2012-10-17",',
      '  "Statement": [',
      '    { "Effect": "allow", "Action": "s3:Get", "Resource": "*",',
      '      "Action": "s3", "Sid": "not so" },',
      '    { "Effect": "Deny", "Action": "s3:Get" }',
      '  ] }',
    ].join('\n');
    const { issues } = readDocument(document);
    expect(issues.map(({ code, path, line, column }) => [code, path, line, column])).toEqual([
      ['ERR_IAM_DUPLICATE_MEMBER', 'policy.Statement[0].Action', 4, 7],
      ['ERR_IAM_VALUE', 'policy.Statement[0].Effect', 3, 7],
      ['ERR_IAM_VALUE', 'policy.Statement[0].Sid', 4, 23],
      ['ERR_IAM_ACTION', 'policy.Statement[0].Action', 4, 7],
      ['ERR_IAM_MISSING_MEMBER', 'policy.Statement[1]', 5, 5],
    ]);
  });

  it('text that is not JSON gives an empty policy', () => {
    const { policy, issues } = readDocument('{', 'identityPolicies', 'mine');
    expect(policy).toEqual({
      kind: 'identityPolicies',
      path: 'policy',
      variables: false,
      statements: [],
      name: 'mine',
    });
    expect(issues).toHaveLength(1);
  });

  it('text that is JSON but no object is refused with its place', () => {
    expect(readDocument(' []').issues).toEqual([
      {
        path: 'policy',
        code: 'ERR_IAM_TYPE',
        message: 'the policy document is not an object',
        hint: 'write a JSON object',
        line: 1,
        column: 2,
      },
    ]);
  });
});
