// Whatever went wrong, as the google.rpc.Status that HTTP shows. What is not a StatusError is a fault of ours: it is told
// as INTERNAL without its text, and the text goes to the log.
import { StatusError } from '../errors/status-error.ts';

interface FrameworkError extends Error {
  readonly code: string;
}

/** What the framework refuses. What else it throws is a mistake in how it is used. */
function isRefusal(error: unknown): error is FrameworkError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('FST_') && isOfCaller(error);
}

/** What is no file, though its path lies where files are: a folder, say. */
function isNoFile(error: unknown): boolean {
  return error instanceof Error && 'expose' in error && isOfCaller(error);
}

function isOfCaller(error: Error): boolean {
  return 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
}

/** The StatusError that an error is told as, and whether it is a fault that the log must show. */
export function translate(error: unknown, mostBytes: number): { readonly status: StatusError; readonly fault: boolean } {
  if (error instanceof StatusError) return { status: error, fault: error.code === 'INTERNAL' || error.code === 'DATA_LOSS' };
  if (isRefusal(error)) return { status: fromFramework(error, mostBytes), fault: false };
  if (isNoFile(error)) return { status: new StatusError('NOT_FOUND', 'UNKNOWN_PATH', { message: 'There is no such file on this server.', cause: error }), fault: false };
  if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') {
    return { status: new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before its request was whole.', cause: error }), fault: false };
  }
  return { status: new StatusError('INTERNAL', 'INTERNAL', { message: 'The server failed on this request.', cause: error }), fault: true };
}

function fromFramework(error: FrameworkError, mostBytes: number): StatusError {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new StatusError('INVALID_ARGUMENT', 'PAYLOAD_TOO_LARGE', { message: `The body is larger than ${mostBytes} bytes.` });
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'The body is not sent as JSON: add the header "Content-Type: application/json".' });
  }
  if (error.code === 'FST_STATIC_FORBIDDEN_PATH') return new StatusError('NOT_FOUND', 'UNKNOWN_PATH', { message: 'There is no such file on this server.', cause: error });
  return new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: error.message });
}
