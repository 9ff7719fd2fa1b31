// Answers that go on: lines of JSON, one object each, handed over as they come.
import { callStream } from './call.ts';

/** Reads until the server ends it or the signal does. @throws ApiError, and AbortError where the signal ended it */
export async function eachLine(path: string, query: Readonly<Record<string, string | number | undefined>>, signal: AbortSignal, take: (object: unknown) => void): Promise<void> {
  const body = await callStream(path, { query, signal });
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = `${rest}${value}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(JSON.parse(line));
  }
}
