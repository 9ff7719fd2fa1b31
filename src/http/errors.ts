// Whatever went wrong, as the google.rpc.Status that HTTP shows. What is not a StatusError is a fault of ours: it is told
// as INTERNAL without its text, and the text goes to the log.
import { StatusError } from '../errors/status-error.ts';

interface FrameworkError {
  readonly code: string;
  readonly statusCode?: number;
  readonly message: string;
}

function isFrameworkError(error: unknown): error is FrameworkError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('FST_');
}

/** The StatusError that an error is told as, and whether it is a fault that the log must show. */
export function translate(error: unknown, mostBytes: number): { readonly status: StatusError; readonly fault: boolean } {
  if (error instanceof StatusError) return { status: error, fault: error.code === 'INTERNAL' || error.code === 'DATA_LOSS' };
  if (isFrameworkError(error)) return { status: fromFramework(error, mostBytes), fault: false };
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
  return new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: error.message });
}
