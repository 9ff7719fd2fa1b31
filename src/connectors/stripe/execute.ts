// Running an action: its ids into the path, its parameters into the body, its answer into a row.
import { StatusError, type FieldViolation } from '../../errors/status-error.ts';
import type { Call, Row } from '../../spi/connector.ts';
import type { ActionBinding } from './action-bindings.ts';
import { binaryRow, textRow, typedRow } from './action-output.ts';
import type { StripeConfig } from './config.ts';
import { MAX_FILE_BYTES } from './convert.ts';
import type { Ask, Exchange } from './exchange.ts';
import { fillPath } from './id.ts';
import { fieldNamed, takeAccount, takeId } from './payload.ts';
import { noSuchField, parametersOf } from './request.ts';
import type { StripeObject } from './response.ts';
import { SPECIAL, type Reader } from './special.ts';
import { fold } from './spelling.ts';

export interface Execution {
  readonly exchange: Exchange;
  readonly config: StripeConfig;
  readonly call: Call;
  readonly idempotencyKey: string;
  readonly again: boolean | undefined;
  readonly passthrough: boolean;
}

/** @throws INVALID_ARGUMENT with every fault of the input, and what Stripe refuses. */
export async function executeAction(execution: Execution, action: ActionBinding, input: Row): Promise<Row> {
  const ask = askOf(execution, action, input);
  const { exchange, call } = execution;
  if (action.row.binary === true) {
    const { body, headers } = await exchange.bytes(call, ask);
    if (body.byteLength > MAX_FILE_BYTES) {
      throw new StatusError('OUT_OF_RANGE', 'PAYLOAD_TOO_LARGE', { message: `the file has ${body.byteLength} bytes; at most ${MAX_FILE_BYTES} can be given` });
    }
    return binaryRow(body, headers['content-type'], call.output);
  }
  return answerOf(execution, action, await objectOf(execution, ask), ask.account);
}

/** What the action answers. A deletion done before is answered with what is there now: a cancelled subscription can still be read. */
async function objectOf({ exchange, call }: Execution, ask: Ask): Promise<StripeObject> {
  const answer = await exchange.ask(call, ask);
  if (answer.kind === 'object') return answer.object;
  if (answer.kind !== 'fault' || !answer.gone) throw answer.error;
  const { path, endpoint, account } = ask;
  const now = await exchange.ask(call, { method: 'GET', path, endpoint, account }).catch(() => undefined);
  return now?.kind === 'object' ? now.object : { deleted: true };
}

function askOf({ config, idempotencyKey, again, passthrough }: Execution, { row, inputs, names, takesAccount }: ActionBinding, input: Row): Ask {
  const faults: FieldViolation[] = [];
  const rest: Record<string, unknown> = { ...input };
  const account = takesAccount ? takeAccount(rest, config, faults) : undefined;
  const ids = inputs.filter(({ slot }) => slot).map(({ name, spellings }) => {
    const id = takeId(rest, name, spellings, faults);
    if (id === undefined) faults.push({ field: name, description: 'is required' });
    return id ?? '';
  });
  // The specification requires some that Stripe would not ask for; what Stripe asks for is checked with the parameters.
  for (const { name, spellings } of inputs.filter(({ slot, required, property }) => !slot && required && property.required !== true)) {
    const key = Object.keys(rest).find((one) => spellings.has(fold(one)));
    if (key === undefined || rest[key] === null || rest[key] === '') faults.push({ field: name, description: 'is required' });
  }
  const unknown = (key: string): string => noSuchField(key, row.action, inputs.map(fieldNamed));
  const parameters = parametersOf(rest, { api: row.api, mode: 'ACTION', shape: row.call.shape, passthrough, unknown }, faults);
  return {
    method: row.call.method, api: row.api, host: row.call.host ?? row.host, path: fillPath(row.call.path, ids), endpoint: row.call.path,
    parameters, names, ...(row.call.method === 'GET' ? {} : { idempotencyKey, again }), account,
  };
}

/** What an action answers, from the object that Stripe gave. */
export async function answerOf({ exchange, call }: Pick<Execution, 'exchange' | 'call'>, action: ActionBinding, object: StripeObject, account: string | undefined): Promise<Row> {
  const read: Reader = async (path, query) => {
    const answer = await exchange.ask(call, { method: 'GET', path, endpoint: path.replace(/\/[^/]+_[^/]+$/, '/{id}'), parameters: query, account }).catch(() => undefined);
    return answer?.kind === 'object' ? answer.object : undefined;
  };
  const isText = call.output === 'text';
  if (action.answer === 'success') return isText ? { Success: 'true' } : typedRow(object);
  if (action.answer !== undefined) {
    const added = await SPECIAL[action.answer](object, read);
    return isText ? { ...added, Success: 'true' } : { ...typedRow(object), ...added };
  }
  if (!isText) return typedRow(object);
  return textRow(action.legacy === undefined ? object : await SPECIAL[action.legacy](object, read));
}

