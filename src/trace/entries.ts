import type { EntryTrace } from '../plan/explain.js';

type Written = Pick<EntryTrace, 'text' | 'substituted'>;

/** More than this nobody reads: policies of AWS list a thousand actions. */
const most = 20;

/** What a policy says, and what it says in this request where variables stand in it. */
export const written = ({ text, substituted }: Written): string =>
  substituted === undefined ? text : `${text} = ${substituted ?? '(no value)'}`;

/** A list as it is written; with a request, of a long one what begins most like the request, and how much is left. */
export function listed(entries: readonly Written[], request?: string): string {
  const left = entries.length - most;
  if (request === undefined || left <= 0) return entries.map(written).join(', ');
  const alike = ({ text }: Written): number => {
    let i = 0;
    while (i < request.length && text[i] === request[i]) i++;
    return i;
  };
  const nearest = [...entries].sort((a, b) => alike(b) - alike(a)).slice(0, most);
  return `${listed(nearest)} … and ${left} more`;
}
