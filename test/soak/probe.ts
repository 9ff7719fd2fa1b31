// Loaded into the server before it starts: measures its memory and what it holds open, when the soak asks. Not for workers, which
// are started with the same options.
import { readdirSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { Sample } from './sample.ts';

declare const gc: (() => void) | undefined;

function measure(): Sample {
  // Twice: what the first frees may free more.
  gc?.();
  gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const kinds = Map.groupBy(process.getActiveResourcesInfo(), (kind) => kind);
  return {
    rss: rss / 1e6, heap: (heapUsed + external) / 1e6, files: openFiles(),
    sockets: kinds.get('TCPSocketWrap')?.length ?? 0, timers: kinds.get('Timeout')?.length ?? 0,
  };
}

/** Where the system tells; else 0. */
function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}

if (isMainThread) {
  process.on('message', (message) => {
    if (message === 'soak: measure') process.send?.({ soak: measure() });
  });
}
