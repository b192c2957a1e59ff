import { layerKinds } from '../combine/layer.js';
import { compile, type Evaluation } from '../compile.js';
import { InvalidPolicyError, InvalidRequestError, isIamError } from '../error.js';
import type { PoliciesInput } from '../policy/document.js';
import type { PolicySetKey } from '../policy/policy.js';
import { Memory } from '../request/memory.js';
import { parseRequest } from '../request/parse.js';
import type { Decision } from '../trace/decision.js';
import { entriesOf } from '../value/list.js';
import { isPlainObject } from '../value/plain.js';
import { Asking, type Crowd, decisions } from './asking.js';
import { Documents } from './documents.js';
import type { EvaluateManyInput, PrincipalWithPolicies, Question } from './input.js';
import { Levels } from './levels.js';
import { PeerGroups } from './peers.js';

/** The decision on every question for every principal. */
export interface EvaluationMatrix {
  /** How many principals there are. */
  readonly principals: number;
  /** How many questions there are. */
  readonly questions: number;
  /**
   * Both by their position in the input.
   * @throws InvalidRequestError for a position that the input does not have; so do `allowed` and `evaluation`
   */
  decision(principal: number, question: number): Decision;
  /** Whether the decision is `allowed`. */
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
  const reading: Reading = {
    documents: new Documents(),
    levels: new Levels(),
    groups: new PeerGroups(),
    memory: new Memory(),
  };
  principals.forEach((one, i) => {
    at(`principals[${i}]`, () => readCaller(one, reading));
  });
  const { count } = reading.documents;
  const peers = reading.groups.all;
  let crowd: Crowd | undefined;
  return {
    evaluate: (asked) => {
      const questions = readList(asked, 'questions');
      const cells = new Uint8Array(principals.length * questions.length);
      if (principals.length > 0) {
        crowd ??= { ...reading, count, byAction: reading.documents.byAction() };
        for (let j = 0; j < questions.length; j++)
          at(`questions[${j}]`, () => {
            const asking = new Asking(questions[j]!, principals[0]!, crowd!);
            for (const some of peers) asking.ask(some, cells, j * principals.length);
          });
      }
      const decision = (principal: number, question: number): Decision => {
        inside(principal, principals, 'principals');
        inside(question, questions, 'questions');
        return decisions[cells[question * principals.length + principal]!]!;
      };
      return {
        principals: principals.length,
        questions: questions.length,
        decision,
        allowed: (principal, question) => decision(principal, question) === 'allowed',
        evaluation: (principal, question) => {
          inside(principal, principals, 'principals');
          inside(question, questions, 'questions');
          return wholeAnswer(principals[principal]!, questions[question]!);
        },
      };
    },
  };
}

function wholeAnswer(caller: PrincipalWithPolicies, question: Question): Evaluation {
  const policies: PoliciesInput = { ...caller.policies, ...question.policies };
  return compile(policies).evaluate({ ...question.request, principal: caller.principal });
}

/** A place outside of the input would otherwise be read as another one inside. */
function inside(place: unknown, list: readonly unknown[], name: 'principals' | 'questions'): void {
  if (typeof place === 'number' && place >= 0 && place < list.length && Number.isInteger(place)) return;
  // Of what is no number and no text, the text may throw.
  const shown = typeof place === 'number' || typeof place === 'string' ? place : typeof place;
  const message = `there is no such place: the batch has ${list.length} ${name}`;
  const hint = list.length === 0 ? `pass ${name}` : `ask for 0 to ${list.length - 1}`;
  throw new InvalidRequestError([{ path: `${name}[${shown}]`, code: 'ERR_IAM_VALUE', message, hint }]);
}

type Reading = Omit<Crowd, 'count' | 'byAction'>;

function readCaller(
  { principal, policies = {} }: PrincipalWithPolicies,
  { documents, levels, groups, memory }: Reading,
): void {
  const set = documents.read(policies);
  const bounded = set.levels.permissionsBoundary.length > 0;
  const numbers = {} as Record<PolicySetKey, readonly number[]>;
  for (const kind of layerKinds) {
    numbers[kind] = set.levels[kind].map((level) =>
      levels.of(level.map((policy) => documents.compiled(policy, kind, bounded).number)),
    );
  }
  // Of this request only the caller is taken.
  groups.add(parseRequest({ principal, action: 'sts:GetCallerIdentity' }, memory), numbers);
}

const members: Readonly<Record<'principals' | 'questions', readonly string[]>> = {
  principals: ['principal', 'policies'],
  questions: ['request', 'policies'],
};

/** A list of objects; what is in them is read later. */
function readList<T>(given: readonly T[], name: 'principals' | 'questions'): readonly T[] {
  const entries = at(name, () => (Array.isArray(given) ? entriesOf(given) : undefined));
  const wrong = entries?.findIndex((one) => !isPlainObject(one)) ?? -1;
  if (entries !== undefined && wrong < 0) {
    entries.forEach((one, i) => {
      at(`${name}[${i}]`, () => refuseOthers(one as Record<string, unknown>, name));
    });
    return entries as T[];
  }
  const path = entries === undefined ? name : `${name}[${wrong}]`;
  const message = entries === undefined ? 'this is not a list' : 'this is not an object';
  const hint =
    name === 'principals' ? 'pass [{ principal, policies }, …]' : 'pass [{ request, policies }, …]';
  throw new InvalidRequestError([{ path, code: 'ERR_IAM_TYPE', message, hint }]);
}

/** Policies under a misspelt name would not count, as if there were none; undefined is absent, as it is in JSON. */
function refuseOthers(one: Readonly<Record<string, unknown>>, name: 'principals' | 'questions'): void {
  for (const path of Object.keys(one)) {
    if (members[name].includes(path) || one[path] === undefined) continue;
    const message = `\`${path}\` is no member of a ${name.slice(0, -1)}`;
    const hint = `write ${members[name].join(' or ')}`;
    throw new InvalidRequestError([{ path, code: 'ERR_IAM_UNKNOWN_MEMBER', message, hint }]);
  }
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
