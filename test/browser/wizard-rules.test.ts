// Each rule of a connection broken once in the wizard: what is said at the field, in both languages.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './patience.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';
import { newProject } from './wizard-steps.ts';

let world: ConsoleWorld;
withConsole((made) => { world = made; });
beforeAll(async () => { await newProject(world.server, 'toko-aturan'); });

/** What is written beside a field, in English and Indonesian. */
type Both = readonly [english: string, indonesian: string];

interface Rule {
  readonly field: Both;
  readonly value: string;
  readonly said: Both;
  /** What is right at the field, so that the next rule is alone. */
  readonly right?: string;
}

const NAME: Both = ['Connection name', 'Nama koneksi'];
const NAME_SAID: Both = ['The name begins with a lower-case letter, holds only', 'Nama dimulai dengan huruf kecil, hanya berisi'];
const [MIN, MAX]: readonly Both[] = [['Minimum number of nodes', 'Jumlah minimum node'], ['Maximum number of nodes', 'Jumlah maksimum node']];
const COUNT: Both = ['A whole number from 1 to 100.', 'Bilangan bulat dari 1 sampai 100.'];
const KEY: Both = ['Key', 'Kunci'];
const VALUE: Both = ['Value', 'Nilai'];
const [HOST, PORT]: readonly Both[] = [['Host name or IP address', 'Nama host atau alamat IP'], ['Port', 'Port']];
const NEEDED: Both = ['This is needed.', 'Ini wajib diisi.'];
const OF_KEY: Both = ['A key begins with a lower-case letter', 'Kunci dimulai dengan huruf kecil'];

const RULES: readonly Rule[] = [
  ...['Toko', '1toko', 'toko-', 'toko_1', 't'.repeat(64)].map((value): Rule => ({ field: NAME, value, said: NAME_SAID })),
  { field: NAME, value: '', said: NEEDED, right: 'toko' },
  { field: ['Description', 'Deskripsi'], value: 'x'.repeat(4_097), said: ['At most 4096 characters.', 'Paling banyak 4096 karakter.'], right: '' },
  { field: MIN ?? NAME, value: '0', said: COUNT }, { field: MIN ?? NAME, value: '1.5', said: ['A whole number.', 'Bilangan bulat.'], right: '2' },
  { field: MAX ?? NAME, value: '101', said: COUNT }, { field: MAX ?? NAME, value: '1', said: ['The minimum must not be larger than the maximum.', 'Minimum tidak boleh lebih besar dari maksimum.'], right: '50' },
  { field: ['Account ID', 'ID Akun'], value: 'toko', said: ['The id of a Stripe account, such as', 'ID akun Stripe, misalnya'], right: '' },
  { field: ['API version', 'Versi API'], value: 'newest', said: ['A version of the Stripe API, such as', 'Versi API Stripe, misalnya 2026-10-28.endive.'], right: '' },
  { field: ['Verbosity', 'Verbositas'], value: '6', said: ['A number from 1 to 5.', 'Angka dari 1 sampai 5.'], right: '' },
  { field: KEY, value: 'Env', said: OF_KEY }, { field: KEY, value: '1env', said: OF_KEY }, { field: KEY, value: 'e'.repeat(64), said: OF_KEY, right: 'env' },
  { field: VALUE, value: 'Produksi Utama', said: ['A value has at most 63 lower-case letters', 'Nilai paling banyak berisi 63 huruf kecil'], right: 'prod' },
  { field: HOST ?? NAME, value: 'proxy example', said: ['A host name or an IP address, without spaces.', 'Nama host atau alamat IP, tanpa spasi.'] }, { field: HOST ?? NAME, value: '', said: NEEDED, right: 'proxy.example.com' },
  { field: PORT ?? NAME, value: '65536', said: ['A port from 1 to 65535.', 'Port dari 1 sampai 65535.'] }, { field: PORT ?? NAME, value: 'http', said: ['A port from 1 to 65535.', 'Port dari 1 sampai 65535.'] },
  { field: PORT ?? NAME, value: '', said: NEEDED, right: '3128' },
];

/** Their words stand in those of others. */
const SHORT: readonly string[] = [...KEY, ...VALUE];

/** The sentence at a field: where the field itself says that it is described. */
async function said(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: SHORT.includes(label) }).first();
  await eventually(async () => {
    const id = await field.getAttribute('aria-describedby');
    return id === null ? '' : page.locator(`[id="${id}"]`).textContent();
  }, label).toContain(text);
  // Waited for as well: the help of a field may hold the words that its fault has.
  await eventually(async () => field.getAttribute('aria-invalid'), label).toBe('true');
}

describe.each([['en', 0, 'en-GB'], ['id', 1, 'id-ID']] as const)('the rules in %s', (_language, at, locale) => {
  const word = (both: Both): string => both[at];
  const button = (page: Page, both: Both): Promise<void> => page.getByRole('button', { name: word(both), exact: true }).click();
  const NEXT: Both = ['Next', 'Berikutnya'];

  it('are told at their fields while one types, and the step is marked', async () => {
    const { page } = await world.open('/console/projects/toko-aturan/connections/new', { locale });
    // From the end one is led back to the first field that is to be mended.
    await page.getByRole('tab', { name: word(['Review', 'Tinjau']) }).click();
    await button(page, ['Create', 'Buat']);
    await page.getByRole('heading', { name: word(['Location', 'Lokasi']), exact: true }).waitFor();
    await page.locator('input:focus').and(page.getByLabel('Region')).waitFor();
    await button(page, NEXT);
    await said(page, 'Region', word(['Choose a region.', 'Pilih region.']));
    await page.getByText(word(['Something is to be mended here.', 'Ada yang perlu diperbaiki di sini.'])).first().waitFor({ state: 'attached' });
    await page.getByLabel('Region').fill('us-central1');
    await page.getByRole('option', { name: 'us-central1' }).click();
    await button(page, NEXT);
    await page.getByRole('heading', { name: word(['Connection details', 'Detail koneksi']) }).waitFor();

    await button(page, NEXT);
    await page.getByText(word(['Choose a connector and its version.', 'Pilih konektor dan versinya.'])).waitFor();
    await page.getByText(word(NEEDED)).first().waitFor();
    await page.getByRole('combobox', { name: word(['Connector', 'Konektor']) }).first().click();
    await page.getByRole('option', { name: 'Stripe' }).click();
    await page.getByLabel(word(['Use proxy', 'Gunakan proxy'])).check();
    await page.getByText(word(['Add at least one destination, with host and port.', 'Tambahkan setidaknya satu tujuan, dengan host dan port.'])).waitFor();
    await button(page, ['Add destination: Proxy server', 'Tambahkan tujuan: Server proxy']);
    await button(page, ['Add label', 'Tambahkan label']);
    await button(page, ['Advanced', 'Lanjutan']);

    for (const { field, value, said: text, right } of RULES) {
      const place = page.getByLabel(word(field), { exact: SHORT.includes(word(field)) }).first();
      await place.fill(value);
      await said(page, word(field), word(text));
      if (right !== undefined) await place.fill(right);
    }
    await button(page, ['Add label', 'Tambahkan label']);
    await page.getByLabel(word(KEY), { exact: true }).nth(1).fill('env');
    await page.getByText(word(['env is there twice.', 'env ada dua kali.'])).waitFor();
    await button(page, ['Remove label 2', 'Hapus label 2']);

    await page.getByRole('combobox', { name: word(['Proxy auth scheme', 'Skema autentikasi proxy']) }).click();
    await page.getByRole('option', { name: word(['Digest', 'Ringkasan']) }).click();
    await button(page, NEXT);
    for (const one of [['Proxy user', 'Pengguna proxy'], ['Proxy password', 'Sandi proxy']] as const) await said(page, word(one), word(NEEDED));
    await page.getByLabel(word(['Use proxy', 'Gunakan proxy'])).uncheck();
    await button(page, NEXT);
    await page.getByRole('heading', { name: word(['Authentication', 'Autentikasi']) }).waitFor();
    await button(page, NEXT);
    await said(page, word(['API Key', 'Kunci API']), word(NEEDED));
  });
});

describe('what is made on the spot', () => {
  it('goes on from where a first attempt failed', async () => {
    const { page, errors } = await world.open('/console/projects/toko-aturan/connections/new?step=details');
    const dialog = page.getByRole('dialog');
    const failOnce = (path: string): Promise<unknown> => page.route(path, (route) => route.fulfill({ status: 503, json: {} }), { times: 1 });
    await page.getByRole('button', { name: 'Create a service account' }).click();
    await failOnce('**/*:setIamPolicy');
    await dialog.getByLabel('Account name').fill('malam');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel('Account name').isDisabled(), 'the account is there already').toBe(true);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Service account' }).getByText('malam@toko-aturan').waitFor();
    expect(JSON.stringify((await world.server.call('POST', '/v1/projects/toko-aturan:getIamPolicy', {})).body).split('serviceAccount:malam@').length - 1, 'roles of it').toBe(2);

    await page.getByRole('combobox', { name: 'Connector' }).first().click();
    await page.getByRole('option', { name: 'Stripe' }).click();
    await page.getByRole('tab', { name: 'Authentication' }).click();
    await page.getByRole('button', { name: 'Create a secret: API Key' }).click();
    await failOnce('**/*:addVersion');
    await dialog.getByLabel('Name of the secret').fill('kunci');
    await dialog.getByLabel('Value', { exact: true }).fill(['sk', 'test', 'malam'].join('_'));
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel('Name of the secret').isDisabled(), 'the secret is there already').toBe(true);
    // Its versions cannot be asked for at the moment: that is told, and the one that was made stands there.
    await page.route('**/secrets/kunci/versions*', (route) => route.fulfill({ status: 403, json: { error: { status: 'PERMISSION_DENIED', message: 'no versions for you' } } }));
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('alert').filter({ hasText: 'no versions for you' }).waitFor();
    await page.unroute('**/secrets/kunci/versions*');
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect((await world.server.call('GET', '/v1/projects/toko-aturan/secrets/kunci/versions')).body['versions']).toHaveLength(1);
    expect(errors.splice(0).filter((error) => !/503|403/.test(error))).toEqual([]);
  });
});

describe('a rule that only the server knows', () => {
  it('is told at its field: in the reader\'s words, or in its own, marked as English', async () => {
    const { page } = await world.open('/console/projects/demo/connections/new?from=us-central1/stripe-sandbox&step=details', { locale: 'id-ID' });
    // What is set is open to be seen, under Advanced too.
    await page.getByLabel('Nama host atau alamat IP').fill('elsewhere.example.com');
    await said(page, 'Nama host atau alamat IP', 'Server ini tidak boleh memanggil elsewhere.example.com');
    await page.route('**/connections:validate*', (route) => route.fulfill({ json: { faults: [{ field: 'description', description: 'is not what a newer server likes' }], warnings: [], missingRoles: [] } }));
    await page.getByLabel('Deskripsi').fill('toko');
    await said(page, 'Deskripsi', 'Is not what a newer server likes');
    expect(await page.getByText('Is not what a newer server likes').getAttribute('lang')).toBe('en');
  });

  it('is told too: a name that is taken', async () => {
    const { page } = await world.open('/console/projects/demo/connections/new?from=us-central1/stripe-sandbox&step=details');
    await page.getByLabel('Connection name').fill('stripe-sandbox');
    await said(page, 'Connection name', 'There is a connection stripe-sandbox in us-central1 already.');
  });
});
