// Calls rows in this process for one who has been let in already: the permission of the row, its checks and its record are
// those of a call over HTTP.
import { faultsOfAnswer, shapeOfAnswers, type AnswerShape } from '../api/answer-shape.ts';
import { single } from '../api/header.ts';
import { requireNames } from '../api/names.ts';
import type { RowCaller, RowId, RowOutput } from '../api/row-caller.ts';
import { API, type ApiCall } from '../api/table.ts';
import { StatusError } from '../errors/status-error.ts';
import { prepareRow, type CallParts, type GivenInput, type PreparedRow } from './prepared-row.ts';
import type { CallFacts } from './recorder.ts';
import { createValidators } from './validate.ts';

/** Gives who calls a RowCaller of their own: everything they call is called as them, with the id and the end of their call. */
export type CallsAs<Principal> = (call: ApiCall<Principal>) => RowCaller;

export function createRowCalls<Principal>(parts: CallParts<Principal>): CallsAs<Principal> {
  const validators = createValidators();
  const prepared = new Map<RowId, CalledRow<Principal>>();
  const prepare = (id: RowId): CalledRow<Principal> => {
    const known = prepared.get(id);
    if (known !== undefined) return known;
    const made = { ...prepareRow(id, parts, validators), answers: shapeOfAnswers(API[id].output) };
    prepared.set(id, made);
    return made;
  };
  return (outer) => async (id, { path, query, body }, options = {}) => {
    const one = prepare(id);
    const given: GivenInput = { path, query: { ...query }, body: body ?? (one.row.body === undefined ? undefined : {}) };
    const signal = options.signal === undefined ? outer.signal : AbortSignal.any([outer.signal, options.signal]);
    return serve<typeof id, Principal>(one, { ...outer, signal, headers: { ...outer.headers, ...options.headers } }, given, parts);
  };
}

interface CalledRow<Principal> extends PreparedRow<Principal> {
  readonly answers: AnswerShape;
}

async function serve<Id extends RowId, Principal>(one: CalledRow<Principal>, call: ApiCall<Principal>, input: GivenInput, parts: CallParts<Principal>): Promise<RowOutput<Id>> {
  const begunAt = performance.now();
  let begunWrite = false;
  const facts = (): CallFacts => ({
    begunWrite, caller: parts.callerOf(call.principal), requestId: call.requestId, address: call.address, userAgent: single(call.headers['user-agent']) ?? '',
    milliseconds: performance.now() - begunAt,
  });
  try {
    requireNames(input.path);
    await one.admit(call.principal, input.path);
    const deed = one.check(input);
    if (one.isWrite) {
      await parts.audit.admit();
      begunWrite = true;
    }
    const answer = await deed(call);
    if (!isAnswer<Id>(answer, one.answers)) throw new Error(`${one.row.id} answered what its output does not say: ${faultsOfAnswer(answer, one.answers).join('; ')}`);
    await one.recorder.succeeded(facts(), input.path, answer);
    return answer;
  } catch (error) {
    const status = error instanceof StatusError ? error : new StatusError('INTERNAL', 'INTERNAL', { message: 'The server failed on this request.', cause: error });
    await one.recorder.failed(facts(), input.path, status);
    throw error;
  }
}

/** Handlers are typed by their rows; rows that are kept side by side are not, so the outer shape is looked at, as of what comes from elsewhere. */
function isAnswer<Id extends RowId>(answer: object, shape: AnswerShape): answer is RowOutput<Id> {
  return faultsOfAnswer(answer, shape).length === 0;
}
