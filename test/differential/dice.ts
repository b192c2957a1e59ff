import fc, { type Random } from 'fast-check';

/** Choices drawn from the random numbers of fast-check, so that a seed replays them. */
export class Dice {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** From 0 to `last`, both included. */
  upTo(last: number): number {
    return this.#random.nextInt(0, last);
  }

  chance(percent: number): boolean {
    return this.#random.nextInt(1, 100) <= percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.upTo(list.length - 1)] as T;
  }

  /** One list, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let at = this.upTo(choices.reduce((sum, [weight]) => sum + weight, 0) - 1);
    for (const [weight, choice] of choices) {
      if (at < weight) return choice;
      at -= weight;
    }
    throw new Error('no choices');
  }

  /** A number from 0 on, each as likely as its weight says. */
  index(...weights: number[]): number {
    return this.weighted(weights.map((weight, at) => [weight, at] as const));
  }

  /** `count` times what `make` gives; a lone value is bare half of the time (L17). */
  listed<T>(count: number, make: () => T): T | T[] {
    const list = Array.from({ length: count }, make);
    return count === 1 && this.chance(50) ? (list[0] as T) : list;
  }

  /** The text with the letters of some words in another case. */
  recased(text: string): string {
    if (!this.chance(8)) return text;
    return this.chance(50) ? text.toLowerCase() : text.replace(/[a-z]/g, (one) => one.toUpperCase());
  }
}

/** What is drawn with dice; it does not shrink. */
class DrawnArbitrary<T> extends fc.Arbitrary<T> {
  readonly #draw: (dice: Dice) => T;

  constructor(draw: (dice: Dice) => T) {
    super();
    this.#draw = draw;
  }

  generate(random: Random): fc.Value<T> {
    return new fc.Value(this.#draw(new Dice(random)), undefined);
  }

  canShrinkWithoutContext(_value: unknown): _value is T {
    return false;
  }

  shrink(): fc.Stream<fc.Value<T>> {
    return fc.Stream.nil();
  }
}

export const drawn = <T>(draw: (dice: Dice) => T): fc.Arbitrary<T> => new DrawnArbitrary(draw);
