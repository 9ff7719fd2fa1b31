// Lists that Stripe fills by itself and that hardly ever change: a part of them, from general knowledge. Product tax codes, countries and
// what may be paid there, the kinds of reports. What is not here is not invented: a code that is not listed is not found.
import type { Answer, Call, Handler } from '../call.ts';
import { listComputed } from '../computed-list.ts';
import { missing } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { text } from '../json.ts';

const TAX_CODES: readonly (readonly [id: string, name: string, description: string])[] = [
  ['txcd_00000000', 'Nontaxable', 'Any nontaxable good or service.'],
  ['txcd_10000000', 'General - Electronically Supplied Services', 'Services delivered over the internet, where no other code fits.'],
  ['txcd_10010001', 'Infrastructure as a service (IaaS) - personal use', 'Computing infrastructure over the internet, for personal use.'],
  ['txcd_10103000', 'Software as a service (SaaS) - personal use', 'Software used over the internet without being downloaded, for personal use.'],
  ['txcd_10103001', 'Software as a service (SaaS) - business use', 'Software used over the internet without being downloaded, for business use.'],
  ['txcd_20030000', 'General - Services', 'Services that are not delivered over the internet.'],
  ['txcd_92010001', 'Shipping', 'Shipping charged with goods.'],
  ['txcd_99999999', 'General - Tangible Goods', 'Goods that can be touched, where no other code fits.'],
];

interface Country {
  readonly currency: string;
  readonly transfers: readonly string[];
}

const EUROPE = ['AT', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'];
const EURO = ['AT', 'BE', 'CY', 'DE', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PT', 'SI', 'SK'];
const OWN: Readonly<Record<string, string>> = {
  AU: 'aud', BG: 'eur', BR: 'brl', CA: 'cad', CH: 'chf', CZ: 'czk', DK: 'dkk', GB: 'gbp', HK: 'hkd', HU: 'huf', IN: 'inr', JP: 'jpy', MX: 'mxn', MY: 'myr', NO: 'nok', NZ: 'nzd', PL: 'pln', RO: 'ron', SE: 'sek', SG: 'sgd',
  TH: 'thb', US: 'usd',
};

const COUNTRIES: Readonly<Record<string, Country>> = Object.fromEntries([...new Set([...Object.keys(OWN), ...EURO])].toSorted().map((code) => [
  code, { currency: OWN[code] ?? 'eur', transfers: EUROPE.includes(code) ? EUROPE : [code] },
]));

const FIELDS = { individual: { additional: [], minimum: ['individual.dob.day', 'individual.dob.month', 'individual.dob.year', 'individual.first_name', 'individual.last_name'] }, company: { additional: [], minimum: ['company.name', 'company.address.line1', 'company.address.city'] } };
const ALL_CURRENCIES = Intl.supportedValuesOf('currency').map((code) => code.toLowerCase());

const REPORTS: readonly (readonly [id: string, name: string, columns: readonly string[]])[] = [
  ['balance.summary.1', 'Balance summary', ['category', 'description', 'net_amount', 'currency']],
];

type Rows = (call: Call) => readonly JsonObject[];

const taxCodes: Rows = () => TAX_CODES.map(([id, name, description]) => ({ id, object: 'tax_code', description, name, requirements: null }));

const countrySpecs: Rows = () => Object.entries(COUNTRIES).map(([id, { currency, transfers }]) => ({
  id, object: 'country_spec', default_currency: currency, supported_bank_account_currencies: { [currency]: [id] }, supported_payment_currencies: ALL_CURRENCIES, supported_payment_methods: ['card', 'stripe'],
  supported_transfer_countries: [...transfers], verification_fields: FIELDS,
}));

/** The reports that the sandbox can make; their data reach up to the day that has ended. */
const reportTypes: Rows = (call) => {
  const end = Math.floor(call.now / 86_400) * 86_400;
  return REPORTS.map(([id, name, columns]) => ({ id, object: 'reporting.report_type', data_available_end: end, data_available_start: 1_600_000_000, default_columns: [...columns], livemode: call.livemode, name, updated: end, version: 1 }));
};

function served(path: string, object: string, rows: Rows): Readonly<Record<string, Handler>> {
  const one = (call: Call): Answer => {
    const id = call.ids[0] ?? '';
    const row = rows(call).find((known) => text(known, 'id') === id);
    if (row === undefined) throw missing(object, id, 'id', 404);
    return { kind: 'row', row };
  };
  return { [`GET ${path}`]: (call) => listComputed(call, rows(call)), [`GET ${path}/{}`]: one };
}

/** What answers these lists. */
export const REFERENCE_LISTS: Readonly<Record<string, Handler>> = {
  ...served('/v1/tax_codes', 'tax_code', taxCodes),
  ...served('/v1/country_specs', 'country_spec', countrySpecs),
  ...served('/v1/reporting/report_types', 'reporting.report_type', reportTypes),
};
