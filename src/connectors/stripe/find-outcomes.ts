// How writes ended whose answers were lost: by the events that tell of their keys, else by what is there now. It changes nothing,
// and says what it cannot tell.
import { StatusError } from '../../errors/status-error.ts';
import type { Call, Row } from '../../spi/connector.ts';
import type { FoundOutcome, UnsettledWrite, WriteTold } from '../../spi/writes.ts';
import { actionBindingOf } from './action-bindings.ts';
import { bindingOf } from './bindings.ts';
import { END_STATES, FAILURE_EVENTS } from './end-states.ts';
import { hasEvent, searchEvents, type EventSearch, type FoundEvent } from './event-search.ts';
import type { Exchange } from './exchange.ts';
import { outcomeTold } from './outcome-findings.ts';
import { isObject, type StripeObject } from './response.ts';
import { finishRow } from './row.ts';

export interface OutcomeParts {
  readonly exchange: Exchange;
  readonly call: Call;
  readonly passthrough: boolean;
  readonly now: Date;
  /** Reads a row. @throws StatusError NOT_FOUND, which is news too. */
  readonly get: (entity: string, id: string, account: string | undefined) => Promise<Row>;
  /** Reads the object that an action was for; undefined where it cannot be read. */
  readonly read: (entity: string, id: string, account: string | undefined) => Promise<StripeObject | undefined>;
  /** What an action answers, from the object. */
  readonly answer: (write: UnsettledWrite, object: StripeObject) => Promise<Row>;
}

/** So long after it was sent a request may still be at work, or its events on their way. */
const GRACE_MS = 10_000;

export async function findOutcomes(parts: OutcomeParts, writes: readonly UnsettledWrite[]): Promise<readonly FoundOutcome[]> {
  const searches = new Map<string, EventSearch>();
  for (const [account, group] of Map.groupBy(writes, ({ trace }) => trace.account ?? '')) {
    searches.set(account, await searchEvents(parts.exchange, parts.call, group, account === '' ? undefined : account, parts.now));
  }
  const outcomes: FoundOutcome[] = [];
  for (const write of writes) outcomes.push(await outcomeOf(parts, write, searches.get(write.trace.account ?? '')));
  return outcomes;
}

async function outcomeOf(parts: OutcomeParts, write: UnsettledWrite, search: EventSearch | undefined): Promise<FoundOutcome> {
  const events = write.keys.flatMap((key) => search?.byKey.get(key) ?? []);
  if (events.length > 0) return byEvents(parts, write, events);
  if (parts.now.getTime() - write.lastSent.getTime() < GRACE_MS) return cannotTell(outcomeTold('SENT_JUST_NOW'));
  if (write.kind === 'create') return ofCreate(write, search);
  return write.kind === 'execute' ? byState(parts, write) : byRow(parts, write, search);
}

const cannotTell = (told: WriteTold): FoundOutcome => ({ outcome: 'cannot tell', ...told });
const notFound = (told: WriteTold): FoundOutcome => ({ outcome: 'not found', ...told });
const list = (events: readonly FoundEvent[]): string => [...new Set(events.map(({ type }) => type))].slice(0, 5).join(', ');

function objectNameOf({ kind, name }: UnsettledWrite): string {
  return kind === 'execute' ? (actionBindingOf(name).row.object ?? '') : bindingOf(name).row.object;
}

async function byEvents(parts: OutcomeParts, write: UnsettledWrite, events: readonly FoundEvent[]): Promise<FoundOutcome> {
  const name = objectNameOf(write);
  const own = events.filter(({ object }) => name.split('|').includes(String(object['object'])));
  const failure = own.find(({ type }) => type === FAILURE_EVENTS[name]);
  const last = own.at(-1);
  if (failure !== undefined && last?.type === failure.type) return { outcome: 'failed', ...outcomeTold('EVENTS_TELL_DECLINED', { events: list(events) }), error: declined(failure.object) };
  return { outcome: 'succeeded', ...outcomeTold('EVENTS_TELL_DONE', { events: list(events) }), rows: await rowsOf(parts, write, own.findLast(({ object }) => write.kind === 'create' || object['id'] === write.trace.object) ?? last) };
}

/** What the write would have answered; an answer without what no event shows, where that is not to be had any more. */
async function rowsOf(parts: OutcomeParts, write: UnsettledWrite, event: FoundEvent | undefined): Promise<readonly Row[]> {
  if (write.kind === 'delete') return [];
  if (write.kind === 'update') return [{ Id: write.id }];
  if (write.kind === 'create') {
    const binding = bindingOf(write.name);
    const parents = binding.parents.length > 0 && write.trace.object !== undefined ? [write.trace.object] : [];
    return event === undefined ? [] : [finishRow(binding, event.object, parents, parts.passthrough)];
  }
  const object = event?.object ?? (await acted(parts, write));
  return object === undefined ? [] : [await parts.answer(write, object)];
}

function ofCreate(write: UnsettledWrite, search: EventSearch | undefined): FoundOutcome {
  const name = objectNameOf(write);
  if (search?.gap !== undefined) return cannotTell(search.gap);
  if (!name.split('|').every((one) => hasEvent(one, 'created'))) return cannotTell(outcomeTold('CREATION_UNTOLD', { name: write.name }));
  return notFound(outcomeTold('CREATION_NOT_DONE', { name: write.name }));
}

/** Of an update and a delete: the row itself. */
async function byRow(parts: OutcomeParts, write: UnsettledWrite, search: EventSearch | undefined): Promise<FoundOutcome> {
  const there = await parts.get(write.name, write.id ?? '', write.trace.account).then(() => 'there' as const, (error: unknown) => (error instanceof StatusError && error.code === 'NOT_FOUND' ? 'gone' as const : 'unread' as const));
  if (there === 'unread') return cannotTell(outcomeTold('ROW_UNREAD'));
  if (write.kind === 'delete') return there === 'gone' ? { outcome: 'succeeded', ...outcomeTold('ROW_DELETED'), rows: [] } : notFound(outcomeTold('ROW_NOT_DELETED'));
  if (there === 'gone') return notFound(outcomeTold('ROW_GONE'));
  if (search?.gap !== undefined) return cannotTell(search.gap);
  return hasEvent(objectNameOf(write), 'updated') ? notFound(outcomeTold('CHANGE_NOT_DONE', { name: write.name })) : cannotTell(outcomeTold('CHANGE_UNTOLD', { name: write.name }));
}

/** Of an action: the status of what it was for. */
async function byState(parts: OutcomeParts, write: UnsettledWrite): Promise<FoundOutcome> {
  const states = END_STATES[write.name];
  const object = states === undefined ? undefined : await acted(parts, write);
  const status = object?.['status'];
  if (states === undefined || object === undefined || typeof status !== 'string') return cannotTell(outcomeTold('ACTION_UNTOLD'));
  if (states.done.includes(status)) {
    return { outcome: 'succeeded', ...outcomeTold('ACTION_AT_ITS_END', { status }), rows: [await parts.answer(write, object)] };
  }
  if (states.before.includes(status)) return notFound(outcomeTold('ACTION_NOT_DONE', { status }));
  return cannotTell(outcomeTold('ACTION_UNCLEAR', { status }));
}

async function acted(parts: OutcomeParts, write: UnsettledWrite): Promise<StripeObject | undefined> {
  const entity = actionBindingOf(write.name).inputs.find(({ slot }) => slot)?.references;
  return entity === undefined || write.trace.object === undefined ? undefined : parts.read(entity, write.trace.object, write.trace.account);
}

function declined(object: StripeObject): StatusError {
  const fault = [object['last_payment_error'], object['last_setup_error'], object['outcome']].find(isObject) ?? {};
  const text = (key: string, name: string): Readonly<Record<string, string>> => {
    const value = fault[key];
    return typeof value === 'string' ? { [name]: value } : {};
  };
  return new StatusError('FAILED_PRECONDITION', 'CARD_DECLINED', {
    message: typeof fault['message'] === 'string' ? fault['message'] : 'The payment was declined.', metadata: { ...text('code', 'code'), ...text('decline_code', 'declineCode'), ...text('charge', 'charge') },
  });
}
