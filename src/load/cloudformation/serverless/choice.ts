import { isRaw, type Raw } from './policies.js';

/** Where a condition takes a given value away, the transform makes what stands for it. */
export interface Choice {
  /** The given value, or what is made. */
  readonly value: Raw;
  /** The condition under which it is made. */
  readonly when: Raw;
}

/** A choice between a value and none; undefined for every other value. */
export function choiceOf(value: unknown, made: unknown): Choice | undefined {
  const choice = isRaw(value) ? value['Fn::If'] : undefined;
  if (!Array.isArray(choice) || typeof choice[0] !== 'string') return undefined;
  const absent = choice.map((one) => isRaw(one) && one.Ref === 'AWS::NoValue');
  if (!absent[1] && !absent[2]) return undefined;
  const condition = { Condition: choice[0] };
  const branch = (i: number) => (absent[i] ? made : choice[i]);
  return {
    value: { 'Fn::If': [choice[0], branch(1), branch(2)] },
    when: absent[1] ? condition : { 'Fn::Not': [condition] },
  };
}
