// Bytes → lines of text, at the pace of the reader.
import { StatusError } from '../errors/status-error.ts';

/** Far more than any line of ours; what goes on is no line of Konektor, and would fill the memory of who reads it. */
const LONGEST = 128 * 1_024 * 1_024;

/** Every line that is not empty; the last one also without its end. @throws StatusError ANSWER_NOT_UNDERSTOOD for one of more characters than `longest` */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, longest = LONGEST): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longest) throw new StatusError('UNKNOWN', 'ANSWER_NOT_UNDERSTOOD', { message: `A line of the answer has more than ${longest.toLocaleString('en')} characters.` });
    yield* lines.filter((line) => line !== '');
  }
  if (rest.trim() !== '') yield rest;
}
