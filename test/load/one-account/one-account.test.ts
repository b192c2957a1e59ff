import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  loadAuthorizationDetails,
  loadCloudFormation,
  loadResourcePolicies,
  loadTerraform,
} from '../../../src/load/index.js';
import type { Estate } from '../../../src/query/index.js';
import { type Dice, drawn } from '../../differential/dice.js';
import { type Block, plan, state, stateFile } from '../terraform/plan-builder.js';
import {
  type Account,
  id,
  isGenerated,
  region,
  resourceArn,
  roleArn,
  stackName,
  userArn,
} from './account.js';
import { asNew } from './as-new-plan.js';
import { asDetails, asResourcePolicies } from './as-snapshot.js';
import { asTemplate } from './as-template.js';
import { asBlocks } from './as-terraform.js';
import { makeAccount } from './make-account.js';
import { facts, type Question, questionsOf, truth } from './questions.js';

interface Written {
  readonly account: Account;
  readonly template: object;
  readonly blocks: readonly Block[];
  /** The same as they are planned. */
  readonly planned: readonly Block[];
}

/** An account and the files that say it. */
function write(dice: Dice): Written {
  const account = makeAccount(dice);
  const template = asTemplate(account, dice);
  const blocks = asBlocks(account, dice);
  return { account, template, blocks, planned: asNew(blocks, dice) };
}

const options = { accountId: id, region };

const forms: Readonly<Record<string, (written: Written) => Estate>> = {
  snapshot: ({ account }) =>
    loadAuthorizationDetails(JSON.stringify(asDetails(account)), options).estate.merge(
      loadResourcePolicies(asResourcePolicies(account), options).estate,
    ),
  template: ({ template }) => loadCloudFormation({ ...template }, { ...options, stackName }).estate,
  state: ({ blocks }) => loadTerraform(state({ blocks }), options).estate,
  'state file': ({ blocks }) => loadTerraform(stateFile({ blocks }), options).estate,
  'new plan': ({ planned }) => loadTerraform(plan({ blocks: planned }), options).estate,
  plan: ({ blocks }) => {
    const kept = blocks.map((one) => ({ ...one, actions: ['no-op'], before: one.values ?? {} }));
    return loadTerraform(plan({ blocks: kept }), options).estate;
  },
};

function asked(estate: Estate, form: string, account: Account, question: Question): string {
  const { caller, action, arn } = question;
  const who = 'user' in caller ? userArn(caller.user) : roleArn(caller.role);
  const session = 'role' in caller ? { session: 's1' } : {};
  // A template does not know the names it leaves to CloudFormation.
  const called = (text: string) =>
    form === 'template' ? logicalName(account, text) : form === 'new plan' ? addressed(account, text) : text;
  return estate.can(called(who), action, called(arn), { ...facts, ...session }).decision;
}

function logicalName({ users, roles, resources }: Account, arn: string): string {
  const places: readonly (readonly [string, string])[] = [
    ...users.map((one, i) => [userArn(one), `User${i}`] as const),
    ...roles.map((one, i) => [roleArn(one), `Role${i}`] as const),
    ...resources.map((one, i) => [resourceArn(one), `Resource${i}`] as const),
  ];
  const [begins, logical] = places.find(([text]) => arn === text || arn.startsWith(`${text}/`))!;
  return isGenerated(begins) ? `${logical}${arn.slice(begins.length)}` : arn;
}

function addressed({ resources }: Account, arn: string): string {
  const key = resources.findIndex((one) => one.kind === 'key' && resourceArn(one) === arn);
  return key < 0 ? arn : `aws_kms_key.d${key}`;
}

/** A plan does not know the text of a policy that names a key that it makes. */
const isTextOpen = ({ resources, ...rest }: Account): boolean =>
  JSON.stringify([rest, resources.map(({ policy }) => policy)]).includes(':key/');

/** Whether an answer is right where something is not known: it may be left open, and a denial is one whatever denies. */
const isPossible = (found: string, is: string): boolean =>
  found === 'depends' || (found !== 'allowed' && is !== 'allowed');

it('an account gets the same answers, whichever file it is read from', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(drawn(write), (written) => {
      const { account } = written;
      const questions = questionsOf(account).map((question) => ({ question, is: truth(account, question) }));
      for (const [form, load] of Object.entries(forms)) {
        const estate = load(written);
        const open = form === 'new plan' && isTextOpen(account);
        for (const { question, is } of questions) {
          const found = asked(estate, form, account, question);
          seen.add(`${form} ${found}`);
          if (!(open && isPossible(found, is)))
            expect({ form, question, found }).toEqual({ form, question, found: is });
        }
      }
    }),
    { numRuns: 40 },
  );
  // Every decision came from every file.
  const decisions = ['allowed', 'explicitDeny', 'implicitDeny'];
  const all = Object.keys(forms).flatMap((form) => decisions.map((decision) => `${form} ${decision}`));
  expect(all.filter((one) => !seen.has(one))).toEqual([]);
}, 120_000);
