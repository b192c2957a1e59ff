import type { PlanSet } from '../combine/layer.js';
import { isIamError } from '../error.js';
import type { PolicySet } from '../policy/policy-set.js';
import { fillHoles, holeNames, type Texts, textsOf } from './holes.js';
import { SharedDocuments } from './shared-documents.js';

type Filled = ReadonlyMap<string, string>;

/** One way to fill the holes of some policies, read. */
interface Reading {
  readonly read: () => PolicySet;
  readonly issues: number;
  plans: PlanSet | undefined;
}

/** More readings than this are not kept: each holds all policies. */
const maximumReadings = 64;

/** Policies with holes, read once for each way to fill these, for any number of requests. They must not change. */
export class PartialPolicies {
  readonly #policies: unknown;
  readonly #documents: SharedDocuments;
  readonly #readings = new Map<string, Reading>();
  #texts: Texts | undefined;
  #names: readonly string[] | undefined;

  /**
   * @param policies no JSON text among them holds a hole
   * @param documents those of other sets too
   */
  constructor(policies: unknown, documents = new SharedDocuments()) {
    this.#policies = policies;
    this.#documents = documents;
  }

  get texts(): Texts {
    this.#texts ??= textsOf(this.#policies);
    return this.#texts;
  }

  /** The holes of the policies. */
  get names(): readonly string[] {
    this.#names ??= holeNames(this.texts);
    return this.#names;
  }

  /** How many things are wrong with the policies when they are filled so. */
  issues(texts: Filled): number {
    return this.#reading(texts).issues;
  }

  /** @throws InvalidPolicyError */
  read(texts: Filled): PolicySet {
    return this.#reading(texts).read();
  }

  /** @throws InvalidPolicyError */
  plans(texts: Filled): PlanSet {
    const reading = this.#reading(texts);
    reading.plans ??= this.#documents.plans(reading.read());
    return reading.plans;
  }

  #reading(texts: Filled): Reading {
    const { names } = this;
    const name = names.length === 0 ? '' : JSON.stringify(names.map((one) => texts.get(one) ?? null));
    const known = this.#readings.get(name);
    if (known !== undefined) return known;
    const reading = this.#fill(texts);
    if (this.#readings.size >= maximumReadings) this.#readings.clear();
    this.#readings.set(name, reading);
    return reading;
  }

  #fill(texts: Filled): Reading {
    const { value, issues, error } = attempt(() => this.#documents.read(fillHoles(this.#policies, texts)));
    const read = () => {
      if (value === undefined) throw error;
      return value;
    };
    return { read, issues, plans: undefined };
  }
}

/** What work gives, or how many things are wrong with its input. */
export function attempt<T>(work: () => T): { value?: T; issues: number; error?: unknown } {
  try {
    return { value: work(), issues: 0 };
  } catch (error) {
    if (!isIamError(error)) throw error;
    return { issues: error.issues.length, error };
  }
}
