// From a method and path to an endpoint and the ids in it. It must not know what endpoints do.
import type { Endpoint } from './sdk.ts';

/** An endpoint and the ids in the path, outermost first. */
export interface Match {
  readonly endpoint: Endpoint;
  readonly ids: readonly string[];
}

interface Node {
  readonly named: Map<string, Node>;
  any: Node | undefined;
  readonly endpoints: Map<string, Endpoint>;
}

const fresh = (): Node => ({ named: new Map(), any: undefined, endpoints: new Map() });

/** Compiles endpoints into a finder. */
export function compileRoutes(endpoints: readonly Endpoint[]): (method: string, path: string) => Match | undefined {
  const root = fresh();
  for (const endpoint of endpoints) {
    let node = root;
    for (const step of endpoint.path.slice(1).split('/')) {
      if (step === '{}') {
        node = node.any ??= fresh();
      } else {
        const next = node.named.get(step) ?? fresh();
        node.named.set(step, next);
        node = next;
      }
    }
    node.endpoints.set(endpoint.method, endpoint);
  }
  return (method, path) => {
    const ids: string[] = [];
    const endpoint = walk(root, path.slice(1).split('/'), 0, method, ids);
    return endpoint === undefined ? undefined : { endpoint, ids };
  };
}

/** A name goes before an id, but an id may look like a name (`/v1/products/search` as against a product so called). */
function walk(node: Node, steps: readonly string[], at: number, method: string, ids: string[]): Endpoint | undefined {
  const step = steps[at];
  if (step === undefined) return node.endpoints.get(method);
  const next = node.named.get(step);
  const found = next === undefined ? undefined : walk(next, steps, at + 1, method, ids);
  if (found !== undefined || node.any === undefined || step === '') return found;
  ids.push(decode(step));
  const inner = walk(node.any, steps, at + 1, method, ids);
  if (inner === undefined) ids.pop();
  return inner;
}

function decode(step: string): string {
  if (!step.includes('%')) return step;
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
