// Everything that may be observed, as one union: the code tells what happened, listeners decide what to do with it.

export type ObservedEvent =
  | { readonly kind: 'request'; readonly requestId: string; readonly method: string; readonly path: string; readonly status: number; readonly milliseconds: number; readonly caller: string }
  | { readonly kind: 'fault'; readonly requestId: string; readonly error: unknown }
  /** `requestId` is the call's that it was made for, `sourceRequestId` the source's own name for it. */
  | { readonly kind: 'outbound'; readonly method: string; readonly origin: string; readonly connection: string | undefined; readonly status: number; readonly attempt: number; readonly milliseconds: number; readonly requestId: string | undefined; readonly sourceRequestId: string | undefined }
  | { readonly kind: 'outboundFailure'; readonly method: string; readonly origin: string; readonly connection: string | undefined; readonly attempt: number; readonly requestId: string | undefined; readonly error: string }
  | { readonly kind: 'notice'; readonly message: string };

export type Observe = (event: ObservedEvent) => void;
