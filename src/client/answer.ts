// What came back, looked at before it is given to a caller who was promised its type: its outer shape, by what the row says of its
// answers. It knows rows by their shapes and nothing of how answers come.
import { faultsOfAnswer } from '../api/answer-shape.ts';
import type { RowId, RowOutput, StreamId } from '../api/row-caller.ts';
import { foreign } from './answered-error.ts';
import { isObject, parsed } from './json.ts';
import type { StreamOutput } from './row-client.ts';
import { ROWS, type CalledRow } from './rows.generated.ts';

/** @param server its address, for an answer that is none of this row. @throws StatusError ANSWER_NOT_UNDERSTOOD with what is missing */
export function answerOf<Id extends RowId>(id: Id, answer: object, server: string): RowOutput<Id> {
  if (!isAnswer(id, answer)) throw foreign(200, server, faultsOf(id, answer).slice(0, 5));
  return answer;
}

/** The same of a row that is known only while the program runs: it is an object of its row, and of no type. @throws StatusError ANSWER_NOT_UNDERSTOOD */
export function answerOfAny(id: RowId | StreamId, answer: object, server: string): object {
  const faults = faultsOf(id, answer);
  if (faults.length > 0) throw foreign(200, server, faults.slice(0, 5));
  return answer;
}

/** One line of a stream. @throws StatusError ANSWER_NOT_UNDERSTOOD */
export function lineOf<Id extends StreamId>(id: Id, line: string, server: string): StreamOutput<Id> {
  const read = parsed(line);
  if (!isObject(read)) throw foreign(200, server, ['a line is no object of JSON']);
  if (!isLine(id, read)) throw foreign(200, server, faultsOf(id, read).slice(0, 5));
  return read;
}

function isAnswer<Id extends RowId>(id: Id, answer: object): answer is RowOutput<Id> {
  return faultsOf(id, answer).length === 0;
}

function isLine<Id extends StreamId>(id: Id, line: object): line is StreamOutput<Id> {
  return faultsOf(id, line).length === 0;
}

function faultsOf(id: RowId | StreamId, answer: object): readonly string[] {
  const { answers = {} }: CalledRow = ROWS[id];
  return faultsOfAnswer(answer, answers);
}
