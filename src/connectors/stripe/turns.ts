// Work that must not overlap, told apart by a key: what comes second waits for what came first. It does not know what the work is.

export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the work when all earlier work under this key has ended, well or not. */
  async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }

  /** How many keys have work. */
  get busy(): number {
    return this.last.size;
  }
}
