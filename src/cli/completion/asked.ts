// The word by which the scripts of shells ask; no command, so that no help shows it.

export const ASKED = '__complete';
