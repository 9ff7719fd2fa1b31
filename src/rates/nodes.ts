// How many nodes a connection has: more while calls have to wait, fewer when for some time fewer would have done. Told once a
// second what was asked for; it knows no clock of its own and no calls.

export interface NodeLimits {
  readonly min: number;
  readonly max: number;
}

/** What was asked for in the last second. */
export interface Load {
  /** Transactions a second, those that were refused too. */
  readonly asked: number;
  /** Some had to wait for longer than a moment, or were refused. */
  readonly short: boolean;
}

export interface Nodes {
  readonly count: number;
  /** Goes on from another number: what another process made of it, or other limits. */
  set(count: number, limits: NodeLimits): void;
  /** @returns the number from now on. */
  tell(load: Load): number;
}

/** A burst of a second is the queue's to smooth; a second one is demand. */
const SHORT_TELLS = 2;
/** What a node is to be used by when there are to be fewer, so that the rest do not run short at once. */
const USE = 0.8;

/** @param perNode transactions a second; idleTells seconds for which fewer nodes must have been enough before there are fewer. */
export function createNodes({ min, max }: NodeLimits, perNode: number, idleTells: number): Nodes {
  let limits = { min, max };
  let count = min;
  let shortTells = 0;
  let asked = 0;
  let calmTells = 0;
  /** The most nodes that any second of the calm would have used. */
  let calmMost = 0;

  const within = (wanted: number): number => Math.max(limits.min, Math.min(limits.max, wanted));

  function grow(): void {
    // What is refused comes again, so that a demand looks larger than it is: it is met by doubling and not at once.
    const wanted = Math.min(Math.ceil(asked / perNode), count * 2);
    count = within(Math.max(count + 1, wanted));
  }

  return {
    get count() {
      return count;
    },
    set(next, between) {
      limits = between;
      count = within(next);
    },
    tell(load) {
      asked = load.short && shortTells > 0 ? Math.max(asked, load.asked) : load.asked;
      shortTells = load.short ? shortTells + 1 : 0;
      if (shortTells >= SHORT_TELLS) grow();
      const needed = within(Math.ceil(load.asked / (perNode * USE)));
      if (load.short || needed >= count) {
        calmTells = 0;
        calmMost = 0;
        return count;
      }
      calmTells += 1;
      calmMost = Math.max(calmMost, needed);
      if (calmTells < idleTells) return count;
      count = calmMost;
      calmTells = 0;
      calmMost = 0;
      return count;
    },
  };
}
