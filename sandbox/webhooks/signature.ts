// How a delivery proves where it comes from: a time, and the HMAC of time and body under the endpoint's secret.
import { createHmac } from 'node:crypto';

/** The `Stripe-Signature` of a body at a time, in seconds since 1970. */
export function signatureOf(body: string, secret: string, time: number): string {
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
