// Kata-kata skema dan tugas konektor.
import type { Same } from '../en.ts';
import type * as english from '../en/task.ts';

export const schema: Same<typeof english.schema> = {
  choose: 'Jenis entity dan tindakan', found: '{{entities}} jenis entity, {{actions}} tindakan', entities: 'Entity', actions: 'Tindakan', help: 'Pilih jenis entity atau tindakan untuk melihat kolom, input, dan contohnya.',
  type: 'Jenis', written: 'Diisi saat', filters: 'Filter Stripe', requires: 'Daftar ini memerlukan filter yang menetapkan {{columns}}.', searchColumns: 'Cari kolom', columnsOf: 'Kolom {{name}}',
  example: 'Contoh', examples: 'Contoh-contoh', tryIt: 'Buka sebagai tugas', inputs: 'Input', outputs: 'Hasil', marks: { key: 'kunci', required: 'wajib', money: 'satuan terkecil mata uang' },
  searchInputs: 'Cari input', searchOutputs: 'Cari hasil', columnCount: '{{count}} dari {{all}}',
};

export const operations: Same<typeof english.operations> = { LIST: 'Daftar', GET: 'Ambil', CREATE: 'Buat', UPDATE: 'Perbarui', DELETE: 'Hapus' };

export const task: Same<typeof english.task> = {
  configure: 'Konfigurasi tugas konektor', none: 'Belum ada tugas yang dipilih', help: 'Pilih entity dan operasinya, atau sebuah tindakan; isi inputnya, jalankan, lalu lihat outputnya.',
  type: 'Jenis', entity: 'Entity', action: 'Tindakan', operation: 'Operasi', input: 'Input tugas', output: 'Output tugas', form: 'Formulir', run: 'Jalankan', recent: 'Terakhir', failed: 'gagal',
  outputForm: 'Bentuk output', text: 'Teks, seperti di platform', typed: 'JSON asli', textHelp: 'Setiap nilai berupa teks atau null, seperti connectorOutputPayload di platform.', typedHelp: 'Angka, daftar, dan objek seperti jawaban Stripe.',
  newKey: 'Buat kunci baru', keyHelp: 'Di bawah satu kunci, penulisan dilakukan sekali saja walau dikirim berkali-kali. Kuncinya berganti bersama input.', keyUsed: 'Sudah dilakukan di bawah kunci ini: menjalankannya lagi memberi jawaban yang sama dan tidak melakukan apa pun dua kali. Buat kunci baru untuk melakukannya sekali lagi.',
  outcomeUnknown: 'Tidak diketahui apakah ini sudah dilakukan', foundDone: 'Sudah dilakukan', foundRefused: 'Ditolak', getAnswer: 'Ambil jawabannya',
  findOutHelp: 'Mencari tahu hanya bertanya kepada Stripe dan tidak mengubah apa pun di sana. Menjalankannya lagi dengan kunci yang sama juga tidak melakukan apa pun dua kali, tetapi yang sudah dijawab Stripe dengan error akan dijawab begitu lagi. Jangan ubah input atau kuncinya sebelum hasilnya diketahui.',
  outcomeUnknownHelp: 'Jalankan lagi di bawah kunci yang sama: bila sudah dilakukan, jawabannya diberikan dan tidak ada yang dilakukan dua kali. Jangan ubah input atau kuncinya sebelum itu.',
  notDone: 'Ini belum dilakukan', notDoneHelp: 'Tidak ada yang salah dengan inputnya. Jalankan lagi sebentar lagi, di bawah kunci yang sama.', refusedHelp: 'Ini ditolak dan tidak ada yang berubah. Perbaiki inputnya lalu jalankan; ini dikirim di bawah kunci baru.', repeat: 'Jalankan lagi dengan kunci yang sama', toWrites: 'Penulisan yang belum selesai',
  noForm: 'Teksnya belum berupa objek JSON.', fillExample: 'Isi dengan contoh', addField: 'Tambah kolom', pushed: 'Stripe sendiri memfilter menurut {{columns}}; sisanya difilter di sini.', quotes: 'Nilai ditulis dalam tanda kutip tunggal.',
  atStripe: 'Stripe memfilter menurut {{filter}}.', here: 'Difilter di sini: {{filter}}.',
  pageSize: 'Baris per halaman', sortBy: 'Urutkan menurut', unsorted: 'Terbaru dahulu', descending: 'Menurun', table: 'Tabel', everyColumn: 'Semua kolom', noRows: 'Tidak ada baris yang cocok dengan filter.',
  nothingTold: 'Selesai; tidak ada yang perlu dilaporkan.', told: '{{rows}}, {{time}} ms', nextPage: 'Halaman berikutnya', allPages: 'Semua halaman', stop: 'Berhenti', firstShown: '{{count}} baris pertama; JSON semuanya dibaca melalui API.', showRow: 'Tampilkan barisnya', explain: 'Jelaskan', copyAs: 'Salin sebagai',
  sure: 'Anda yakin?', oneRow: 'Baris {{id}} akan dihapus.', endsForGood: '{{action}} mengakhiri sesuatu yang tidak dapat dikembalikan.', everyRow: 'Setiap baris yang cocok dengan filter ini akan diubah atau dihapus: {{filter}}',
};

export const plan: Same<typeof english.plan> = {
  filter: 'Filter', everyRow: 'setiap baris', way: 'Caranya', atStripe: 'Difilter oleh Stripe', here: 'Difilter di sini', nothing: 'tidak ada', order: 'Urutan', calls: 'Panggilan ke Stripe per halaman', unbounded: 'sebanyak yang diperlukan barisnya', budget: 'Paling banyak',
  most: '{{rows}} baris, {{calls}} panggilan, {{seconds}} dtk', fullScan: 'Setiap baris mungkin harus dibaca.', why: 'Mengapa', asked: 'Yang ditanyakan kepada Stripe',
  routes: { GET: 'Barisnya diambil menurut id.', SCAN: 'Barisnya didaftar.' },
  orders: { SOURCE: 'seperti yang diberikan Stripe', SORTED_BY_SOURCE: 'diurutkan oleh Stripe', SORTED_HERE: 'diurutkan di sini' },
};
