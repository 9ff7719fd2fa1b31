// Where a long name may go on in the next line: between its words, and not in the middle of one. It draws nothing.

/** After what parts a name, and before a capital that begins a word. */
const BETWEEN = /(?<=[./@_:])(?=[^./@_:])|(?<=[a-z0-9])(?=[A-Z])/;

/** `BillingCreditBalanceSummary` → Billing, Credit, Balance, Summary; together they are the name. */
export function partsOfName(name: string): readonly string[] {
  return name.split(BETWEEN);
}
