// A long name that goes on in the next line between its words: it is read, copied and found as if it were whole.
import { Fragment, type JSX } from 'react';
import { partsOfName } from './name-parts.ts';

export function Breakable({ name }: { readonly name: string }): JSX.Element {
  return <>{partsOfName(name).map((part, at) => <Fragment key={`${at} ${part}`}>{at === 0 ? null : <wbr />}{part}</Fragment>)}</>;
}
