// Work that is done in groups: what comes while a group is under way goes with the next, so that many who come together cost
// the store little more than one. It does not know what the work is.

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly done: (result: Result) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * @param run does a group; gives one result for each item, in order.
 * @param most how many items a group has.
 */
export function createGroup<Item, Result>(run: (items: readonly Item[]) => Promise<readonly Result[]>, most: number): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, most);
      waiting = waiting.slice(group.length);
      try {
        const results = await run(group.map(({ item }) => item));
        for (const [index, { done, failed }] of group.entries()) {
          const result = results[index];
          if (result === undefined) failed(new Error('The store gave no result.'));
          else done(result);
        }
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    running = false;
  }

  return (item) => new Promise<Result>((done, failed) => {
    waiting.push({ item, done, failed });
    if (!running) void drain();
  });
}
