import type { Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { WhoCanFacts } from '../query/who-can.js';

/** The kind of policy that must deny, or a rule of the service that no policy holds. */
export type DeniedBy = PolicySetKey | 'service';

/** What one assertion asks and expects, with its names looked up: plain JSON, so that it can be asked again elsewhere. */
export type Assertion = {
  /** The test it stood in, where the test framework says it. */
  readonly test?: string;
  /** The file of that test. */
  readonly file?: string;
  /** Written with `.not`. */
  readonly not: boolean;
  /** As it was asked for, `s3:GetObject`. */
  readonly action: string;
  /** Its ARN, or `*`; of an action on objects, asked of a bucket, all its objects as a hole. */
  readonly resource: Text;
} & (
  | { readonly matcher: 'toBeAllowedTo'; readonly caller: Caller; readonly facts: Facts }
  | {
      /** Told apart by it. */
      readonly matcher: 'toBeDeniedTo';
      /** Who asks. */
      readonly caller: Caller;
      /** What is known of the request. */
      readonly facts: Facts;
      /** What must deny. */
      readonly by?: DeniedBy;
    }
  | {
      /** Told apart by it. */
      readonly matcher: 'toBeReachableOnlyBy';
      /** As they were written. */
      readonly names: readonly string[];
      /** What is known of the request. */
      readonly facts: WhoCanFacts;
    }
);

/** Whether the estate is as the assertion says, `.not` left aside. */
export interface Verdict {
  /** Whether it is. */
  readonly pass: boolean;
  /** Why it is not, or for `.not` why it is. */
  message(): string;
}
