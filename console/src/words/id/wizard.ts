// Kata-kata daftar koneksi, dan wizard yang membuat koneksi.
import type { Same } from '../en.ts';
import type * as english from '../en/wizard.ts';

export const connectionList: Same<typeof english.connectionList> = {
  title: 'Koneksi', create: 'Buat baru', nodes: 'Node', nodesOf: 'kini / minimum / maksimum', unlimited: 'tanpa batas', calls: 'Panggilan', errors: 'Error', lately: 'dalam lima menit terakhir', connector: 'Konektor',
  none: 'Belum ada koneksi di project ini.', noneHelp: 'Koneksi menyebut akun Stripe dan secret yang menyimpan kuncinya. Pemanggil tidak pernah melihat kunci itu.',
  actionsOf: 'Tindakan untuk {{name}}', suspend: 'Tangguhkan', resume: 'Lanjutkan', duplicate: 'Gandakan', remove: 'Hapus',
  removeTitle: 'Hapus {{name}}?', removeText: 'Integrasi yang memanggil melaluinya akan gagal. Secret dengan kuncinya tetap ada.',
};

export const wizard: Same<typeof english.wizard> = {
  title: 'Buat koneksi', titleLike: 'Buat koneksi seperti {{name}}',
  mayNot: 'Membuat koneksi memerlukan izin {{permission}} pada project.',
  steps: { location: 'Lokasi', details: 'Detail koneksi', authentication: 'Autentikasi', review: 'Tinjau' },
  stepOf: 'Langkah {{number}} dari {{count}}', hasFaults: 'Ada yang perlu diperbaiki di sini.', leave: 'Batal',
  create: 'Buat', save: 'Simpan dan coba lagi', unsaid: 'tidak diisi', more: 'Setelan lain',
  faults: 'Ini akan ditolak:', warnings: 'Disimpan, dan tidak digunakan:', unused: 'Konektornya tidak memiliki variabel {{name}}.', unusedMeant: 'Konektornya tidak memiliki variabel {{name}}; mungkin maksudnya {{meant}}.', like: 'Koneksi yang digandakan tidak dapat dibaca.',
  writtenAs: 'Hal yang sama untuk tempat lain', forms: { terraform: 'Terraform', command: 'konektor', json: 'JSON', curl: 'curl' },
  writtenHelp: 'Tidak ada yang rahasia di dalamnya: koneksi menyebut versi secret.',
  making: 'Koneksi sedang dibuat dan dicoba…', made: 'Koneksi berfungsi.', failed: 'Koneksi sudah dibuat, tetapi tidak berfungsi.', ended: 'Koneksi sudah ada.',
  open: 'Buka koneksi', list: 'Ke daftar koneksi', mend: 'Perbaiki',
};
