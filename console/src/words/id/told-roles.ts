// Peran yang sudah ada pada server, menurut namanya.
import type { RoleWords } from '../told.ts';

const admin = (title: string, what: string): RoleWords => ({ title: `Admin ${title}`, description: `Segala hal tentang ${what}.` });
const viewer = (title: string, what: string): RoleWords => ({ title: `Pelihat ${title}`, description: `Melihat ${what}.` });

export const roles: Readonly<Record<string, RoleWords>> = {
  'roles/connectors.admin': { title: 'Admin Konektor', description: 'Segala hal tentang koneksi, baris, dan tindakannya.' },
  'roles/connectors.viewer': { title: 'Pelihat Konektor', description: 'Melihat koneksi dan apa yang ditawarkannya, tetapi tidak satu baris pun.' },
  'roles/connectors.invoker': { title: 'Pemanggil Konektor', description: 'Membaca dan menulis baris serta menjalankan tindakan melalui koneksi; tidak melihat koneksinya sendiri.' },
  'roles/connectors.listener': { title: 'Pengirim Peristiwa', description: 'Mengirim peristiwa ke koneksi.' },
  'roles/connectors.customConnectorAdmin': admin('Konektor Kustom', 'konektor kustom'), 'roles/connectors.customConnectorViewer': viewer('Konektor Kustom', 'konektor kustom'),
  'roles/connectors.endpointAttachmentAdmin': admin('Lampiran Endpoint', 'lampiran endpoint'), 'roles/connectors.endpointAttachmentViewer': viewer('Lampiran Endpoint', 'lampiran endpoint'),
  'roles/connectors.managedZoneAdmin': admin('Zona Terkelola', 'zona terkelola'), 'roles/connectors.managedZoneViewer': viewer('Zona Terkelola', 'zona terkelola'),
  'roles/connectors.eventSubscriptionAdmin': admin('Langganan Peristiwa', 'langganan peristiwa'), 'roles/connectors.eventSubscriptionViewer': viewer('Langganan Peristiwa', 'langganan peristiwa'),
  'roles/secretmanager.admin': { title: 'Admin Secret', description: 'Segala hal tentang secret, termasuk nilainya.' },
  'roles/secretmanager.viewer': { title: 'Pelihat Secret', description: 'Melihat secret dan versinya, tidak pernah nilainya.' },
  'roles/secretmanager.secretAccessor': { title: 'Pembaca Nilai Secret', description: 'Membaca nilai secret.' },
  'roles/secretmanager.secretVersionAdder': { title: 'Penambah Versi Secret', description: 'Menambahkan versi ke secret.' },
  'roles/secretmanager.secretVersionManager': { title: 'Pengelola Versi Secret', description: 'Menambahkan, mengaktifkan, menonaktifkan, dan memusnahkan versi secret.' },
  'roles/iam.serviceAccountUser': { title: 'Pemakai Akun Layanan', description: 'Membuat koneksi bertindak sebagai akun layanan.' },
  'roles/iam.serviceAccountTokenCreator': { title: 'Penerbit Token Akun Layanan', description: 'Menerbitkan token untuk akun layanan.' },
  'roles/iam.serviceAccountAdmin': { title: 'Admin Akun Layanan', description: 'Membuat dan mengelola akun layanan.' },
  'roles/iam.serviceAccountViewer': { title: 'Pelihat Akun Layanan', description: 'Melihat akun layanan dan kebijakannya.' },
  'roles/serviceusage.serviceUsageAdmin': { title: 'Admin Layanan', description: 'Mengaktifkan dan menonaktifkan layanan.' },
  'roles/serviceusage.serviceUsageViewer': { title: 'Pelihat Layanan', description: 'Melihat layanan mana yang aktif.' },
  'roles/resourcemanager.projectIamAdmin': { title: 'Admin IAM Project', description: 'Membaca dan mengatur kebijakan project.' },
  'roles/owner': { title: 'Pemilik', description: 'Segala hal dalam project, kecuali menerbitkan token untuk akun layanannya.' },
  'roles/editor': { title: 'Penyunting', description: 'Segala hal dalam project, kecuali kebijakannya, penghapusannya, log auditnya, dan nilai secret-nya.' },
  'roles/viewer': { title: 'Pelihat', description: 'Melihat isi project, tetapi tidak satu baris dan nilai pun.' },
  'roles/konektor.rowsViewer': { title: 'Pelihat Baris', description: 'Membaca baris melalui koneksi dan tidak mengubah apa pun: untuk laporan, dan untuk agen yang hanya boleh membaca.' },
  'roles/konektor.logViewer': { title: 'Pelihat Log', description: 'Membaca log koneksi, yang mulai verbositas 3 memuat baris.' },
  'roles/konektor.auditViewer': { title: 'Pelihat Audit', description: 'Membaca log audit project.' },
};
