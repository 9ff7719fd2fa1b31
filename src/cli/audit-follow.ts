// Records of the audit log as they are stored. All servers of an installation store them, in no order that one could go on from: each
// look takes the last half minute in again, and gives what was not there before.
import { eachPage } from '../client/pages.ts';

/** What is known of a record beside what it says. */
export interface FollowedRecord {
  readonly name: string;
  /** RFC 3339: when the call ended. */
  readonly time: string;
}

export interface FollowParts<Entry extends FollowedRecord> {
  /** A page, newest first, of records that ended at a moment or later; older ones may be among them. */
  readonly read: (page: { readonly from: string; readonly pageToken?: string }) => Promise<{ readonly entries: readonly Entry[]; readonly nextPageToken?: string | undefined }>;
  /** RFC 3339: nothing older is given. */
  readonly since: string;
  /** Waits before the next look. */
  readonly pause: () => Promise<void>;
}

/** A record that is stored later than this after its call may be missed. */
const LATEST_MS = 30_000;

/** Batches, oldest first, without end. @throws what `read` and `pause` throw */
export async function* follow<Entry extends FollowedRecord>({ read, since, pause }: FollowParts<Entry>): AsyncGenerator<readonly Entry[]> {
  const begin = Date.parse(since);
  const seen = new Map<string, number>();
  for (let newest = begin; ; await pause()) {
    const from = Math.max(begin, newest - LATEST_MS);
    const found: Entry[] = [];
    for await (const { entries } of eachPage((next) => read({ from: new Date(from).toISOString(), ...next }))) {
      for (const entry of entries) {
        const time = Date.parse(entry.time);
        if (time < from || seen.has(entry.name)) continue;
        seen.set(entry.name, time);
        found.push(entry);
        newest = Math.max(newest, time);
      }
      const last = entries.at(-1);
      if (last !== undefined && Date.parse(last.time) < from) break;
    }
    for (const [name, time] of seen) if (time < newest - LATEST_MS) seen.delete(name);
    yield found.toReversed();
  }
}
