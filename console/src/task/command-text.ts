// The task as a command of konektor.
import type { CopiedTask } from './copied.ts';
import { taskJson } from './task-json.ts';

export function commandText(task: CopiedTask): string {
  return `konektor task run --yes - <<'TASK'\n${taskJson(task)}\nTASK`;
}
