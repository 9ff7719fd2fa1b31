// Yang dikatakan tentang sebuah penulisan, menurut namanya yang tetap.
const AGAIN = 'Penulisan ini dapat dikirim lagi dengan Idempotency-Key-nya.';

export const writes: Readonly<Record<string, string>> = {
  EVENTS_TELL_DONE: 'Event Stripe dengan kuncinya menunjukkan bahwa ini sudah dilakukan: {{events}}.',
  EVENTS_TELL_DECLINED: 'Event Stripe menunjukkan bahwa ini ditolak: {{events}}.',
  SENT_JUST_NOW: 'Ini baru saja dikirim dan mungkin masih dikerjakan: tanyakan lagi dalam sepuluh detik.',
  EVENTS_TOO_OLD: 'Tidak ditemukan event dengan kuncinya, tetapi Stripe hanya memuat event tiga puluh hari terakhir: lihat sendiri apa yang ada.',
  EVENTS_TOO_MANY: 'Tidak ditemukan event dengan kuncinya, tetapi ada lebih dari {{most}} event dalam waktu pengirimannya: lihat sendiri apa yang ada.',
  CREATION_UNTOLD: 'Tidak ditemukan event dengan kuncinya, dan Stripe tidak membuat event saat {{name}} dibuat: cari barisnya menurut isi yang seharusnya.',
  CREATION_NOT_DONE: `Stripe membuat event saat {{name}} dibuat, dan tidak ada event dengan kuncinya: ini tidak dilakukan. ${AGAIN}`,
  CHANGE_UNTOLD: 'Tidak ditemukan event dengan kuncinya, dan Stripe tidak membuat event saat {{name}} diubah: ambil barisnya, lalu bandingkan.',
  CHANGE_NOT_DONE: `Stripe membuat event saat {{name}} diubah, dan tidak ada event dengan kuncinya: tidak ada yang berubah. ${AGAIN}`,
  ROW_UNREAD: 'Tidak ditemukan event dengan kuncinya, dan barisnya tidak dapat dibaca.',
  ROW_DELETED: 'Barisnya sudah tidak ada; apakah karena penulisan ini tidak dapat diketahui.',
  ROW_NOT_DELETED: `Barisnya masih ada: tidak dihapus. ${AGAIN}`,
  ROW_GONE: `Barisnya sudah tidak ada, dan tidak ada event bahwa baris itu diubah sebelumnya. ${AGAIN}`,
  ACTION_UNTOLD: 'Tidak ditemukan event dengan kuncinya; lihat objek tujuan tindakan itu.',
  ACTION_AT_ITS_END: 'Statusnya {{status}}, yaitu tujuan tindakan itu; apakah karena penulisan ini tidak dapat diketahui.',
  ACTION_NOT_DONE: `Statusnya {{status}}, seperti sebelum tindakan itu, dan tidak ada event tentang tindakan itu: ini tidak dilakukan. ${AGAIN}`,
  ACTION_UNCLEAR: 'Statusnya {{status}}; dari situ tidak dapat diketahui apakah tindakan itu dilakukan.',
  CANNOT_FIND_OUT: 'Konektor ini tidak dapat mencari tahu bagaimana penulisan berakhir.',
  SAID_BY: 'Dikatakan oleh {{who}}.',
  SENT_AGAIN: 'Sementara itu ada yang mengirimnya lagi.',
  UNDER_WAY: 'Sedang berjalan.',
  SETTLED_BEFORE: 'Hasilnya sudah diketahui sebelumnya.',
  ROWS_OPEN: '{{done}} baris sudah ditulis, dan {{open}} baris belum diketahui: cari tahu baris-baris itu dahulu.',
  ROWS_SETTLED: '{{done}} baris sudah ditulis, dan tidak ada baris yang belum diketahui: bila dikirim lagi dengan Idempotency-Key-nya, baris lainnya dilanjutkan.',
};
