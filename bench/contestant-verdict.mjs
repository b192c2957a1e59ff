// The library, in the ways in which it can be asked.
import { library } from './library.mjs';

const { compile, evaluate } = library;

const compileAll = ({ policySets, setOf }) => {
  const compiled = policySets.map((policies) => compile(policies));
  return setOf.map((set) => compiled[set]);
};

export function compiled(workload) {
  const { requests } = workload;
  const asked = compileAll(workload);
  return {
    run: (i) => asked[i].evaluate(requests[i]).allowed,
    decision: (i) => asked[i].evaluate(requests[i]).decision,
  };
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

/** Only where the library can name the deciding statements alone: the short trace is shorter than the whole one. */
export function explainedBriefly(workload) {
  const { requests } = workload;
  const asked = compileAll(workload);
  const brief = (i) => asked[i].evaluate(requests[i]).explain({ deciding: true });
  const shorter = (i) =>
    JSON.stringify(brief(i)).length < JSON.stringify(asked[i].evaluate(requests[i]).explain()).length;
  if (![0, 1, 2, 3].some(shorter)) return { missing: 'explain({ deciding: true }) is not there' };
  return { run: (i) => brief(i).decision === 'allowed', decision: (i) => brief(i).decision };
}

/** All principals × all questions at once; where the library has no such entry, a loop over compiled policies. */
export const batchEntry = 'evaluateMany' in library ? 'evaluateMany' : 'compile in a loop';

/** From the input to every answer: what a first pass costs, and then what a further one costs. */
export function batch({ policySets, matrix: { callers, questions } }) {
  const first = () => {
    const all = policySets.map((policies) => compile(policies));
    return () => {
      const answers = [];
      for (let i = 0; i < all.length; i++) {
        const row = [];
        for (const question of questions)
          row.push(all[i].evaluate({ principal: callers[i], ...question }).decision);
        answers.push(row);
      }
      return answers;
    };
  };
  return { prepare: first };
}
