// Actions of a connection, run.
import type { Row } from '../spi/connector.ts';
import { underCallerKey } from './caller-key.ts';
import type { Caller } from './caller.ts';
import { callOf, writeOf, type Opener } from './opened.ts';
import type { Turns } from './turns.ts';

export interface ActionRuntime {
  execute(connection: string, caller: Caller, action: string, input: Row): Promise<readonly Row[]>;
}

export function createActionRuntime(opener: Opener, turns: Turns): ActionRuntime {
  return {
    async execute(connection, caller, action, input) {
      const opened = await opener.open(connection);
      const { name } = opened.catalog.action(action);
      const turn = turns.take(opened.connection, caller);
      if (turn !== undefined) await turn;
      return underCallerKey(caller, () => opened.session.execute(callOf(caller), name, input, writeOf(opened, caller)));
    },
  };
}
