import { InvalidRequestError, type Issue } from '../error.js';
import { isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import { closestNames } from './closest.js';
import type { Facts } from './facts.js';

/** Whether a value can be such a fact, and what to write instead. */
interface Form {
  readonly fits: (value: unknown) => boolean;
  readonly hint: string;
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** The request itself says what is wrong with it, where it is read. */
const readLater: Form = { fits: () => true, hint: '' };
const members: Form = { fits: isPlainObject, hint: 'write { "key": "value" }' };

const forms: Readonly<Record<keyof Facts, Form>> = {
  mfa: readLater,
  sourceIp: readLater,
  time: readLater,
  context: members,
  principalTags: members,
  resourceTags: members,
  resourceAccount: { fits: isText, hint: 'write 12 digits as a string' },
  resourcePolicy: {
    fits: (value) => isText(value) || isPlainObject(value),
    hint: "write a policy document, or 'unknown'",
  },
  session: { fits: isText, hint: 'write the name of the session' },
  sessionPolicies: {
    fits: (value) => isListOf(value, (one) => isText(one) || isPlainObject(one)),
    hint: 'write a list of policy documents',
  },
  vpcEndpoint: { fits: isText, hint: 'write its id or a name of it' },
  unknown: {
    fits: (value) => value === 'unlisted' || isListOf(value, isText),
    hint: "write a list such as ['aws:SourceIp', 'aws:PrincipalTag/*'], or 'unlisted'",
  },
};
const factNames = Object.keys(forms);
/** What would be called, of what questions take besides; the rest is true or false. */
const optionForms: Readonly<Record<string, Form>> = {
  onProgress: { fits: (value) => typeof value === 'function', hint: 'pass a function (done, of) => …' },
};

/**
 * Refuses a fact that nothing reads: what is misspelt would be left out of the question, and the answer be that to another one. A member
 * that is undefined is absent, as in requests; `options` are what the question takes besides.
 * @throws InvalidRequestError
 */
export function checkFacts(facts: unknown, options: readonly string[] = []): void {
  if (!isPlainObject(facts)) {
    const hint = "write an object such as { sourceIp: '203.0.113.7' }";
    throw new InvalidRequestError([
      { path: 'facts', code: 'ERR_IAM_VALUE', message: 'the facts are not an object', hint },
    ]);
  }
  const issues = Object.keys(facts).flatMap((name): readonly Issue[] => {
    if (facts[name] === undefined) return [];
    const path = `facts.${name}`;
    const option = options.includes(name);
    if (!option && !Object.hasOwn(forms, name))
      return [
        {
          path,
          code: 'ERR_IAM_VALUE',
          message: `there is no fact \`${name}\``,
          hint: hintFor(name, options),
        },
      ];
    const { fits, hint } = option ? (optionForms[name] ?? readLater) : forms[name as keyof Facts];
    if (fits(facts[name])) return [];
    return [{ path, code: 'ERR_IAM_VALUE', message: `\`${name}\` cannot be read`, hint }];
  });
  if (issues.length > 0) throw new InvalidRequestError(issues);
}

/** So many letters may differ for a name to be taken for a slip. */
const slip = 3;

function hintFor(name: string, options: readonly string[]): string {
  if (name.includes(':')) return `write context: { '${name}': … }`;
  const names = [...factNames, ...options];
  const [alike] = closestNames(name, names, slip);
  return alike === undefined ? `write one of ${names.join(', ')}` : `did you mean ${alike}`;
}
