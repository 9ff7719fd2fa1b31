// Actions of a connection, run. One that changes nothing does not go by the journal.
import type { Row } from '../spi/connector.ts';
import type { Caller } from './caller.ts';
import { readRows } from './kept.ts';
import { callOf, type Opener } from './opened.ts';
import { sameCall } from './same-call.ts';
import type { Turns } from './turns.ts';
import type { Writer } from './writes.ts';

export interface ActionRuntime {
  execute(connection: string, caller: Caller, action: string, input: Row): Promise<readonly Row[]>;
}

export function createActionRuntime(opener: Opener, turns: Turns, writer: Writer): ActionRuntime {
  return {
    async execute(connection, caller, action, input) {
      const opened = await opener.open(connection);
      const { name, readOnly } = opened.catalog.action(action);
      const turn = turns.take(opened.connection, caller, () => sameCall(caller, 'EXECUTE', name, input));
      if (turn !== undefined) await turn;
      if (readOnly === true) return opened.session.execute(callOf(caller), name, input, { idempotencyKey: caller.requestId });
      return writer.write(opened, caller, { kind: 'execute', name, payload: input }, (call, options) => opened.session.execute(call, name, input, options), readRows);
    },
  };
}
