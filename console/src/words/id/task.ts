// Kata-kata skema dan tugas konektor.
import type { Same } from '../en.ts';
import type * as english from '../en/task.ts';

export const schema: Same<typeof english.schema> = {
  choose: 'Jenis entitas dan tindakan', found: '{{entities}} jenis entitas, {{actions}} tindakan', entities: 'Entitas', actions: 'Tindakan', help: 'Pilih jenis entitas atau tindakan untuk melihat kolom, masukan, dan contohnya.',
  type: 'Jenis', written: 'Diisi saat', filters: 'Filter Stripe', requires: 'Daftar ini memerlukan filter yang menetapkan {{columns}}.', searchColumns: 'Cari kolom', columnsOf: 'Kolom {{name}}',
  run: 'Jalankan', example: 'Contoh', inputs: 'Masukan', outputs: 'Hasil', marks: { key: 'kunci', required: 'wajib' },
};

export const operations: Same<typeof english.operations> = { LIST: 'Daftar', GET: 'Ambil', CREATE: 'Buat', UPDATE: 'Perbarui', DELETE: 'Hapus' };

export const task: Same<typeof english.task> = {
  configure: 'Konfigurasi tugas konektor', none: 'Belum ada tugas yang dipilih', help: 'Pilih entitas dan operasinya, atau sebuah tindakan; isi masukannya, jalankan, lalu lihat keluarannya.',
  type: 'Jenis', entity: 'Entitas', action: 'Tindakan', operation: 'Operasi', typed: 'JSON asli', input: 'Masukan tugas', output: 'Keluaran tugas', form: 'Formulir', run: 'Jalankan',
  noForm: 'Teksnya belum berupa objek JSON.', addField: 'Tambah kolom', pushed: 'Stripe sendiri memfilter menurut {{columns}}; sisanya difilter di sini.', quotes: 'Nilai ditulis dalam tanda kutip tunggal.',
  pageSize: 'Baris per halaman', sortBy: 'Urutkan menurut', unsorted: 'Terbaru dahulu', descending: 'Menurun', table: 'Tabel', everyColumn: 'Semua kolom', noRows: 'Tidak ada baris yang lolos filter.',
  nothingTold: 'Selesai; tidak ada yang perlu dilaporkan.', told: '{{rows}}, {{time}} md', nextPage: 'Halaman berikutnya', explain: 'Jelaskan', copyAs: 'Salin sebagai',
  sure: 'Anda yakin?', oneRow: 'Baris {{id}} akan dihapus.', everyRow: 'Setiap baris yang lolos filter ini akan diubah atau dihapus: {{filter}}',
};
