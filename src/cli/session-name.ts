import type { PrincipalHandle } from '../query/index.js';
import { visibleText } from '../value/visible-text.js';
import { Fault } from './fault.js';

/** Refuses `--session-name` beside a caller that it says nothing of. */
export function refuseSessionName(
  sessionName: string | undefined,
  { arn, kind, caller }: PrincipalHandle,
): void {
  if (sessionName === undefined) return;
  const who = visibleText(arn);
  if (kind !== 'role')
    throw new Fault(
      `--session-name: ${who} is no role of the estate, and only a role has sessions; leave the flag out`,
    );
  if (caller.kind === 'principal' && caller.session !== undefined && caller.session !== sessionName)
    throw new Fault(
      `--session-name: PRINCIPAL is the session ${visibleText(caller.session)} already; leave the flag out`,
    );
}
