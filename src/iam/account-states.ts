// Whether service accounts are here and may be used, kept in memory: it is asked with every call that one makes, and with every
// secret that a connection reads as one.

export type AccountState = 'ENABLED' | 'DISABLED' | 'MISSING';

export interface AccountStates {
  /** At once where it is in memory. */
  of(email: string): AccountState | Promise<AccountState>;
  /** Some account was made, changed or removed. */
  forget(): void;
}

const MOST_KEPT = 10_000;

/** @param read asks the store. */
export function createAccountStates(read: (email: string) => Promise<AccountState>, mostKept: number = MOST_KEPT): AccountStates {
  const known = new Map<string, AccountState>();
  /** Grows with whatever is forgotten, so that what was read before is not kept after. */
  let generation = 0;

  async function load(email: string): Promise<AccountState> {
    const begun = generation;
    const state = await read(email);
    if (begun !== generation) return state;
    if (known.size >= mostKept) known.clear();
    known.set(email, state);
    return state;
  }

  return {
    of: (email) => known.get(email) ?? load(email),
    forget() {
      generation += 1;
      known.clear();
    },
  };
}
