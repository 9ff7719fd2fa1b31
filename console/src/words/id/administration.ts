// Kata-kata project, secret, akun layanan, dan setelan.
import type { Same } from '../en.ts';
import type * as english from '../en/administration.ts';

export const projects: Same<typeof english.projects> = {
  id: 'ID project', create: 'Buat project', open: 'Buka', idHelp: '6 sampai 30 huruf kecil, angka, dan tanda hubung, diawali huruf. Tidak dapat diubah lagi.', nameHelp: 'Sebutannya; sama dengan ID jika dikosongkan.',
  noneMake: 'Belum ada project. Buat satu: akun layanan pertamanya ikut dibuat, dan layanannya aktif.', noneAsk: 'Tidak ada project yang boleh Anda lihat. Minta administrator memberi Anda peran di sebuah project.',
  about: 'Tentang', number: 'Nomor project', labels: 'Label', labelsHelp: 'Satu per baris: env=prod', goTo: 'Buka', edit: 'Ubah project', delete: 'Hapus project',
  deletes: 'Project langsung hilang untuk selamanya, beserta kebijakan dan akun layanannya. Project yang masih punya koneksi atau secret tidak dihapus: hapus isinya dahulu.',
  services: 'Layanan', servicesHelp: 'Layanan yang nonaktif menolak semua panggilan di project ini sampai diaktifkan lagi.', enable: 'Aktifkan', disable: 'Nonaktifkan',
  disables: 'Semua panggilan ke {{service}} di {{project}} akan ditolak sampai diaktifkan lagi.',
};

export const secrets: Same<typeof english.secrets> = {
  create: 'Buat secret', noneMake: 'Belum ada secret. Buat satu untuk kunci API yang akan dipakai koneksi Anda.', idHelp: 'Huruf, angka, tanda hubung, dan garis bawah. Tidak dapat diubah lagi.',
  value: 'Nilai', valueHelp: 'Versi pertama. Kosongkan untuk menambahkannya nanti.', look: 'Tampilkan yang diketik', hide: 'Sembunyikan yang diketik',
  about: 'Tentang', fullName: 'Nama lengkap', usedBy: 'Dipakai oleh', unused: 'Tidak ada koneksi di project ini yang memakai versi secret ini.', connections_one: '{{count, number}} koneksi', connections_other: '{{count, number}} koneksi',
  versions: 'Versi', versionsHelp: 'Sebuah versi tidak pernah berubah. Koneksi yang menunjuk versi "latest" memakai yang terbaru.', versionHead: 'Versi', version: 'Versi {{id}}', noVersions: 'Belum ada versi. Tambahkan satu beserta nilainya.',
  add: 'Tambah versi', addHelp: 'Diketik sekali: setelah itu tidak ada yang melihatnya tanpa izin mengaksesnya.', destroyed: 'Dimusnahkan',
  deeds: { enable: 'Aktifkan', disable: 'Nonaktifkan', destroy: 'Musnahkan', look: 'Tampilkan nilai' },
  sure: {
    enable: 'Yang menunjuk versi ini dapat memakai nilainya lagi.', disable: 'Nilainya tidak dapat dipakai siapa pun sampai diaktifkan lagi. Koneksi yang menunjuknya gagal.',
    destroy: 'Nilainya hilang untuk selamanya, juga dari disk. Koneksi yang menunjuknya gagal.',
  },
  valueOf: 'Nilai versi {{id}}', recorded: 'Bahwa Anda melihatnya akan tercatat di log audit. Pastikan tidak ada yang ikut melihat.', show: 'Tampilkan sekarang',
  access: 'Siapa yang boleh memakainya', accessHelp: 'Peran pada secret ini saja; peran pada project juga berlaku di sini. Akun layanan sebuah koneksi memerlukan Secret Manager Viewer dan Secret Manager Secret Accessor.',
  delete: 'Hapus secret', deletes_one: 'Semua versinya hilang untuk selamanya. {{count}} koneksi memakainya.', deletes_other: 'Semua versinya hilang untuk selamanya. {{count}} koneksi memakainya.',
};

export const accounts: Same<typeof english.accounts> = {
  email: 'Email', create: 'Buat akun layanan', edit: 'Ubah akun layanan', id: 'ID akun', idHelp: '6 sampai 30 huruf kecil, angka, dan tanda hubung. Emailnya diakhiri @{{domain}}.',
  noneMake: 'Belum ada akun layanan. Buat satu untuk dipakai koneksi Anda.', runs: 'Koneksi', unused: 'Tidak ada koneksi di project ini yang berjalan sebagai akun ini.',
  about: 'Tentang', uniqueId: 'ID unik', roles: 'Perannya di project', rolesHelp: 'Apa yang boleh dilakukan akun ini di {{project}}.', access: 'Siapa yang boleh memakai akun ini',
  accessHelp: 'Service Account User mengizinkan koneksi bertindak sebagai akun ini, Service Account Token Creator menerbitkan token untuknya.', tokensHelp: 'Untuk program yang memanggil sebagai akun ini.',
  disables_one: 'Tokennya langsung tidak berlaku, dan {{count}} koneksi yang berjalan sebagai akun ini gagal.', disables_other: 'Tokennya langsung tidak berlaku, dan {{count}} koneksi yang berjalan sebagai akun ini gagal.',
  delete: 'Hapus akun layanan', deletes_one: 'Akun keluar dari semua kebijakan, tokennya tidak berlaku, dan {{count}} koneksi yang berjalan sebagai akun ini gagal.', deletes_other: 'Akun keluar dari semua kebijakan, tokennya tidak berlaku, dan {{count}} koneksi yang berjalan sebagai akun ini gagal.',
};

export const settings: Same<typeof english.settings> = {
  you: 'Sesi Anda', caller: 'Masuk sebagai', rights: 'Hak', everything: 'Segalanya: administrator instalasi', asPolicies: 'Menurut kebijakan', until: 'Token berlaku sampai', forever: 'Selamanya',
  look: 'Bahasa dan warna', lookHelp: 'Disimpan oleh peramban ini.', server: 'Server', project: 'Setelan {{project}}', projectHelp: 'Disimpan dan ditampilkan seperti di platform; tidak ada yang bergantung padanya di sini.',
  vpcsc: 'VPC Service Controls', region: 'Setelan region', regionHelp: 'Disimpan dan ditampilkan seperti di platform; panggilan keluar dari alamat server ini.', egress: 'Alamat keluar',
  egressModes: { AUTO_IP: 'Otomatis', STATIC_IP: 'Statis' }, encryption: 'Enkripsi', runtime: 'Runtime', mayNot: 'Mengubahnya memerlukan izin {{permission}}.',
};
