import { describe, expect, it } from 'vitest';
import {
  errorCodes,
  IamError,
  InvalidPolicyError,
  InvalidRequestError,
  type Issue,
  isIamError,
} from '../src/error.js';

const issue: Issue = { path: 'a.b', code: 'ERR_IAM_TYPE', message: 'is wrong', hint: 'write it right' };

describe('errors', () => {
  it.each([
    [InvalidPolicyError, 'InvalidPolicyError', 'ERR_IAM_INVALID_POLICY'],
    [InvalidRequestError, 'InvalidRequestError', 'ERR_IAM_INVALID_REQUEST'],
  ] as const)('%o have a name, a code, and their issues', (Kind, name, code) => {
    const issues = [issue];
    const error = new Kind(issues);
    expect(error).toBeInstanceOf(IamError);
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.code]).toEqual([name, code]);
    expect(error.issues).toBe(issues);
    expect(String(error)).toBe(`${name}: a.b: is wrong; write it right`);
  });

  it.each([
    [0, 'ERR_IAM_INVALID_REQUEST'],
    [1, 'a.b: is wrong; write it right'],
    [2, 'a.b: is wrong; write it right (and 1 more)'],
    [3, 'a.b: is wrong; write it right (and 2 more)'],
  ])('of %i issues, the message is %s', (count, message) => {
    const issues = Array.from({ length: count }, (_, i) => (i === 0 ? issue : { ...issue, path: 'other' }));
    expect(new InvalidRequestError(issues).message).toBe(message);
  });

  it('each code says what it means', () => {
    expect(errorCodes).toEqual({
      ERR_IAM_INVALID_POLICY: 'one or more policy documents are malformed; see `issues`',
      ERR_IAM_INVALID_REQUEST: 'the request is malformed; see `issues`',
      ERR_IAM_JSON: 'the policy text is not JSON',
      ERR_IAM_DUPLICATE_MEMBER: 'the same member stands twice in one JSON object (L9)',
      ERR_IAM_TYPE: 'a value has the wrong JSON type',
      ERR_IAM_UNKNOWN_MEMBER: 'a member that the policy grammar does not have (L2, L12)',
      ERR_IAM_MISSING_MEMBER: 'a required member is absent',
      ERR_IAM_CONFLICT: 'two elements exclude each other (L14), or two things are one',
      ERR_IAM_FORBIDDEN_ELEMENT: 'this kind of policy does not have this element (L22, E96)',
      ERR_IAM_VALUE: 'a value is not one of those allowed here',
      ERR_IAM_ACTION: 'an action is not `*` or `prefix:name` (L23, L24)',
      ERR_IAM_RESOURCE: 'a resource is not `*` or an ARN this kind of policy accepts (L31–L39)',
      ERR_IAM_PRINCIPAL: 'a principal has a form IAM refuses (L43–L52)',
      ERR_IAM_OPERATOR: 'a condition operator does not exist (L68, L69)',
      ERR_IAM_CONDITION_VALUE: 'a condition value cannot be read by its operator (U5)',
      ERR_IAM_INVALID_INPUT: 'a file given to a loader is not what the loader reads; see `issues`',
      ERR_IAM_DIAGNOSTICS:
        'a loader met things it cannot take over as they stand, and `strict` was asked for',
      ERR_IAM_NAME: 'a name fits nothing in the estate, or several things',
    });
  });
});

describe('isIamError', () => {
  it('knows errors of this copy, and of another by their mark', () => {
    expect(isIamError(new InvalidPolicyError([issue]))).toBe(true);
    expect(isIamError(new IamError('ERR_IAM_JSON', []))).toBe(true);
    expect(isIamError({ [Symbol.for('iam-verdict/error')]: true })).toBe(true);
  });

  it('the mark is not enumerable', () => {
    expect(
      Object.getOwnPropertyDescriptor(new InvalidPolicyError([]), Symbol.for('iam-verdict/error')),
    ).toEqual({
      value: true,
      enumerable: false,
      writable: false,
      configurable: false,
    });
  });

  it.each([
    undefined,
    null,
    'ERR_IAM_JSON',
    7,
    {},
    new Error('ERR_IAM_JSON'),
    { code: 'ERR_IAM_JSON', issues: [] },
    { [Symbol.for('iam-verdict/error')]: 1 },
    Object.assign(() => undefined, { [Symbol.for('iam-verdict/error')]: true }),
  ])('%#: nothing else', (value) => {
    expect(isIamError(value)).toBe(false);
  });

  it('an object that throws is none', () => {
    const value = new Proxy(
      {},
      {
        get() {
          throw new Error('mine');
        },
      },
    );
    expect(isIamError(value)).toBe(false);
  });
});
