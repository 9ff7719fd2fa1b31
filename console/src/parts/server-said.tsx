// What the server told: in the reader's words, and what is left in its own, marked as the language that it is.
import { type JSX } from 'react';
import { type Said, useTold } from '../words/told.ts';

export function ServerSaid({ said }: { readonly said: readonly Said[] }): JSX.Element {
  const { servers } = useTold();
  return <>{said.map(({ text, isServers }, index) => <span key={text} {...(isServers ? servers : {})}>{index === 0 ? '' : ' '}{text}</span>)}</>;
}
