// What would come of it: a credit note that is tried and thrown away, a quote's lines that are due at once, the lines of a payment.
import type { Answer, Call, Handler } from '../call.ts';
import { idOf } from '../call.ts';
import { listComputed } from '../computed-list.ts';
import { missing } from '../errors.ts';
import { makeRow, withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object } from '../json.ts';
import { NOTE_LINES } from './credit-note-lines.ts';
import { creditNoteLife } from './credit-notes.ts';

const NOTES = '/v1/credit_notes';
const QUOTES = '/v1/quotes';
const QUOTE_LINES = '/v1/quotes/{}/line_items';

/** A call whose changes nobody will apply. */
function rehearsal(call: Call): Call {
  return { ...call, transaction: call.transaction.rehearsal() };
}

function previewed(call: Call): readonly [note: JsonObject, lines: readonly JsonObject[]] {
  const tried = rehearsal(call);
  const row = makeRow(tried, 'credit_note', tried.params);
  tried.transaction.insert(NOTES, row);
  creditNoteLife.created?.(tried, row);
  return [withoutHidden(row), tried.transaction.children(NOTE_LINES, idOf(row)).map(withoutHidden)];
}

function previewNote(call: Call): Answer {
  const [note, lines] = previewed(call);
  const shown = { object: 'list', data: clone(lines.slice(0, 10)), has_more: lines.length > 10, url: '/v1/credit_notes/preview/lines' };
  return { kind: 'row', row: { ...note, lines: shown } };
}

function previewNoteLines(call: Call): Answer {
  return listComputed(call, previewed(call)[1]);
}

/** One-time lines and the first period of recurring ones, unless a trial comes first. */
function upfrontLines(call: Call): Answer {
  const id = call.ids[0] ?? '';
  const quote = call.transaction.find(QUOTES, id);
  if (quote === undefined) throw missing('quote', id, 'quote', 404);
  const trial = (number(object(quote, 'subscription_data'), 'trial_period_days') ?? 0) > 0;
  const lines = call.transaction.children(QUOTE_LINES, id).filter((line) => !trial || object(line, 'price')?.['type'] !== 'recurring');
  return listComputed(call, lines.map(withoutHidden));
}

/** Verbs of this room. */
export const PREVIEW_VERBS: Readonly<Record<string, Handler>> = {
  'GET /v1/credit_notes/preview': previewNote,
  'GET /v1/credit_notes/preview/lines': previewNoteLines,
  'GET /v1/quotes/{}/computed_upfront_line_items': upfrontLines,
};
