// Other accounts: what a request does beside the account it asked, as money that moves between a platform and those connected to it.
import type { Call } from '../call.ts';
import { OWN_ACCOUNT } from '../keys.ts';

/** The same request at work in another account, by the sandbox's own clock; what it does there is kept together with the rest. */
export function inAccount(call: Call, account: string): Call {
  if (account === call.account) return call;
  return { ...call, transaction: call.transaction.across(account), account, clock: '', now: call.told };
}

/** At work in the platform's account. */
export function onPlatform(call: Call): Call {
  return inAccount(call, OWN_ACCOUNT);
}

/** Whether an id may name another account. */
export function isAccount(id: string | undefined): id is string {
  return id !== undefined && /^acct_\w+$/.test(id);
}
