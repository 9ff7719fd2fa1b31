// Kata-kata konsol dalam bahasa Indonesia: semua yang dimuat bila bahasa ini dipakai.
import { reference } from './id/reference.ts';
import type { Words } from './en.ts';
import { access, audit, running } from './id/access.ts';
import { accounts, projects, secrets, settings } from './id/administration.ts';
import { connectionForm } from './id/connection-form.ts';
import { charts, connection, connectionAudit, edit, log, may, writes } from './id/connection.ts';
import { operations, plan, schema, task } from './id/task.ts';
import { connectionList, wizard } from './id/wizard.ts';

export { told } from './id/told.ts';

export const id: Words = {
  access, accounts, audit, projects, running, secrets, settings,
  connectionForm, connectionList, wizard,
  charts, connection, connectionAudit, edit, log, may, operations, plan, schema, task, writes,
  app: {
    name: 'Konektor',
    skip: 'Langsung ke isi',
    menu: 'Menu',
    close: 'Tutup',
    language: 'Bahasa',
    unspoken: 'Kata-kata dalam {{language}} tidak dapat dimuat. Coba lagi; bila server baru diperbarui, muat ulang halaman ini.',
    theme: { label: 'Warna', light: 'Terang', dark: 'Gelap', system: 'Mengikuti sistem' },
    project: 'Project',
    signOut: 'Keluar',
    signedIn: 'Masuk sebagai {{caller}}',
    notFound: 'Halaman ini tidak ada.',
    home: 'Ke daftar koneksi',
    backTo: 'Kembali ke {{list}}',
  },
  nav: {
    connections: 'Koneksi', operations: 'Operasi', secrets: 'Secret', serviceAccounts: 'Akun layanan', projects: 'Project',
    access: 'Akses', audit: 'Audit', settings: 'Setelan', api: 'API',
  },
  signIn: {
    token: 'Token',
    help: 'Token administrator ada di file admin.token dalam folder data; token lain dibuat dengan "konektor tokens create".',
    submit: 'Masuk',
    refused: 'Tidak ada yang memiliki token ini. Mungkin salah ketik, kedaluwarsa, atau dicabut.',
    empty: 'Isi tokennya.',
    ended: 'Sesi Anda sudah berakhir. Masuk lagi untuk melanjutkan; yang sudah Anda ketik tetap tersimpan.',
    beside: 'Halaman masuk terbuka di tab tersendiri. Kembalilah ke tab ini setelah masuk.',
    with: 'Masuk dengan {{name}}',
    or: 'atau dengan token',
    outcomes: {
      denied: 'Penyedia masuk tidak mengizinkan Anda.', expired: 'Proses masuk terlalu lama, atau dimulai di tempat lain. Mulai lagi.',
      refused: 'Server tidak memercayai proses masuk itu; alasannya ada di log server.', unavailable: 'Penyedia masuk tidak menjawab. Coba lagi sebentar lagi.',
    },
  },
  error: {
    title: 'Tidak berhasil',
    unreachable: 'Server tidak menjawab. Apakah server berjalan?', pageNotLoaded: 'Halaman ini tidak dapat dimuat. Apakah server berjalan? Akan dicoba lagi dengan sendirinya.',
    asBefore: 'Yang ditampilkan adalah keadaan sebelumnya; data terus diminta lagi.',
    retry: 'Coba lagi',
    request: 'Permintaan {{id}}',
    forbidden: 'Anda tidak berhak melihat ini.',
    signedOut: 'Sesi Anda sudah berakhir, jadi tidak ada yang dilakukan. Anda sudah masuk lagi: ulangi sekali lagi.',
    services: 'Ke layanan project',
  },
  common: {
    search: 'Cari', cancel: 'Batal', delete: 'Hapus', save: 'Simpan', edit: 'Ubah', create: 'Buat', copy: 'Salin', copied: 'Disalin', notCopied: 'Peramban tidak mengizinkan halaman ini menyalin: pilih teksnya sendiri.', asJson: 'Sebagai JSON',
    back: 'Kembali', next: 'Berikutnya', done: 'Selesai', none: 'Tidak ada', loading: 'Memuat', actions: 'Tindakan', yes: 'Ya', no: 'Tidak', all: 'Semua',
    rows_one: '{{count, number}} baris', rows_other: '{{count, number}} baris', more: 'Tampilkan lagi ({{count, number}})', empty: 'Belum ada apa-apa di sini.', noMatch: 'Tidak ada yang cocok dengan filter.',
    noChoice: 'Tidak ada yang bernama seperti itu.', openChoices: 'Tampilkan pilihan', closeChoices: 'Sembunyikan pilihan', clearChoice: 'Kosongkan pilihan',
    name: 'Nama', description: 'Deskripsi', status: 'Status', region: 'Region', created: 'Dibuat', updated: 'Diperbarui',
  },
  form: {
    required: 'Ini wajib diisi.', type: 'Jenisnya tidak sesuai.', pattern: 'Bentuknya tidak sesuai.', enum: 'Bukan salah satu pilihan.', minimum: 'Terlalu kecil.',
    maximum: 'Terlalu besar.', short: 'Terlalu pendek.', long: 'Terlalu panjang.', format: 'Bentuknya tidak sesuai.',
  },
  confirm: { type: 'Ini tidak dapat dibatalkan. Ketik {{name}} untuk melanjutkan.' },
  reference,
  states: {
    ACTIVE: 'Aktif', CREATING: 'Sedang dibuat', UPDATING: 'Sedang diperbarui', DELETING: 'Sedang dihapus', INACTIVE: 'Ditangguhkan', ERROR: 'Error', AUTHORIZATION_REQUIRED: 'Perlu otorisasi', REFRESHING: 'Memuat ulang skema',
    EXPIRED: 'Kedaluwarsa', REVOKED: 'Dicabut',
    ENABLED: 'Aktif', DISABLED: 'Nonaktif', DESTROYED: 'Dimusnahkan', SUCCEEDED: 'Berhasil', FAILED: 'Gagal', UNKNOWN: 'Belum diketahui', NOT_DONE: 'Tidak dilakukan', RUNNING: 'Berjalan', DONE: 'Selesai',
  },
};
