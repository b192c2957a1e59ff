import { closestNames } from '../../account/closest.js';
import { plainWord } from './plain-word.js';
import type { Session } from './session.js';
import type { Stack } from './stack.js';
import { asPlain, isList } from './symbolic.js';

/**
 * Says which of the given parameters none of the templates has. CloudFormation refuses them; here they would leave the default of the
 * one that was meant in force.
 */
export function reportUnusedParameters(
  given: Iterable<string>,
  stacks: readonly Stack[],
  path: string,
  session: Session,
): void {
  const names = stacks.flatMap((one) => Object.keys(one.parameters));
  // Values of dynamic references stand among them.
  for (const name of given)
    if (!name.startsWith('{{') && !names.includes(name))
      reportUnused(session, `${path}.${name}`, `there is no parameter ${name} in the template`, name, names);
}

/** Something that is given and belongs to nothing. */
export function reportUnused(
  session: Session,
  path: string,
  message: string,
  name: string,
  names: readonly string[],
): void {
  const [close] = closestNames(name, names);
  const hint = close === undefined ? 'leave it out' : `did you mean ${close}`;
  session.report({ code: 'ignored', path, message, hint });
}

/** Says which of the given values a parameter does not allow. */
export function reportRefusedValues(stack: Stack, path: string): void {
  for (const [name, declaration] of Object.entries(stack.parameters)) {
    const { AllowedValues: allowed, Type } = (declaration ?? {}) as {
      AllowedValues?: unknown;
      Type?: unknown;
    };
    const given = stack.input.parameters.get(name);
    // Of a parameter in Parameter Store, its name is given and not its value.
    if (!Array.isArray(allowed) || given === undefined || plainWord(Type).startsWith('AWS::SSM::')) continue;
    const isOneOf = /^(?:CommaDelimitedList$|List<)/.test(plainWord(Type));
    const items = isList(given) ? given : [given];
    const texts = items.flatMap((item) => {
      const text = asPlain(item);
      return text === undefined ? [] : isOneOf ? text.split(',').map((part) => part.trim()) : [text];
    });
    const words = allowed.map(plainWord);
    const refused = texts.find((text) => !words.includes(text));
    if (refused === undefined) continue;
    stack.session.report({
      code: 'malformed',
      path: `${path}.${name}`,
      message: `the parameter ${name} does not allow the value ${refused}`,
      hint: `write one of ${words.join(', ')}`,
    });
  }
}
