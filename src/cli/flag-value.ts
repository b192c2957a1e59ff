import { InvalidArgumentError } from 'commander';

/** Readers of flag values, in the form commander calls them: the text, and what the flag has gathered so far. */

/** A flag that may stand only once: with two of them, one would silently not count. */
export function once(text: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('The flag stands twice; keep one of them.');
  return text;
}

export const repeated = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** One level of an organization: file names, separated by commas. */
export function level(text: string, before: readonly string[][] = []): string[][] {
  const files = text.split(',');
  if (files.includes('')) {
    throw new InvalidArgumentError('A file name is empty; write the files of one level as a.json,b.json.');
  }
  return [...before, files];
}

export type Pair = readonly [key: string, value: string];

/** `key=value`; the value may hold further equals signs, or be empty. */
export function pair(text: string, before: readonly Pair[] = []): Pair[] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Write key=value.');
  return [...before, [text.slice(0, equals), text.slice(equals + 1)]];
}

/** A tag: a key has one value. Tag keys are compared without regard to letter case. */
export function tag(text: string, before: readonly Pair[] = []): Pair[] {
  const tags = pair(text, before);
  const key = tags.at(-1)![0].toLowerCase();
  if (before.some(([other]) => other.toLowerCase() === key)) {
    throw new InvalidArgumentError('The tag stands twice; keep one of them.');
  }
  return tags;
}

/** The age of an MFA. Without a value commander does not call this. */
export function seconds(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(
    'Write the age in whole seconds, as in --mfa=300; without an age, put --mfa behind the arguments.',
  );
}

/** What AWS takes as RoleSessionName. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function sessionName(text: string, before: string | undefined): string {
  if (!/^[\w+=,.@-]{2,64}$/.test(text))
    throw new InvalidArgumentError('Write 2 to 64 letters, digits or signs of _+=,.@- as AWS takes them.');
  return once(text, before);
}

/** A condition key, or all keys behind a slash. */
export function unknownKey(text: string, before: readonly string[] = []): string[] {
  if (!/^[^*\s]+(?:\/\*)?$/.test(text))
    throw new InvalidArgumentError(
      'Write --unknown KEY with one key, such as aws:SourceIp, or all keys behind a slash, as in aws:PrincipalTag/*.',
    );
  return [...before, text];
}
