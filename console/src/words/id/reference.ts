// Kata-kata halaman yang menampilkan API. Isinya adalah uraian dari server sendiri, dalam bahasa Inggris.
import type { Words } from '../en.ts';

export const reference: Words['reference'] = {
  title: 'API', operations: 'Operasi', found_one: '{{count}} operasi', found_other: '{{count}} operasi', groups: 'Apa saja yang ada', console: 'Ke konsol',
  unserved: 'Ini tidak dilayani di sini: jawabannya 501, UNIMPLEMENTED.', notServed: 'tidak dilayani', permission: 'Izin', open: 'Tidak perlu', effect: 'Akibat', service: 'Layanan yang harus aktif',
  effects: { read: 'Tidak mengubah apa pun', write: 'Mengubah sesuatu', destroy: 'Menghapus sesuatu' },
  curl: 'Sebagai perintah', in: { path: 'Dalam path', query: 'Dalam query', header: 'Header' }, body: 'Isi', answer: 'Jawaban', errors: 'Error', within: 'Di dalam {{name}}',
  errorHelp: 'Setiap error adalah google.rpc.Status dengan alasan yang tetap dan petunjuk, dan menyebut semua kesalahan sekaligus.',
};
