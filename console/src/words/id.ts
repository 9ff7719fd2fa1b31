// Kata-kata konsol dalam bahasa Indonesia.
import type { Words } from './en.ts';

export const id: Words = {
  app: {
    name: 'Konektor',
    skip: 'Langsung ke isi',
    menu: 'Menu',
    close: 'Tutup',
    language: 'Bahasa',
    theme: { label: 'Warna', light: 'Terang', dark: 'Gelap', system: 'Mengikuti sistem' },
    project: 'Project',
    signOut: 'Keluar',
    signedIn: 'Masuk sebagai {{caller}}',
    notFound: 'Halaman ini tidak ada.',
    home: 'Ke daftar koneksi',
    noProject: 'Tidak ada project yang boleh Anda lihat.',
  },
  nav: {
    connections: 'Koneksi', operations: 'Operasi', secrets: 'Secret', serviceAccounts: 'Akun layanan', projects: 'Project',
    access: 'Akses', audit: 'Audit', settings: 'Setelan',
  },
  signIn: {
    title: 'Masuk',
    token: 'Token',
    help: 'Token administrator ada di file admin.token dalam folder data; token lain dibuat dengan "konektor tokens create".',
    submit: 'Masuk',
    refused: 'Tidak ada yang memiliki token ini. Mungkin salah ketik, kedaluwarsa, atau dicabut.',
    empty: 'Isi tokennya.',
  },
  error: {
    title: 'Itu tidak berhasil',
    unreachable: 'Server tidak menjawab. Apakah server berjalan?',
    retry: 'Coba lagi',
    request: 'Permintaan {{id}}',
    details: 'Perincian',
    forbidden: 'Anda tidak berhak melihat ini.',
  },
  common: {
    search: 'Cari', filter: 'Filter', refresh: 'Muat ulang', cancel: 'Batal', delete: 'Hapus', save: 'Simpan', edit: 'Ubah', create: 'Buat', copy: 'Salin', copied: 'Disalin',
    back: 'Kembali', next: 'Berikutnya', done: 'Selesai', none: 'Tidak ada', loading: 'Memuat', actions: 'Tindakan', more: 'Lainnya', yes: 'Ya', no: 'Tidak', all: 'Semua',
    rows_one: '{{count}} baris', rows_other: '{{count}} baris', empty: 'Belum ada apa-apa di sini.', noMatch: 'Tidak ada yang lolos filter.',
    ago: '{{time}} lalu', name: 'Nama', description: 'Deskripsi', status: 'Status', region: 'Region', created: 'Dibuat', updated: 'Diperbarui',
  },
};
