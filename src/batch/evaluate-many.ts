import { type Decision, decide, type Voices } from '../combine/decide.js';
import { layerTable } from '../combine/layer.js';
import { compile, type Evaluation } from '../compile.js';
import { InvalidPolicyError, InvalidRequestError, isIamError } from '../error.js';
import { strengths } from '../plan/decide.js';
import type { PoliciesInput } from '../policy/document.js';
import type { PolicySetKey } from '../policy/policy.js';
import { Memory } from '../request/memory.js';
import { parseRequest } from '../request/parse.js';
import { isAccountPrincipal, isRole, type Request } from '../request/request.js';
import { entriesOf } from '../value/list.js';
import { Outcome } from '../value/outcome.js';
import { isPlainObject } from '../value/plain.js';
import { type CompiledDocument, type DocumentLevels, Documents } from './documents.js';
import type { EvaluateManyInput, PrincipalWithPolicies, Question } from './input.js';
import { Reduction, type Said } from './reduced.js';

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
      questions.forEach((question, j) => {
        if (callers.length > 0) {
          at(`questions[${j}]`, () => {
            const asking = new Asking(question, principals[0]!, documents, memory);
            for (let i = 0; i < callers.length; i++) {
              cells[i * questions.length + j] = decisions.indexOf(asking.decide(callers[i]!));
            }
          });
        }
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

function wholeAnswer(caller: PrincipalWithPolicies, question: Question): Evaluation {
  const policies: PoliciesInput = { ...caller.policies, ...question.policies };
  return compile(policies).evaluate({ ...question.request, principal: caller.principal });
}

interface Caller {
  readonly request: Request;
  readonly levels: DocumentLevels;
  readonly bounded: boolean;
}

function readCaller(
  { principal, policies = {} }: PrincipalWithPolicies,
  documents: Documents,
  memory: Memory,
): Caller {
  const levels = documents.levels(documents.read(policies));
  // Of this request only the caller is taken.
  const request = parseRequest({ principal, action: 'sts:GetCallerIdentity' }, memory);
  return { request, levels, bounded: levels.permissionsBoundary.length > 0 };
}

/** One question, asked of one caller after another. */
class Asking implements Voices {
  readonly #reduction: Reduction;
  readonly #own: readonly [DocumentLevels, DocumentLevels];
  /** Filled anew for each caller: nothing of it outlives the decision. */
  readonly #request: { -readonly [K in keyof Request]: Request[K] };
  readonly #owner: string | undefined;
  #caller!: Caller;

  constructor(
    { request, policies = {} }: Question,
    first: PrincipalWithPolicies,
    documents: Documents,
    memory: Memory,
  ) {
    const set = documents.read(policies);
    const parsed = parseRequest({ ...request, principal: first.principal }, memory);
    if (set.trustIssues.length > 0 && isRole(parsed.resource)) throw new InvalidPolicyError(set.trustIssues);
    this.#request = { ...parsed };
    this.#reduction = new Reduction(parsed);
    this.#own = [documents.levels(set), documents.levels(set, true)];
    // E11: a resource whose owner is not known belongs to whoever asks.
    const given = typeof request.resource === 'object' ? request.resource.accountId : undefined;
    this.#owner = given ?? parsed.resource.account;
  }

  decide(caller: Caller): Decision {
    const request = this.#request;
    const { principal, principalTags } = caller.request;
    const account = isAccountPrincipal(principal) ? principal.account : undefined;
    request.principal = principal;
    request.principalTags = principalTags;
    request.resourceAccount = this.#owner ?? account;
    request.sameAccount = account !== undefined && request.resourceAccount === account;
    this.#caller = caller;
    return decide(this, request).decision;
  }

  #levels(kind: PolicySetKey): readonly (readonly CompiledDocument[])[] {
    const own = this.#own[this.#caller.bounded ? 1 : 0][kind];
    return own.length > 0 ? own : this.#caller.levels[kind];
  }

  denying(except: PolicySetKey | undefined): PolicySetKey | undefined {
    for (const kind in layerTable) {
      if (kind !== except && this.#denies(kind as PolicySetKey)) return kind as PolicySetKey;
    }
    return undefined;
  }

  #denies(kind: PolicySetKey): boolean {
    const levels = this.#levels(kind);
    for (const level of levels) {
      for (const document of level) {
        const { denies } = this.#reduction.of(document);
        if (denies !== false && layerTable[kind].exempt(this.#request) === undefined && this.#holds(denies))
          return true;
      }
    }
    return false;
  }

  applies(kind: PolicySetKey): boolean {
    return this.#levels(kind).length > 0 && layerTable[kind].exempt(this.#request) === undefined;
  }

  silentLevel(kind: PolicySetKey): number {
    if (!this.applies(kind)) return -1;
    return this.#levels(kind).findIndex(
      (level) => !level.some((document) => this.#holds(this.#reduction.of(document).allows)),
    );
  }

  strengths(): number {
    if (!this.applies('resourcePolicy')) return 0;
    let found = 0;
    for (const level of this.#levels('resourcePolicy')) {
      for (const document of level) {
        this.#reduction.of(document).naming.find(this.#request, (statement) => {
          found |= strengths(statement, this.#request);
          return (found & Outcome.matchedDirect) !== 0;
        });
      }
    }
    return found;
  }

  #holds(said: Said): boolean {
    return typeof said === 'boolean' ? said : said.find(this.#request, anyOne);
  }
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

const anyOne = (): boolean => true;

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
