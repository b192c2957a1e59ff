import { isAccountId, splitArn } from '../../value/arn.js';
import type { Report } from '../document.js';

/** An identity's ARN as the engine can take it, and the account it belongs to. */
export interface Home {
  readonly arn: string;
  readonly account: string;
  readonly partition: string;
}

/**
 * Finds the account of each ARN. Dumps that were made unreadable on purpose have words in its place: they get the account that was
 * given, or an invented one, and keep their written ARN as a name.
 */
export class Accounts {
  readonly seen = new Map<string, string>();
  readonly #invented = new Map<string, string>();
  readonly #given: string | undefined;
  readonly #report: Report;

  constructor(given: string | undefined, report: Report) {
    this.#given = given;
    this.#report = report;
  }

  homeOf(arn: string, path: string): Home | undefined {
    const parts = splitArn(arn);
    const [prefix, partition, service, , account, rest] = parts;
    if (prefix !== 'arn' || partition === undefined || service !== 'iam' || account === undefined || !rest)
      return undefined;
    if (isAccountId(account)) return this.#at({ arn, account, partition });
    const own = this.#given ?? this.#invent(account, path);
    return this.#at({ arn: `arn:${partition}:iam::${own}:${rest}`, account: own, partition });
  }

  #at(home: Home): Home {
    this.seen.set(home.account, home.partition);
    return home;
  }

  #invent(word: string, path: string): string {
    const known = this.#invented.get(word);
    if (known !== undefined) return known;
    const invented = String(this.#invented.size + 1).padStart(12, '0');
    this.#invented.set(word, invented);
    const message = `the account \`${word.slice(0, 40)}\` is not 12 digits; ${invented} stands for it`;
    this.#report('malformed', `${path}.Arn`, message, 'give `accountId` to say which account it is');
    return invented;
  }
}
