import fc from 'fast-check';
import type { EvaluationInput } from '../../src/index.js';
import { evaluatePartial } from '../../src/partial/index.js';
import { checkCompletion, type Law } from './laws.js';

const own = 'aws:RequestTag/team';
const other = 'aws:PrincipalTag/team';
const texts = ['red', 'RED', 'Red', 'a-red', 'A-red', 'a', 'true', 'TRUE', '5', '5.0', '2026-01-01', 'x', ''];

const template = fc.constantFrom(
  `\${${other}}`,
  `\${${other}, 'red'}`,
  `a-\${${other}}`,
  `\${${own}}-\${${other}}`,
  `\${aws:PrincipalTag/none}-\${${other}}`,
  'red',
);
const line = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
      'Bool',
    ),
    fc.constantFrom(own, other),
    fc.oneof(template, template, fc.constantFrom('true', 'a*', 'r?d', 'x')),
  ),
  fc.constantFrom<[string, string, string][]>(
    ['NumericLessThan', other, '6'],
    ['NumericEquals', own, '5'],
    ['DateGreaterThan', other, '2025-01-01'],
    ['Null', other, 'true'],
    ['Null', other, 'false'],
  ),
);
interface Statement {
  readonly Effect: string;
  readonly Condition: Record<string, Record<string, string>>;
}
const statement: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    fc.array(line, { minLength: 0, maxLength: 3 }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('*') },
      template.map((text) => `arn:aws:s3:::home/${text}`),
    ),
  )
  .map(([Effect, lines, Resource]) => {
    const block: Record<string, Record<string, string>> = {};
    for (const [operator, key, text] of lines) block[operator] = { ...block[operator], [key]: text };
    // A truth value with text around it is refused.
    for (const key of Object.keys(block.Bool ?? {}))
      if (!/^(?:true|\$\{[^}]*\})$/.test(block.Bool![key]!)) block.Bool![key] = 'true';
    return { Effect, Action: 's3:*', Resource, Condition: block };
  });

const reading = fc.oneof(
  fc.constant([]),
  fc.constantFrom(...texts).map((text) => [text]),
);
const contexts = fc.array(fc.tuple(reading, reading), { minLength: 40, maxLength: 40 });

/** What is compared as a number, a time or a truth value is taken to be one. */
const types: readonly [RegExp, RegExp][] = [
  [/^Numeric/, /^[0-9.]+$/],
  [/^Date/, /^[0-9-]+$/],
  [/^Bool/, /^(?:true|false)$/i],
];
function mayHold(statements: readonly Statement[], key: string, values: readonly string[]): boolean {
  return statements.every(({ Condition }) =>
    Object.entries(Condition).every(([operator, keys]) => {
      const type = key in keys ? types.find(([name]) => name.test(operator)) : undefined;
      return values.every((value) => type?.[1].test(value) ?? true);
    }),
  );
}

/** Unknown keys in policy variables, beside known and unknown values, and keys that are read as several types. */
export const lawOfVariables: Law = {
  name: 'an unknown key in a policy variable: what it says holds for every value',
  property: fc.property(
    fc.array(statement, { minLength: 1, maxLength: 3 }),
    fc.option(fc.constantFrom(...texts), { nil: undefined }),
    fc.constantFrom(...texts.slice(0, -1)),
    contexts,
    (statements, known, name, all) => {
      const input = {
        request: {
          principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
          action: 's3:GetObject',
          resource: { arn: `arn:aws:s3:::home/${name}`, accountId: '111122223333' },
        },
        policies: { identityPolicies: [{ Version: '2012-10-17', Statement: statements }] },
      } as unknown as EvaluationInput;
      const { request, policies } = input;
      const given = known === undefined ? {} : { context: { [own]: known } };
      const unknown = known === undefined ? [own, other] : [other];
      const partial = evaluatePartial({ request: { ...request, ...given, unknown }, policies });
      for (const [one, another] of all) {
        const context: Record<string, readonly string[]> = {
          [own]: known === undefined ? one : [known],
          [other]: another,
        };
        if (unknown.every((key) => mayHold(statements, key, context[key]!)))
          checkCompletion(partial, input, context, {});
      }
    },
  ) as fc.IProperty<unknown>,
};
