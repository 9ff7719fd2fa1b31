// Kata-kata akses, operasi, dan log audit.
import type { Same } from '../en.ts';
import type * as english from '../en/access.ts';

export const access: Same<typeof english.access> = {
  policy: 'Peran di project', policyHelp: 'Siapa boleh melakukan apa di project ini dan semua isinya.', tokens: 'Token', roles: 'Peran', rolesHelp: 'Apa saja yang dapat diberikan. Cari nama izin untuk menemukan peran yang memuatnya.',
  member: 'Anggota', memberHelp: 'user:ani@example.com, group:ops@example.com, domain:example.com, serviceAccount:…, principal://issuer/subject, allAuthenticatedUsers', role: 'Peran', roleHelp: 'Apa yang akan boleh dilakukan anggota.', permissions: 'Izin',
  grant: 'Beri peran', grantOn: 'Beri peran pada {{resource}}', revoke: 'Cabut', revokes: '{{member}} tidak lagi memegang {{role}} pada {{resource}}.', holdsNone: 'Akun ini belum memegang peran di sini. Beri satu.', noGrants: 'Belum ada yang memegang peran di sini. Beri satu.',
  tokensHelp: 'Milik Anda sendiri. Token dapat melakukan apa yang Anda dapat, dan hanya ditampilkan sekali, saat diterbitkan.', tokensHelpAll: 'Milik semua orang: Anda administrator instalasi. Token hanya ditampilkan sekali, saat diterbitkan.',
  mint: 'Terbitkan token', minted: 'Tokennya', token: 'Token', shownOnce: 'Salin sekarang: hanya ditampilkan sekali ini. Yang disimpan hanya hash-nya.', whoseAny: 'Untuk siapa: user:ani@example.com, serviceAccount:…', whoseOwn: 'Kosongkan untuk diri sendiri, atau sebut akun layanan yang boleh Anda terbitkan tokennya.',
  tokenName: 'Untuk apa', tokenNameHelp: 'Agar mudah dikenali di daftar: laptop, tugas malam', lifetime: 'Masa berlaku', usual: 'Bawaan server',
  lifetimes: { '3600s': '1 jam', '86400s': '1 hari', '604800s': '7 hari', '2592000s': '30 hari', '7776000s': '90 hari', '31536000s': '1 tahun' },
  expires: 'Berakhir', createdBy: 'Diterbitkan oleh', forget: 'Hapus catatan', noTokens: 'Belum ada token di sini. Terbitkan satu.', revokesToken: 'Token {{name}} milik {{member}} langsung tidak berlaku. Catatannya tetap ada.', forgetsToken: 'Catatan token {{name}} milik {{member}} akan hilang.',
};

export const running: Same<typeof english.running> = {
  started: 'Dimulai', ended: 'Selesai', took: '{{seconds}} dtk', verb: 'Jenis', verbs: { create: 'Buat', update: 'Perbarui', delete: 'Hapus' }, target: 'Sasaran', operation: 'Operasi', search: 'Cari: sasaran',
  none: 'Belum ada operasi. Membuat atau mengubah koneksi memulai satu operasi.', title: '{{verb}}: {{target}}', about: 'Tentang', response: 'Hasil', cancellation: 'Diminta berhenti',
  connection: 'Koneksi', revision: 'Revisi', nothing: 'Tidak ada yang perlu dilaporkan: sudah dihapus.', other: 'Yang diubah kini seperti yang diminta.',
  cancel: 'Batalkan operasi', cancels: 'Operasi diminta berhenti. Mungkin saja tetap berhasil; yang sudah dilakukan tidak dibatalkan.', forget: 'Hapus catatan operasi', forgets: 'Catatan operasi akan hilang. Yang sudah dilakukannya tetap.',
};

export const audit: Same<typeof english.audit> = {
  time: 'Waktu', caller: 'Pemanggil', nobody: 'tidak dikenal', row: 'Panggilan', resource: 'Sumber daya', installation: 'instalasi', outcome: 'Hasil', failed: 'Semua yang gagal', from: 'Dari', to: 'Sampai', clear: 'Kosongkan pencarian',
  none: 'Tidak ada panggilan yang cocok dengan pencarian.', export: 'Ekspor per baris', everywhere: 'Semua project', method: 'Metode', kind: 'Jenis', took: 'Lama', request: 'Permintaan', address: 'Alamat', agent: 'Program', sourceRequests: 'Panggilan ke sumber',
};
