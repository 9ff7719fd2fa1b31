// The end of a call: whoever asked may leave, and a deadline may pass. Sessions are told both and asked to obey; this makes
// sure of it, so that no connector can keep a caller waiting.
import { StatusError } from '../errors/status-error.ts';
import type { Call } from '../spi/connector.ts';

/** The longest wait that a timer can hold, about 24 days. */
const LONGEST_TIMER = 2_147_483_647;

/**
 * Does one piece of a call's work.
 * @throws StatusError CANCELLED when the caller leaves, DEADLINE_EXCEEDED when the deadline passes, before or during the work.
 */
export async function withinCall<T>(call: Call, work: () => Promise<T>): Promise<T> {
  if (call.signal.aborted) throw departure(call.signal);
  const left = call.deadline.getTime() - Date.now();
  if (left <= 0) throw timeOut();
  const end = Promise.withResolvers<never>();
  const leave = (): void => end.reject(departure(call.signal));
  const timer = setTimeout(() => end.reject(timeOut()), Math.min(left, LONGEST_TIMER));
  call.signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work(), end.promise]);
  } finally {
    clearTimeout(timer);
    call.signal.removeEventListener('abort', leave);
  }
}

function departure(signal: AbortSignal): StatusError {
  if (signal.reason instanceof StatusError) return signal.reason;
  return new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before the answer' });
}

function timeOut(): StatusError {
  return new StatusError('DEADLINE_EXCEEDED', 'TIMED_OUT', { message: 'The deadline passed before the answer' });
}
