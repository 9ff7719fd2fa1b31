// What every form of a copied task is made of.
import type { Choice } from './choice.ts';
import type { TaskInputs } from './inputs.ts';

export interface CopiedTask {
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  /** `projects/p/locations/l/connections/c` */
  readonly connection: string;
  readonly choice: Choice;
  readonly inputs: TaskInputs;
  /** Answers of actions with types, not as texts. */
  readonly isTyped: boolean;
}

export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);

/** A text as a shell takes it whole; what needs no quotes has none. */
export const quoted = (text: string): string => (/^[\w./:@=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** `demo/us-central1/stripe-sandbox` */
export function shortName(connection: string): string {
  const [, project = '', , location = '', , id = ''] = connection.split('/');
  return [project, location, id].join('/');
}
