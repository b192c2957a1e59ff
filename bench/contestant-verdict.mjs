// The library, in the ways in which it can be asked.
import { batchLibrary, library } from './library.mjs';

const { compile, evaluate, parseRequest } = library;
const { compileMany } = batchLibrary;

/** Each set of policies that is asked, compiled once. */
function compileAll({ policySets, setOf }) {
  const compiled = new Map();
  for (const set of setOf) if (!compiled.has(set)) compiled.set(set, compile(policySets[set]));
  return setOf.map((set) => compiled.get(set));
}

export function compiled(workload) {
  const { requests } = workload;
  const asked = compileAll(workload);
  return {
    run: (i) => asked[i].evaluate(requests[i]).allowed,
    decision: (i) => asked[i].evaluate(requests[i]).decision,
  };
}

/** What is left of a decision when the request was read and checked beforehand, as the policies were. */
export function parsed(workload) {
  if (parseRequest === undefined) return { missing: 'the library reads no request beforehand' };
  const requests = workload.requests.map((request) => parseRequest(request));
  return compiled({ ...workload, requests });
}

export function oneShot({ requests, setOf, policySets }) {
  const questions = requests.map((request, i) => ({ request, policies: policySets[setOf[i]] }));
  return {
    run: (i) => evaluate(questions[i]).allowed,
    decision: (i) => evaluate(questions[i]).decision,
  };
}

export function explained(workload) {
  const { requests } = workload;
  const asked = compileAll(workload);
  return {
    run: (i) => asked[i].evaluate(requests[i]).explain().decision === 'allowed',
    decision: (i) => asked[i].evaluate(requests[i]).explain().decision,
  };
}

/** Whether a trace can be asked for that holds the deciding statements alone. */
function knowsBrevity() {
  const Statement = ['s3:Get*', 's3:Put*'].map((Action) => ({ Effect: 'Allow', Action, Resource: '*' }));
  const evaluation = compile({ identityPolicies: [{ Version: '2012-10-17', Statement }] }).evaluate({
    principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
    action: 's3:GetObject',
    resource: { arn: 'arn:aws:s3:::reports/1', accountId: '111122223333' },
  });
  const length = (options) => JSON.stringify(evaluation.explain(options)).length;
  return length({ deciding: true }) < length();
}

export function explainedBriefly(workload) {
  if (!knowsBrevity()) return { missing: 'the library has no such option' };
  const { requests } = workload;
  const asked = compileAll(workload);
  const brief = (i) => asked[i].evaluate(requests[i]).explain({ deciding: true });
  return { run: (i) => brief(i).decision === 'allowed', decision: (i) => brief(i).decision };
}

/** The entry that shares the work of many principals. */
export const batchEntry = 'compileMany of iam-verdict/batch';

/** All principals × all questions: first what has to be prepared, then a pass over all answers. */
export function batch({ policySets, matrix: { callers, questions } }) {
  const asked = questions.map((request) => ({ request }));
  const prepare = () => {
    const all = compileMany(callers.map((principal, i) => ({ principal, policies: policySets[i] })));
    return () => {
      const matrix = all.evaluate(asked);
      return callers.map((_, i) => questions.map((_, j) => matrix.decision(i, j)));
    };
  };
  return { prepare };
}
