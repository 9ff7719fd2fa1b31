// Whether what a test needs is on this machine. Where it is not, the test is counted as skipped, and the run says aloud what it did
// not look at.

/** @param remedy what to do about it: `Debian: apt-get install fish`. @returns what was found, for `skipIf(x === undefined)`. */
export function present<Found>(what: string, found: Found | undefined, remedy: string): Found | undefined {
  if (found === undefined) process.stderr.write(`\n*** WARNING: ${what} not tested: ${remedy} ***\n\n`);
  return found;
}
