// What the copied texts say. That they run is proved in a browser, with a server: test/browser/task-copies.test.ts.
import { describe, expect, it } from 'vitest';
import type { Choice } from './choice.ts';
import { type CopiedTask, FORMS } from './copy-as.ts';
import { NO_INPUTS, type TaskInputs } from './inputs.ts';

const task = (choice: Choice, inputs: Partial<TaskInputs>): CopiedTask => ({ origin: 'http://localhost:8080', connection: 'projects/demo/locations/us-central1/connections/shop', choice, inputs: { ...NO_INPUTS, ...inputs }, isTyped: false });
const LIST = task({ kind: 'entity', entity: 'Customer', operation: 'LIST' }, { filter: "Name = 'O''Brien'", sortBy: 'Name', isDescending: true });

describe('copied texts', () => {
  it('keep quotes through a shell and through a program', () => {
    expect(FORMS.curl.write(LIST)).toContain(String.raw`--data-urlencode 'conditions=Name = '\''O'\'''\''Brien'\'''`);
    expect(FORMS.command.write(LIST)).toContain(String.raw`--filter 'Name = '\''O'\'''\''Brien'\'''`);
    expect(FORMS.typescript.write(LIST)).toContain(`filter: "Name = 'O''Brien'"`);
  });

  it('never hold a token', () => {
    for (const { write } of Object.values(FORMS)) expect(write(LIST)).not.toMatch(/konektor_[a-z]/);
    expect(FORMS.curl.write(LIST)).toContain('Bearer $TOKEN');
    expect(FORMS.typescript.write(LIST)).toContain("process.env['TOKEN']");
  });

  it('write many rows where a filter stands', () => {
    const many = task({ kind: 'entity', entity: 'Customer', operation: 'UPDATE' }, { filter: "Name = 'A'", payload: '{"Name": "B"}' });
    expect(FORMS.curl.write(many)).toContain('entities:updateEntitiesWithConditions?conditions=Name+%3D+%27A%27');
    expect(FORMS.typescript.write(many)).toContain('updateWhere(');
  });
});
