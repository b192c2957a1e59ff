import type { Command } from 'commander';
import { type Evaluation, evaluate, isIamError, type Trace } from '../index.js';
import {
  evaluatePartial,
  evaluateReachable,
  formatPartial,
  formatReachable,
  type PartialEvaluation,
  type PartialEvaluationInput,
  type Reachable,
} from '../partial/index.js';
import { answerLine, explanation, jsonText, terminalStyle, traceOf } from './answer.js';
import { actionNotes, refuseBlanks, resourceNotes } from './asked-action.js';
import { canInEstate } from './can-estate.js';
import { asInput, type Case, isObject, readCases } from './case-file.js';
import { policyNotes } from './case-notes.js';
import { addEstateFlags, type EstateFlags, estateHelp, estateNeeded } from './estate-flags.js';
import { Fault } from './fault.js';
import { level, once, pair, repeated, sessionName, tag, unknownKey } from './flag-value.js';
import { givenKeys, givenValues, notesOnKeys, notesOnValues } from './given-keys.js';
import type { ExitCode, Io } from './io.js';
import { addMfaFlags } from './mfa-flags.js';
import { missingWords } from './missing-words.js';
import { printAssumptions, printHowToAskWhy, printNotes } from './notes.js';
import type { Origin } from './origin.js';
import { type PolicyFlags, readPolicies } from './policy-flags.js';
import { type RequestFlags, readRequest } from './question.js';
import { type AnsweredHere, type TakenQuestion, takeQuestion } from './question-from.js';
import { refused, refuseEmpty } from './refused.js';
import { Sources } from './source.js';

interface CanFlags extends RequestFlags, PolicyFlags, EstateFlags {
  readonly from?: string;
  readonly input?: string;
  readonly sessionName?: string;
  readonly vpcEndpoint?: string;
  readonly explain?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Of a denial that means nothing yet. */
const noPolicies =
  'no policies were given, so that everything is denied; write for example --identity FILE, or --account FILE';

/** Flags that mean nothing without the files of an estate. */
const estateOnly = [
  ['accountId', '--account-id'],
  ['managementAccount', '--management-account'],
  ['region', '--region'],
  ['parameter', '--parameter'],
  ['import', '--import'],
  ['nested', '--nested'],
  ['strict', '--strict'],
  ['sessionName', '--session-name'],
  ['vpcEndpoint', '--vpc-endpoint'],
] as const;

const examples = `
A file name may be - once: standard input. Policy files are JSON; a file name must hold no comma in --scp and --rcp.
With --input, the arguments and request flags win over the request of the file (a PRINCIPAL or RESOURCE replaces the
file's one together with its tags); --identity and --session add to its policies, the other policy flags replace them.

With the files of an estate (--account, --org, --cfn, --cdk, --terraform, --resource-policies) the policies come from
them.${estateHelp.replace('\n', ' ')}

Exit code: 0 allowed, 1 denied, 2 no answer (wrong usage, unreadable file, malformed policy or request), 3 it depends
on what --unknown, --unknown-rest or the estate leaves open: the answer then says on what, and when it is allowed.

Examples:
  $ iam-verdict can arn:aws:iam::111122223333:user/alice s3:GetObject arn:aws:s3:::reports/2026.csv \\
      --resource-account 111122223333 --identity alice.json --explain
  $ iam-verdict can arn:aws:sts::111122223333:assumed-role/ci/build ec2:RunInstances '*' \\
      --identity ci.json --boundary boundary.json --scp root.json --scp ou.json,ou-regions.json --scp account.json
  $ iam-verdict can lambda.amazonaws.com sts:AssumeRole arn:aws:iam::111122223333:role/fn --resource-policy trust.json
  $ iam-verdict can --input case.yaml --mfa 300 --context aws:RequestedRegion=eu-west-1 --json
  $ iam-verdict can --input case.json --unknown aws:MultiFactorAuthPresent --unknown 'aws:PrincipalTag/*'
  $ aws iam get-role-policy … --query PolicyDocument | iam-verdict can … --identity -
  $ iam-verdict can --from message.txt --account account.json --explain
  $ iam-verdict can --from event.json --mfa --account account.json --json
  $ iam-verdict can alice s3:GetObject reports/2026.csv --account account.json --resource-policies buckets.json --explain
  $ iam-verdict can App/Handler s3:GetObject App/Bucket/2026.csv --cdk cdk.out
`;

export function addCan(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command('can')
    .summary('answer one access question: may PRINCIPAL do ACTION on RESOURCE?')
    .description('Answers one access question: may PRINCIPAL do ACTION on RESOURCE, and why?')
    .argument(
      '[principal]',
      'ARN, service principal, identity provider, or anonymous; of an estate also any name',
    )
    .argument('[action]', 'one action, such as s3:GetObject')
    .argument(
      '[resource]',
      "ARN (of an estate also a name), or '*' (also when absent) for an action that takes none",
    )
    .optionsGroup('Policies:')
    .option('--identity <file>', 'policy of the caller or its groups; repeatable', repeated)
    .option('--boundary <file>', "the caller's permissions boundary", once)
    .option('--session <file>', 'session policy; repeatable', repeated)
    .option('--resource-policy <file>', 'policy of the resource; the trust policy of a role', once)
    .option(
      '--scp <file,…>',
      'service control policies of one level; repeat from the root to the account',
      level,
    )
    .option('--rcp <file,…>', "resource control policies of the resource's account, likewise", level)
    .option('--endpoint-policy <file>', 'policy of the VPC endpoint the request passes', once)
    .option(
      '--from <file>',
      'an AccessDenied message or an event of CloudTrail, for PRINCIPAL, ACTION, RESOURCE and what it says of the request; the arguments and flags go over it',
      once,
    )
    .option('--input <file>', 'a case (JSON or YAML) with request and policies; the flags go over it', once);
  addMfaFlags(command.optionsGroup('Request:'))
    .option('--issuer <arn>', 'role of the session, where it has a path; user behind a federated user', once)
    .option('--principal-tag <key=value>', 'tag of the caller; repeatable', tag)
    .option('--resource-tag <key=value>', 'tag of the resource; repeatable', tag)
    .option('--resource-account <id>', "the owner's 12 digits, where the ARN does not say (S3)", once)
    .option('--source-ip <address>', 'IPv4 or IPv6', once)
    .option('--time <time>', 'ISO 8601 or epoch seconds; absent: the time keys are missing', once)
    .option('--context <key=value>', 'any other condition key; the same key again makes a list', pair)
    .option(
      '--unknown <key>',
      'a key that may have any value or be absent; * after a slash; repeatable',
      unknownKey,
    )
    .option('--unknown-rest', 'every key that is neither given nor follows from the request is unknown')
    .option('--session-name <name>', 'with an estate: ask as a session of the role', sessionName)
    .option(
      '--vpc-endpoint <id>',
      'with an estate: the VPC endpoint the request passes, by id or name',
      once,
    );
  const files = addEstateFlags(command);
  command
    .optionsGroup('Output:')
    .option('--explain', 'why, and what would change the answer')
    .option('--verbose', 'explain with every statement of every policy')
    .option('--json', 'one JSON object: decision, allowed, decidedBy, denies, …; trace with --explain')
    .addHelpText('after', examples)
    .action(async (principal?: string, action?: string, resource?: string, given: CanFlags = {}) => {
      const flags = { ...given, principal, action, resource };
      refuseEmpty({ PRINCIPAL: principal, ACTION: action, RESOURCE: resource });
      const sources = new Sources(io);
      const inEstate = files.length > 0;
      const taken = await takeQuestion(flags, inEstate, sources);
      exit(await (inEstate ? canInEstate(files, taken, io, sources) : can(taken, io, sources)));
    });
}

async function can(
  { flags, disagreement }: TakenQuestion<CanFlags>,
  io: Io,
  sources: Sources,
): Promise<ExitCode> {
  const lone = estateOnly.find(([flag]) => flags[flag] !== undefined);
  if (lone !== undefined) throw new Fault(`${lone[1]} says something of an estate, and ${estateNeeded}`);
  const { json, verbose = false } = flags;
  const explain = flags.explain === true || verbose;
  const file = flags.input === undefined ? undefined : readInput(flags.input, sources);
  requireQuestion(flags, file);
  const { request, origins: requestOrigins } = readRequest(flags, file);
  const { policies, origins: policyOrigins } = readPolicies(flags, file, sources);

  const origins = [...(file?.origins ?? []), ...requestOrigins, ...policyOrigins];
  const { action, resource = '*', context, unknown } = isObject(request) ? request : {};
  // A case file says `{}` where it means none.
  const bare = file === undefined && policyOrigins.length === 0;
  refuseBlanks(action);
  const input = { request, policies } as unknown as PartialEvaluationInput;
  const notesOn = async (decision: AnsweredHere['decision'], explain: () => Trace, told: Trace) => [
    ...(await actionNotes(action)),
    ...(await resourceNotes(action))(isObject(resource) ? resource.arn : resource),
    ...(await notesOnKeys(givenKeys(context, unknown))),
    ...(await notesOnValues(givenValues(context))),
    ...policyNotes(request, policies, told),
    ...(bare && decision !== 'allowed' ? [noPolicies] : []),
    ...(bare ? [] : disagreement({ decision, explain })),
  ];
  if (unknown !== undefined) {
    const partial = ask(() => evaluatePartial(input), origins);
    // Whom a kind of policy does not limit is the same in all ways, and so is what is taken for granted.
    const told = evaluateReachable(input, partial.reachable[0]!).explain({ deciding: true });
    const notes = await notesOn(partial.decision, () => told, told);
    printNotes(notes, json === true, io);
    const { assumptions } = told;
    return printPartial(
      input,
      partial,
      { assumptions, notes },
      { json: json === true, explain, verbose },
      io,
    );
  }
  const evaluation = ask(() => evaluate(asInput({ request, policies })), origins);
  const { decision, allowed, decidedBy, denies, missingContext } = evaluation;
  const told = evaluation.explain({ deciding: true });
  const notes = await notesOn(decision, () => evaluation.explain(), told);
  printNotes(notes, json === true, io);
  const { assumptions } = told;
  if (json === true) {
    const trace = explain ? { trace: traceOf(evaluation) } : {};
    io.stdout(
      jsonText({ decision, allowed, decidedBy, denies, missingContext, assumptions, notes, ...trace }),
    );
    return allowed ? 0 : 1;
  }
  if (explain) io.stdout(`${explanation(evaluation, { colour: io.colour, verbose })}\n`);
  else {
    // An explanation says it of each condition.
    const missing = allowed
      ? ''
      : missingWords(missingContext, (unknown) =>
          evaluatePartial({ ...input, request: { ...input.request, unknown } }),
        );
    io.stdout(`${answerLine(evaluation, io.colour)}\n${missing}`);
    // An explanation holds them.
    printAssumptions(assumptions, io);
    printHowToAskWhy(allowed, io);
  }
  return allowed ? 0 : 1;
}

function readInput(name: string, sources: Sources): Case {
  const cases = readCases(sources.readFor('--input', name), sources);
  if (cases.length === 1) return cases[0]!;
  throw new Fault(
    `${name} holds ${cases.length} cases, and --input takes one; write one case, or run all with: iam-verdict test ${name}`,
  );
}

function requireQuestion(flags: CanFlags, file: Case | undefined): void {
  if (file === undefined) {
    if (flags.principal === undefined || flags.action === undefined) {
      const missing = flags.principal === undefined ? 'PRINCIPAL and ACTION are' : 'ACTION is';
      throw new Fault(
        `${missing} missing; write: iam-verdict can PRINCIPAL ACTION [RESOURCE], --from FILE or --input FILE`,
      );
    }
    return;
  }
  if (file.request === undefined && (flags.principal === undefined || flags.action === undefined)) {
    throw file.fault(
      '',
      'there is no request; write "request": { … }, or give PRINCIPAL and ACTION; an event of CloudTrail is for --from',
    );
  }
  if (file.policies === undefined) {
    throw file.fault('', 'there are no policies; write "policies": { … }, or {} for none');
  }
}

interface PartialStyle {
  readonly json: boolean;
  readonly explain: boolean;
  readonly verbose: boolean;
}

/** To explain what depends, each decision that can be reached is explained at the example given for it. */
function printPartial(
  input: PartialEvaluationInput,
  partial: PartialEvaluation,
  said: { readonly assumptions: readonly string[]; readonly notes: readonly string[] },
  { json, explain, verbose }: PartialStyle,
  io: Io,
): ExitCode {
  const { reachable } = partial;
  const at = (way: Reachable): Evaluation => evaluateReachable(input, way);
  if (json) {
    const ways = explain ? reachable.map((way) => ({ ...way, trace: traceOf(at(way)) })) : reachable;
    io.stdout(jsonText({ ...partial, reachable: ways, ...said }));
  } else {
    io.stdout(`${formatPartial(partial)}\n`);
    if (!explain) {
      printAssumptions(said.assumptions, io);
      printHowToAskWhy(partial.decision === 'allowed', io);
    }
    const { colour } = io;
    const heading = terminalStyle(colour);
    for (const way of explain ? reachable : [])
      io.stdout(
        `\n${heading('heading', `With ${formatReachable(way)}`)}\n${explanation(at(way), { colour, verbose })}\n`,
      );
  }
  if (partial.decision === 'depends') return 3;
  return partial.decision === 'allowed' ? 0 : 1;
}

/** Malformed input is a fault, with the places to mend. */
function ask<T>(answer: () => T, origins: readonly Origin[]): T {
  try {
    return answer();
  } catch (error) {
    throw isIamError(error) ? refused(error, origins) : error;
  }
}
