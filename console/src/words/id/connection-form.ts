// Kata-kata formulir koneksi, dan apa yang mungkin salah di dalamnya.
import type { Same } from '../en.ts';
import type * as english from '../en/connection-form.ts';

export const connectionForm: Same<typeof english.connectionForm> = {
  region: 'Region', regionHelp: 'Tempat koneksi berada. Nama region di sini berarti sama dengan di platform.',
  connector: 'Konektor', version: 'Versi konektor', name: 'Nama koneksi',
  nameHelp: 'Huruf kecil, angka, dan tanda hubung; dimulai dengan huruf, diakhiri dengan huruf atau angka; paling banyak 63 karakter.',
  description: 'Deskripsi', optional: 'opsional',
  account: 'Akun layanan', accountHelp: 'Akun yang dipakai koneksi saat membaca secret-nya.', disabled: 'nonaktif',
  createAccount: 'Buat akun layanan', accountId: 'Nama akun', accountIdHelp: 'Bagian alamatnya sebelum @: {{email}}', accountName: 'Nama tampilan',
  grantBoth: 'Berikan {{roles}} pada project', grantBothHelp: 'Akun ini dapat membaca semua secret di project ini. Jika tidak, peran diberikan pada tiap secret, di langkah Autentikasi.',
  nodes: 'Setelan node koneksi', nodesHelp: 'Node adalah unit (replika) koneksi yang memproses transaksi: lebih banyak node untuk lebih banyak transaksi. Jika tidak diisi, 2 dan 50.',
  minNodes: 'Jumlah minimum node', maxNodes: 'Jumlah maksimum node',
  proxy: 'Proxy', addDestination: 'Tambahkan tujuan', destinationType: 'Jenis tujuan', hostAddress: 'Alamat host', host: 'Nama host atau alamat IP', port: 'Port', removeDestination: 'Hapus tujuan {{number}}',
  labels: 'Label', labelsHelp: 'Pasangan kunci/nilai untuk menemukan koneksi.', addLabel: 'Tambahkan label', labelKey: 'Kunci', labelValue: 'Nilai', removeLabel: 'Hapus label {{number}}',
  advanced: 'Lanjutan', logging: 'Pencatatan log', loggingHelp: 'Apa yang setidaknya ditulis koneksi ke log server.', noLogging: 'Tidak diaktifkan', levels: { ERROR: 'Error', INFO: 'Informasi', DEBUG: 'Semuanya' },
  way: 'Jenis autentikasi', secretVersion: 'Versi {{name}}', latest: 'latest: selalu yang terbaru', createSecret: 'Buat secret', addVersion: 'Tambahkan versi',
  secretId: 'Nama secret', secretIdHelp: 'Huruf, angka, tanda hubung, dan garis bawah.', value: 'Nilai', valueHelp: 'Dikirim sekali ke penyimpanan secret, disegel, dan tidak ditampilkan lagi.', secretFor: 'Secret untuk {{name}}',
  rolesMissing: '{{account}} belum memiliki {{roles}} pada {{secret}}: koneksi tidak akan dapat membacanya.', grant: 'Berikan perannya',
  servicesOff: 'Layanan yang diperlukan koneksi belum diaktifkan di project ini: {{services}}.', enable: 'Aktifkan',
  variables: {
    'account-id': { label: 'ID Akun', help: 'Akun Stripe yang ingin digunakan, acct_…, untuk platform. Jika kosong, akun pemilik kuncinya.' },
    'proxy-enabled': { label: 'Gunakan proxy', help: 'Menjangkau Stripe melalui server proxy.' },
    'proxy-auth-scheme': { label: 'Skema autentikasi proxy', help: 'Cara koneksi memperkenalkan diri kepada proxy.' },
    'proxy-user': { label: 'Pengguna proxy', help: 'Nama pengguna untuk proxy.' },
    'proxy-password': { label: 'Sandi proxy', help: 'Secret yang menyimpan sandi untuk proxy.' },
    'proxy-ssltype': { label: 'Jenis SSL proxy', help: 'Cara koneksi berbicara dengan proxy.' },
    verbosity: { label: 'Verbositas', help: '1 sampai 5: makin tinggi, makin banyak komunikasi (permintaan, respons, sertifikat) yang dicatat. Jika kosong, 1.' },
    'api-version': { label: 'Versi API', help: 'Versi API Stripe, misalnya 2026-10-28.endive. Jika kosong, yang terbaru yang dikenal konektor.' },
    'search-pushdown': { label: 'Gunakan Search milik Stripe', help: 'Daftar boleh memakai Search milik Stripe, yang mungkin tertinggal satu menit; setiap baris dibaca dan diperiksa lagi.' },
    'account-override': { label: 'Panggilan boleh menyebut akun', help: 'Sebuah panggilan boleh menyebut akun terhubung lain dengan kolom semu AccountId.' },
    'api-key': { label: 'Kunci API', help: 'Secret yang menyimpan kunci API Stripe (sk_… atau rk_…).' },
    username: { label: 'Pengguna', help: 'Tidak digunakan.' },
    password: { label: 'Sandi', help: 'Secret yang menyimpan kunci API.' },
  },
  ways: {
    'api-key': { label: 'Kunci API', help: 'Kunci rahasia atau terbatas dari Stripe (sk_… atau rk_…), disimpan sebagai versi secret.' },
    'user-password': { label: 'Pengguna dan sandi', help: 'Kunci yang sama sebagai sandi pengguna mana pun, untuk klien yang tidak mengenal kunci API.' },
  },
  options: {
    'proxy-auth-scheme': { BASIC: 'Dasar', DIGEST: 'Ringkasan', NONE: 'Tidak ada' },
    'proxy-ssltype': { AUTO: 'Otomatis', ALWAYS: 'Selalu', NEVER: 'Tidak pernah', TUNNEL: 'Tunnel' },
  },
  optionHelp: {
    BASIC: 'Autentikasi HTTP dasar (Basic).', DIGEST: 'Autentikasi HTTP ringkasan (Digest): sandinya sendiri tidak dikirim.', NONE: 'Proxy tidak meminta siapa pun.',
    AUTO: 'Tunnel jika alamat sumbernya https, Tidak pernah jika http.', ALWAYS: 'Koneksi ke proxy selalu memakai SSL.', NEVER: 'Koneksi ke proxy tidak memakai SSL.',
    TUNNEL: 'Proxy membuka koneksi ke host jarak jauh, dan traffic mengalir bolak-balik melaluinya.',
  },
  destinations: {
    'proxy-server': { label: 'Server proxy', help: 'Host dan port proxy; jika ada beberapa, dicoba menurut urutannya.' },
    'stripe-api': { label: 'API Stripe', help: 'Letak Stripe, untuk penggantinya: https, atau http di mesin ini. "sandbox" adalah sandbox server ini. Jika kosong, Stripe sendiri.' },
  },
  faults: {
    name: 'Nama dimulai dengan huruf kecil, hanya berisi huruf kecil, angka, dan tanda hubung, diakhiri dengan huruf atau angka, dan paling banyak 63 karakter.',
    taken: 'Sudah ada koneksi {{name}} di {{region}}.', region: 'Pilih region.', version: 'Pilih konektor dan versinya.',
    labelKey: 'Kunci dimulai dengan huruf kecil dan paling banyak berisi 63 huruf kecil, angka, garis bawah, dan tanda hubung.', labelValue: 'Nilai paling banyak berisi 63 huruf kecil, angka, garis bawah, dan tanda hubung.',
    labels: 'Paling banyak {{most}} label.', wholeIn: 'Bilangan bulat dari {{from}} sampai {{to}}.', whole: 'Bilangan bulat.', nodes: 'Minimum tidak boleh lebih besar dari maksimum.',
    account: 'Alamat akun layanan di project ini.', noAccount: 'Tidak ada akun layanan itu di project ini.', port: 'Port dari 1 sampai 65535.', host: 'Nama host atau alamat IP, tanpa spasi.', hostNotAllowed: 'Server ini tidak boleh memanggil {{name}}; administratornya dapat mengizinkannya (KONEKTOR_ALLOW_STRIPE_HOSTS).',
    tooLong: 'Paling banyak {{most}} karakter.', key: 'Kunci paling banyak 256 karakter.', options: 'Salah satu dari {{options}}.', accountId: 'ID akun Stripe, misalnya acct_1032D82eZvKYlo2C.', apiVersion: 'Versi API Stripe, misalnya 2026-10-28.endive.',
    verbosity: 'Angka dari 1 sampai 5.', secret: 'Pilih secret dan versinya.', destination: 'Tambahkan setidaknya satu tujuan, dengan host dan port.', destinations: 'Paling banyak {{most}} tujuan.', required: 'Ini wajib diisi.', missing: 'Ini wajib diisi.',
    twice: '{{name}} ada dua kali.',
  },
};
