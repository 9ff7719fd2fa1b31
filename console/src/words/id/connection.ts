// Kata-kata halaman sebuah koneksi.
import type { Same } from '../en.ts';
import type * as english from '../en/connection.ts';

export const connection: Same<typeof english.connection> = {
  configuration: 'Konfigurasi',
  tabs: { overview: 'Ringkasan', edit: 'Ubah', access: 'Akses', charts: 'Grafik', log: 'Log', audit: 'Audit', writes: 'Penulisan', task: 'Tugas konektor', schema: 'Skema' },
  serves: 'Panggilan dilayani.', servesNot: 'Panggilan tidak dilayani.', since: 'sejak', revision: 'Revisi {{number}}', servesBefore: 'Revisi sebelumnya melayani sampai yang ini selesai dicoba.',
  history: 'Riwayat', noHistory: 'Tidak ada yang diketahui tentang keadaan sebelumnya.', operation: 'Operasi', locked: 'Terkunci', lockedBecause: 'Terkunci: {{reason}}',
  deeds: {
    suspend: 'Tangguhkan', resume: 'Lanjutkan', lock: 'Kunci', unlock: 'Buka kunci', delete: 'Hapus', tryAgain: 'Coba lagi', under: 'Sedang berjalan …', done: 'Selesai.',
    suspends: 'Selama {{name}} ditangguhkan, tidak ada panggilan melaluinya yang dilayani.', deletes: 'Koneksi {{name}} dihapus beserta kebijakan dan lognya. Catatan audit dan penulisan yang belum selesai tetap ada.',
    locks: 'Koneksi yang terkunci tidak dapat diubah, ditangguhkan, atau dihapus sampai kuncinya dibuka.', reason: 'Alasan',
  },
  nodes: {
    title: 'Node', now: 'Sekarang', least: 'Minimum', most: 'Maksimum', takes: 'Panggilan per detik', waiting: 'Panggilan yang menunggu', processes: 'Proses', unlimited: 'Tidak ada yang membatasi panggilan: laju node dimatikan.',
  },
  facts: {
    connector: 'Konektor', description: 'Deskripsi', labels: 'Label', account: 'Bertindak sebagai', authentication: 'Autentikasi', nodes: 'Node', nodesFromTo: '{{from}} sampai {{to}}',
    log: 'Pencatatan log', off: 'mati', shaping: 'Panggilan ke sumber', shapingRate: '{{quota}} dalam {{duration}}', region: 'Region', name: 'Nama', host: 'Host',
  },
  diagnosis: {
    title: 'Diagnosis', help: 'Memeriksa koneksi langkah demi langkah, dari statusnya sampai jam sumbernya. Tidak mengubah apa pun.', run: 'Periksa', allWell: 'Semuanya baik.',
    outcomes: { ok: 'OK', warning: 'Peringatan', failed: 'Gagal', skipped: 'Tidak diperiksa' },
  },
};

export const charts: Same<typeof english.charts> = {
  help: 'Yang dilakukan proses yang menjawab ({{process}}) sejak {{since}}.', several: 'Beberapa proses melayani koneksi ini: masing-masing melaporkan angkanya sendiri, dan angka berubah mengikuti proses yang menjawab.',
  span: 'Rentang', spans: { quarter: '15 menit', day: 'Sehari' }, pause: 'Jeda', goOn: 'Lanjut', table: 'Tabel', time: 'Waktu', nothing: 'Tidak terjadi apa-apa dalam waktu ini.',
  calls: 'Panggilan', callsHelp: 'Per selang {{seconds}} dtk, menurut hasil.', latency: 'Latensi', latencyHelp: 'Milidetik dari datangnya panggilan sampai dijawab.', throttled: 'Dibatasi', throttledHelp: 'Panggilan yang ditolak oleh suatu batas laju.',
  nodes: 'Node', nodesHelp: 'Node, dan panggilan menunggu terbanyak.', nodeCount: 'Node', waiting: 'Menunggu', source: 'Panggilan Stripe', sourceHelp: 'Percobaan ke sumber, menurut status.', failed: 'tanpa jawaban',
  sum: { calls: 'panggilan', errors: 'error', throttled: 'dibatasi', source: 'panggilan Stripe' },
};

export const log: Same<typeof english.log> = {
  help: 'Baris terakhir dari proses {{process}}, disimpan sejak {{since}}.', severity: 'Tingkat', severities: { INFO: 'Info', WARNING: 'Peringatan', ERROR: 'Error' }, atLeast: 'Mulai dari {{what}}', upTo: 'Tampilkan sampai level',
  written: 'Ditulis sampai level', unset: 'tidak diatur (1)', levels: { l1: '1 · panggilan', l2: '2 · permintaan', l3: '3 · isi', l4: '4 · soket, TLS', l5: '5 · waktu' },
  levelHelp: 'Mulai level 3 baris memuat data pelanggan Anda. Mengubahnya membuat koneksi dicoba lagi; revisi sebelumnya melayani selama itu.', changing: 'Level sedang diubah …',
  follow: 'Ikuti', pause: 'Jeda', following: 'Mengikuti', cut: 'Terputus, dicoba lagi', count_one: '{{count, number}} baris', count_other: '{{count, number}} baris', paused: 'Dijeda', older: 'Baris yang lebih lama', none: 'Belum ada baris. Baris muncul bersama panggilan melalui koneksi ini.', noMatch: 'Tidak ada baris yang cocok.', level: 'Level {{level}}',
  expand: 'Tampilkan baris', collapse: 'Sembunyikan baris', ofCall: 'Baris panggilan ini', oneCall: 'Baris dari panggilan {{id}}', lines: 'Baris log', copyAll: 'yang ditampilkan',
};

export const writes: Same<typeof english.writes> = {
  unfinished: 'Penulisan yang belum selesai', unfinishedHelp: 'Penulisan yang belum diketahui apakah sudah dilakukan Stripe. Mencari tahu hanya bertanya kepada Stripe dan tidak mengubah apa pun di sana.', noneUnfinished: 'Tidak ada: hasil setiap penulisan sudah diketahui.',
  all: 'Semua penulisan', allHelp: 'Yang dikirim ke Stripe melalui koneksi ini, terbaru dahulu; tidak pernah isinya.', noneAtAll: 'Belum ada yang ditulis melalui koneksi ini.', state: 'Status', target: 'Entity atau tindakan', entity: 'Baris', key: 'Kunci idempotensi', attempts: 'Percobaan',
  sent: 'Dikirim', settled: 'Dipastikan', outcome: 'Hasil', note: 'Catatan', partOf: 'Bagian dari', reconcile: 'Cari tahu', reconcileAll: 'Cari tahu semua', settle: 'Nyatakan hasilnya', settleHelp: 'Nyatakan bila Stripe tidak dapat menjawab: pernyataan Anda dipercaya, dan tercatat di log audit sebagai pernyataan Anda.',
  asDone: 'Sudah dilakukan', asNotDone: 'Tidak dilakukan', told_one: '{{count}} penulisan diperiksa', told_other: '{{count}} penulisan diperiksa', write: 'Penulisan', found: 'Ditemukan',
  states: { underWay: 'Sedang berjalan', unknown: 'Tidak diketahui', notDone: 'Tidak dilakukan', succeeded: 'Berhasil', failed: 'Gagal' },
};

export const may: Same<typeof english.may> = {
  title: 'Siapa boleh melakukan apa', help: 'Menurut peran pada koneksi ini dan pada project-nya.', question: 'Pertanyaan', youMay: 'Anda boleh.', youMayNot: 'Anda tidak boleh.', nobody: 'Tidak seorang pun selain administrator.', by: 'melalui {{role}}, {{where}}', where: { here: 'pada koneksi ini', above: 'pada project' },
  deeds: {
    list: 'Siapa boleh melihat baris?', change: 'Siapa boleh mengubah baris?', remove: 'Siapa boleh menghapus baris?', execute: 'Siapa boleh menjalankan tindakan?', see: 'Siapa boleh melihat koneksi?', edit: 'Siapa boleh mengubah koneksi?', drop: 'Siapa boleh menghapus koneksi?', log: 'Siapa boleh membaca lognya?', settle: 'Siapa boleh memastikan penulisannya?', share: 'Siapa boleh memberi akses?',
  },
  inherited: 'Diwarisi dari project', inheritedHelp: 'Siapa pun yang memiliki peran pada project memilikinya juga pada koneksi.', toProject: 'Akses project', onConnection: 'Pada koneksi ini', onConnectionHelp: 'Peran yang hanya berlaku untuk koneksi ini.',
};

export const edit: Same<typeof english.edit> = {
  help: 'Yang disimpan dicoba dahulu; revisi sebelumnya melayani panggilan selama itu.', review: 'Yang akan berubah', nothing: 'Belum ada yang diubah.', field: 'Kolom', before: 'Sebelum', after: 'Sesudah', absent: 'tidak diatur', save: 'Simpan', discard: 'Buang', saving: 'Sedang dicoba …', saved: 'Disimpan dan sudah dicoba.',
  failed: 'Sudah disimpan, tetapi percobaannya gagal: panggilan tidak dilayani sampai diperbaiki.', lockedHelp: 'Koneksi terkunci: buka kuncinya dahulu.', busy: 'Ada yang sedang mengerjakan koneksi ini; tunggu sampai selesai.', changedMeanwhile: 'Orang lain mengubah koneksi ini sejak Anda mulai. Buang perubahan untuk melihat keadaannya sekarang.', faults: 'Perbaiki dahulu yang ditandai.',
};

export const connectionAudit: Same<typeof english.connectionAudit> = { hideLooks: 'Tanpa pembacaan administratif', wholeLog: 'Seluruh log audit' };
