// One deed for every row of the API: what tests of callers and transports need, where what is done does not matter.
import { faultsOfAnswer, shapeOfAnswers, type MemberKind } from '../../src/api/answer-shape.ts';
import type { ApiOperation } from '../../src/api/operation.ts';
import type { RowCaller, RowCallOptions, RowId, RowOutput } from '../../src/api/row-caller.ts';
import { API, type ApiCall, type ApiHandlers } from '../../src/api/table.ts';

export interface Reached {
  readonly row: string;
  readonly input: object;
  readonly call: ApiCall<string>;
}

type Deed = (call: ApiCall<string>, input: object) => Promise<object>;

/** @param answer what each row answers beside the least that it says it does; an iterable of objects is taken line by line. */
export function everyRow(answer: (reached: Reached) => Promise<object>): ApiHandlers<string> {
  const handlers: Readonly<Record<string, Deed>> = Object.fromEntries(Object.entries<ApiOperation>(API).map(([row, { output }]) => {
    const least = leastOf(output);
    const deed: Deed = async (call, input) => {
      const given = await answer({ row, input, call });
      return isIterable(given) ? filled(given, least) : { ...least, ...given };
    };
    return [row, deed];
  }));
  if (!isComplete(handlers)) throw new Error('A row has no deed.');
  return handlers;
}

interface Asked {
  readonly path: Readonly<Record<string, string>>;
  readonly query?: object | undefined;
  readonly body?: object | undefined;
}

/** Rows called in place of a server's: what a caller asks of them reaches the test, which answers beside the least of each row. */
export function rowsThatAnswer(answer: (id: RowId, input: Asked, options: RowCallOptions) => Promise<object>): RowCaller {
  return async (id, input, options = {}) => {
    const given = { ...leastOf(API[id].output), ...await answer(id, input, options) };
    if (!isAnswerOf(id, given)) throw new Error(`${id} never answers so.`);
    return given;
  };
}

function isAnswerOf<Id extends RowId>(id: Id, answer: object): answer is RowOutput<Id> {
  return faultsOfAnswer(answer, shapeOfAnswers(API[id].output)).length === 0;
}

function isComplete(handlers: Readonly<Record<string, Deed>>): handlers is Readonly<Record<string, Deed>> & ApiHandlers<string> {
  return Object.keys(API).every((row) => Object.hasOwn(handlers, row));
}

const LEAST: Readonly<Record<MemberKind, () => unknown>> = { array: () => [], object: () => ({}), string: () => '', number: () => 0, boolean: () => false };

function leastOf(output: ApiOperation['output']): object {
  return Object.fromEntries(Object.entries(shapeOfAnswers(output)).map(([name, kind]) => [name, LEAST[kind]()]));
}

function isIterable(given: object): given is AsyncIterable<object> {
  return Symbol.asyncIterator in given;
}

async function* filled(lines: AsyncIterable<object>, least: object): AsyncGenerator<object> {
  for await (const line of lines) yield { ...least, ...line };
}
