import { textWords } from '../account/text.js';
import { visibleText } from '../value/visible-text.js';
import { jsonText } from './answer.js';
import { answerData, type PlaceOf } from './answer-data.js';
import { decisionWord, explanationWords, reasonWords } from './answer-words.js';
import { actionNotes, refuseBlanks, resourceNotes } from './asked-action.js';
import { accountGreed, type EstateFile } from './estate-flags.js';
import { askEstate, type EstateQuestionFlags } from './estate-question.js';
import { Fault } from './fault.js';
import type { ExitCode, Io } from './io.js';
import { missingWords } from './missing-words.js';
import { printAssumptions, printHowToAskWhy, printNotes } from './notes.js';
import type { PolicyFlags } from './policy-flags.js';
import type { TakenQuestion } from './question-from.js';
import { asWritten } from './refused.js';
import { refuseSessionName } from './session-name.js';
import { callerSessionNotes } from './session-policies.js';
import type { Sources } from './source.js';
import { originOf, targetKey, targetOf } from './statement-origin.js';
import { withUnknown } from './unknown-facts.js';

/** What `can` is told of a question to an estate. */
export interface EstateCanFlags extends EstateQuestionFlags, Omit<PolicyFlags, 'session' | 'resourcePolicy'> {
  readonly principal?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly issuer?: string;
  readonly input?: string;
}

/** Flags of `can` that say what an estate knows itself. */
const others = ['identity', 'boundary', 'scp', 'rcp', 'endpointPolicy', 'input', 'issuer'] as const;

/** `can`, asked of an estate. */
export async function canInEstate(
  files: readonly EstateFile[],
  { flags, disagreement }: TakenQuestion<EstateCanFlags>,
  io: Io,
  sources: Sources,
): Promise<ExitCode> {
  const { principal, action, resource = '*' } = flags;
  const other = others.find((flag) => flags[flag] !== undefined);
  if (other !== undefined) {
    const written = `--${other.replace('endpointPolicy', 'endpoint-policy')}`;
    const says =
      other === 'scp' || other === 'rcp' ? 'an organization says it (--org FILE)' : 'the estate says it';
    throw new Fault(`${written} and ${files[0]!.flag} do not go together: ${says}; keep one of them`);
  }
  if (principal === undefined || action === undefined) {
    const missing = principal === undefined ? 'PRINCIPAL and ACTION are' : 'ACTION is';
    const write = `write: iam-verdict can PRINCIPAL ACTION [RESOURCE] ${files[0]!.flag} …`;
    throw new Fault(`${missing} missing; ${write} (${accountGreed})`);
  }
  refuseBlanks(action);
  const unknownAction = await actionNotes(action);
  const onResource = await resourceNotes(action);
  const json = flags.json === true;
  const given = [
    { path: 'request.action', name: asWritten('ACTION', action) },
    { path: 'request.resource', name: asWritten('RESOURCE', flags.resource) },
    { path: 'request.principal', name: asWritten('PRINCIPAL', principal) },
  ];
  return askEstate(
    files,
    flags,
    io,
    ({ estate, facts, diagnostics, notes: onFacts, placeIn }) => {
      const caller = estate.principal(principal);
      refuseSessionName(flags.sessionName, caller);
      const answer = estate.can(caller, action, resource, facts);
      const notes = [
        ...unknownAction,
        ...onResource(textWords(targetOf(estate, action, resource))),
        ...onFacts,
        ...callerSessionNotes(facts.sessionPolicies, caller.arn),
        ...disagreement({ decision: answer.decision, explain: () => answer.explain() }),
      ];
      const verbose = flags.verbose === true;
      const explain = flags.explain === true || verbose;
      const target = targetKey(estate, action, resource);
      const placeOf: PlaceOf = (statement) => {
        const origin = originOf(statement, { linked: estate.linked, caller: caller.caller, target, facts });
        return origin && placeIn(origin);
      };
      printNotes(notes, json, io);
      if (json) io.stdout(jsonText({ ...answerData(answer, explain, placeOf), notes, diagnostics }));
      else if (explain) io.stdout(`${explanationWords(answer, io.colour, verbose, placeOf)}\n`);
      else {
        // An explanation says it of each condition.
        const { decision, allowed } = answer;
        const missing =
          allowed || decision === 'depends'
            ? ''
            : missingWords(answer.missingContext, (keys) =>
                estate.can(caller, action, resource, withUnknown(facts, keys)),
              );
        const line = `${decisionWord(decision, io.colour)} ${by(decision)}${visibleText(reasonWords(answer))}`;
        io.stdout(`${line}\n${missing}`);
        // An explanation holds them.
        printAssumptions(answer.assumptions, io);
        printHowToAskWhy(allowed, io);
      }
      if (answer.decision === 'depends') return 3;
      return answer.allowed ? 0 : 1;
    },
    given,
    sources,
  );
}

const by = (decision: string): string => (decision === 'depends' ? '' : 'by ');
