import type { Decision } from '../combine/decide.js';
import { layerKinds } from '../combine/layer.js';
import { compile, type Evaluation } from '../compile.js';
import { InvalidPolicyError, InvalidRequestError, isIamError } from '../error.js';
import type { PoliciesInput } from '../policy/document.js';
import { Memory } from '../request/memory.js';
import { parseRequest } from '../request/parse.js';
import { isAccountPrincipal } from '../request/request.js';
import { entriesOf } from '../value/list.js';
import { isPlainObject } from '../value/plain.js';
import { Asking, type Caller } from './asking.js';
import { Documents } from './documents.js';
import type { EvaluateManyInput, PrincipalWithPolicies, Question } from './input.js';

const decisions: readonly Decision[] = ['implicitDeny', 'allowed', 'explicitDeny'];

/** The decision on every question for every principal. */
export interface EvaluationMatrix {
  readonly principals: number;
  readonly questions: number;
  /** Both by their position in the input. */
  decision(principal: number, question: number): Decision;
  allowed(principal: number, question: number): boolean;
  /** The whole answer to one question of one principal, worked out when asked from the input, which must not have changed. */
  evaluation(principal: number, question: number): Evaluation;
}

/**
 * Asks every question of every principal. A document that is attached to many principals as the same object is read once, and
 * what it says to a question whoever asks is worked out once; each decision equals the one of `evaluate` with the policies of
 * both together.
 *
 * @example
 * ```ts
 * const readOnly = {
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' },
 * };
 * const matrix = evaluateMany({
 *   principals: ['ana', 'ben'].map((name) => ({
 *     principal: { arn: `arn:aws:iam::111122223333:user/${name}` },
 *     policies: { identityPolicies: name === 'ana' ? [readOnly] : [] },
 *   })),
 *   questions: [
 *     { request: { action: 's3:GetObject', resource: { arn: 'arn:aws:s3:::reports/a', accountId: '111122223333' } } },
 *   ],
 * });
 * console.log(matrix.decision(0, 0), matrix.decision(1, 0)); // allowed implicitDeny
 * ```
 * @throws InvalidPolicyError and InvalidRequestError as `evaluate` does; paths begin at the principal or the question
 */
export function evaluateMany(input: EvaluateManyInput): EvaluationMatrix {
  const { principals, questions } = at('input', () => ({ ...input }));
  return compileMany(principals).evaluate(questions);
}

/** Principals whose policies are compiled, for any number of questions. */
export interface CompiledPrincipals {
  /**
   * Asks every question of every principal.
   * @throws InvalidPolicyError and InvalidRequestError; paths begin at the question
   */
  evaluate(questions: readonly Question[]): EvaluationMatrix;
}

/**
 * Reads principals and their policies once, to ask them any number of questions.
 *
 * @example
 * ```ts
 * const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' } };
 * const principals = compileMany([
 *   { principal: { arn: 'arn:aws:iam::111122223333:role/app' }, policies: { identityPolicies: [document] } },
 * ]);
 * const ask = (action: string) =>
 *   principals.evaluate([{ request: { action, resource: 'arn:aws:sqs:eu-west-1:111122223333:q' } }]).decision(0, 0);
 * console.log(ask('sqs:SendMessage'), ask('sns:Publish')); // allowed implicitDeny
 * ```
 * @throws InvalidPolicyError and InvalidRequestError; paths begin at the principal
 */
export function compileMany(given: readonly PrincipalWithPolicies[]): CompiledPrincipals {
  const principals = readList(given, 'principals');
  const documents = new Documents();
  const memory = new Memory();
  const callers = principals.map((one, i) =>
    at(`principals[${i}]`, () => readCaller(one, documents, memory)),
  );
  return {
    evaluate: (asked) => {
      const questions = readList(asked, 'questions');
      const cells = new Uint8Array(callers.length * questions.length);
      if (callers.length > 0)
        inBlocks(questions.length, 256, (from, to) => {
          const askings = questions
            .slice(from, to)
            .map((question, j) =>
              at(`questions[${from + j}]`, () => new Asking(question, principals[0]!, documents, memory)),
            );
          inBlocks(callers.length, 32, (first, end) => {
            for (const [j, asking] of askings.entries())
              at(`questions[${from + j}]`, () => {
                for (let i = first; i < end; i++)
                  cells[i * questions.length + from + j] = decisions.indexOf(asking.decide(callers[i]!));
              });
          });
        });
      const decision = (principal: number, question: number): Decision =>
        decisions[cells[principal * questions.length + question]!]!;
      return {
        principals: callers.length,
        questions: questions.length,
        decision,
        allowed: (principal, question) => decision(principal, question) === 'allowed',
        evaluation: (principal, question) => wholeAnswer(principals[principal]!, questions[question]!),
      };
    },
  };
}

/** So many callers and questions at a time as a processor has at hand. */
function inBlocks(count: number, size: number, work: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += size) work(from, Math.min(from + size, count));
}

function wholeAnswer(caller: PrincipalWithPolicies, question: Question): Evaluation {
  const policies: PoliciesInput = { ...caller.policies, ...question.policies };
  return compile(policies).evaluate({ ...question.request, principal: caller.principal });
}

function readCaller(
  { principal, policies = {} }: PrincipalWithPolicies,
  documents: Documents,
  memory: Memory,
): Caller {
  const levels = documents.levels(documents.read(policies));
  // Of this request only the caller is taken.
  const asked = parseRequest({ principal, action: 'sts:GetCallerIdentity' }, memory);
  return {
    principal: asked.principal,
    principalTags: asked.principalTags,
    account: isAccountPrincipal(asked.principal) ? asked.principal.account : undefined,
    levels,
    documents: layerKinds.map((kind) => levels[kind].flat()),
    bounded: levels.permissionsBoundary.length > 0,
  };
}

/** A list of objects; what is in them is read later. */
function readList<T>(given: readonly T[], name: 'principals' | 'questions'): readonly T[] {
  const entries = at(name, () => (Array.isArray(given) ? entriesOf(given) : undefined));
  const wrong = entries?.findIndex((one) => !isPlainObject(one)) ?? -1;
  if (entries !== undefined && wrong < 0) return entries as T[];
  const path = entries === undefined ? name : `${name}[${wrong}]`;
  const message = entries === undefined ? 'this is not a list' : 'this is not an object';
  const hint =
    name === 'principals' ? 'pass [{ principal, policies }, …]' : 'pass [{ request, policies }, …]';
  throw new InvalidRequestError([{ path, code: 'ERR_IAM_TYPE', message, hint }]);
}

/** Issues with where in the batch they are. */
function at<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isIamError(error)) {
      // A getter or proxy of the caller's threw: nothing more can be said about the object.
      const message = 'the object throws when it is read';
      throw new InvalidRequestError([
        { path: place, code: 'ERR_IAM_TYPE', message, hint: 'pass plain JSON data' },
      ]);
    }
    const issues = error.issues.map((issue) => ({ ...issue, path: `${place}.${issue.path}` }));
    throw error.code === 'ERR_IAM_INVALID_POLICY'
      ? new InvalidPolicyError(issues)
      : new InvalidRequestError(issues);
  }
}
