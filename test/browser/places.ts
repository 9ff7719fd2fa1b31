// Where one can go in the console: an address for every row of its route table, with examples for the names in it. A page with a
// new kind of name fails until an example of it stands here.
import { routePatterns } from './route-table.ts';

/** By what they stand for in a path, and what stands before them where that is not enough. What `lived-in.ts` makes has its examples from there. */
const EXAMPLES: Readonly<Record<string, string>> = {
  projectId: 'demo', locationId: 'us-central1', connectionId: 'stripe-sandbox', entityType: 'Customer', action: 'ConfirmPaymentIntent', 'api/operationId': 'entities.list',
};

/** What a page is also looked at with: states that its address chooses. */
const ALSO: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'connections/new': {
    details: '?from=us-central1/stripe-sandbox&step=details', authentication: '?from=us-central1/stripe-sandbox&step=authentication', review: '?from=us-central1/stripe-sandbox&step=review',
  },
  ':connectionId/task': {
    list: '?entity=Customer&operation=LIST#filter=Created+%3E%3D+%272020-01-01%27', create: '?entity=PaymentIntent&operation=CREATE', update: '?entity=Customer&operation=UPDATE', action: '?action=ConfirmPaymentIntent',
  },
};

export interface Place {
  /** Fit for a file: `connections-task-list`. */
  readonly name: string;
  readonly pattern: string;
  readonly address: string;
}

/** @param made examples of what was made on this server
 *  @throws Error where two pages would have one name, and one picture hide the other */
export function places(made: Readonly<Record<string, string>>): readonly Place[] {
  const found = placesOf({ ...EXAMPLES, ...made });
  const twice = found.map(({ name }) => name).find((name, at, names) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`Two pages are named ${twice}; let nameOf in test/browser/places.ts tell them apart.`);
  return found;
}

function placesOf(examples: Readonly<Record<string, string>>): readonly Place[] {
  return routePatterns().flatMap((pattern) => {
    const address = pattern === '*' ? '/console/nowhere' : pattern.replaceAll(/([^/]+)\/:(\w+)\??/g, (_whole, before: string, name: string) => `${before}/${exampleOf(examples, before, name, pattern)}`);
    const also = Object.entries(ALSO).find(([end]) => pattern.endsWith(end))?.[1] ?? {};
    return [{ name: nameOf(pattern), pattern, address }, ...Object.entries(also).map(([state, rest]) => ({ name: `${nameOf(pattern)}-${state}`, pattern, address: `${address}${rest}` }))];
  });
}

function exampleOf(examples: Readonly<Record<string, string>>, before: string, name: string, pattern: string): string {
  const example = examples[`${before}/${name}`] ?? examples[name];
  if (example === undefined) throw new Error(`${pattern} has :${name}; give it an example in test/browser/places.ts.`);
  return encodeURIComponent(example);
}

function nameOf(pattern: string): string {
  if (pattern === '/') return 'root';
  if (pattern === '*') return 'no-such-page';
  const parts = pattern.replace(/^\/console\/?/, '').replace('projects/:projectId/settings', 'project-settings').replace('projects/:projectId/', '').replace('locations/:locationId/connections/:connectionId', 'connection').split('/');
  return parts.map((part) => part.replace(/^:/, '')).filter((part) => part !== '').join('-') || 'console';
}
