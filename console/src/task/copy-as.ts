// The forms that a task can be copied in. A token is never written: each reads it from where it is kept.
import { commandText } from './command-text.ts';
import { curlText } from './curl-text.ts';
import { taskJson } from './task-json.ts';
import { typescriptText } from './typescript-text.ts';

export type { CopiedTask } from './copied.ts';

export const FORMS = {
  curl: { label: 'curl', write: curlText },
  typescript: { label: 'TypeScript', write: typescriptText },
  command: { label: 'konektor', write: commandText },
  task: { label: 'JSON', write: taskJson },
} as const;

export type FormName = keyof typeof FORMS;
