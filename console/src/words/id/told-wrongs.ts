// Apa yang salah, dalam beberapa kata, untuk tiap alasan error; selebihnya dikatakan server.
export const wrongs: Readonly<Record<string, string>> = {
  INVALID_FILTER: 'Filternya tidak dapat dibaca', UNKNOWN_FIELD: 'Kolom itu tidak ada', REQUIRED_FILTER: 'Filternya belum lengkap', INVALID_FIELD: 'Ada kolom yang tidak dapat diterima',
  INVALID_PAGE_TOKEN: 'Token halaman tidak berlaku', INVALID_REQUEST: 'Permintaannya tidak dapat diterima', SCAN_LIMIT: 'Terlalu banyak baris yang harus dibaca', ROW_NOT_FOUND: 'Barisnya tidak ditemukan',
  ENTITY_TYPE_NOT_FOUND: 'Entity itu tidak ada', ACTION_NOT_FOUND: 'Tindakan itu tidak ada', TOOL_NOT_FOUND: 'Alat itu tidak ada', TOOL_NOT_CHOSEN: 'Alat itu tidak ditawarkan di sini', INVALID_OPTIONS: 'Opsi server MCP salah',
  OPERATION_NOT_SUPPORTED: 'Entity ini tidak memiliki operasi itu', RESOURCE_NOT_FOUND: 'Ini tidak ditemukan', RESOURCE_EXISTS: 'Nama itu sudah dipakai', PROJECT_NOT_EMPTY: 'Project-nya belum kosong',
  SERVICE_DISABLED: 'Layanannya tidak aktif di project ini', SECRETS_ELSEWHERE: 'Secret disimpan di tempat lain', LIMIT_REACHED: 'Batas jumlahnya tercapai', ETAG_MISMATCH: 'Sudah diubah orang lain sementara itu',
  OPERATION_IN_PROGRESS: 'Operasi lain sedang berjalan', RATE_LIMIT_EXCEEDED: 'Terlalu banyak panggilan sekaligus', CONNECTION_NOT_ACTIVE: 'Koneksinya tidak aktif', AUTH_OVERRIDE_NOT_SUPPORTED: 'Kunci lain tidak dapat disertakan',
  CONNECTION_LOCKED: 'Koneksinya terkunci', OPERATION_CANCELLED: 'Operasinya dibatalkan', SECRET_ROLE_MISSING: 'Akun layanan belum memiliki peran pada secret', SECRET_UNAVAILABLE: 'Secret-nya tidak dapat dibaca',
  UNAUTHENTICATED: 'Anda belum masuk', PERMISSION_DENIED: 'Anda tidak berwenang', ISSUER_UNAVAILABLE: 'Penerbit tidak terjangkau', SIGN_IN_EXPIRED: 'Waktu untuk masuk sudah habis', SIGN_IN_DENIED: 'Penerbit menolak Anda masuk',
  UNKNOWN_PATH: 'Path itu tidak ada', PAYLOAD_TOO_LARGE: 'Yang dikirim terlalu besar', NOT_SERVED: 'Ini tidak dilayani di sini', CARD_DECLINED: 'Kartunya ditolak', PAYMENT_DECLINED: 'Pembayarannya ditolak',
  AUTHENTICATION_REQUIRED: 'Pelanggan harus mengautentikasi pembayaran', BACKEND_REJECTED: 'Stripe menolak permintaannya', BACKEND_STATE: 'Status objeknya tidak memungkinkan ini', BACKEND_CONFLICT: 'Objeknya sudah ada di Stripe',
  BACKEND_UNAUTHENTICATED: 'Stripe tidak menerima kunci API', BACKEND_PERMISSION_DENIED: 'Kunci API tidak memiliki izin yang diperlukan', BACKEND_RATE_LIMITED: 'Stripe membatasi laju akun ini', BACKEND_UNAVAILABLE: 'Stripe tidak dapat dihubungi, atau terganggu',
  EXTERNAL_DEPENDENCY: 'Layanan yang diandalkan Stripe gagal', BACKEND_UNEXPECTED: 'Jawaban Stripe tidak dapat dipahami', BACKEND_HOST_NOT_ALLOWED: 'Host itu tidak boleh dipanggil', PROXY_UNREACHABLE: 'Proxy tidak terjangkau',
  PROXY_UNAUTHENTICATED: 'Proxy tidak menerima pengguna atau sandinya', CERTIFICATE_NOT_TRUSTED: 'Sertifikatnya tidak dipercaya', PROXY_REFUSED: 'Proxy menolak meneruskan', LOCK_TIMEOUT: 'Objeknya sedang dipegang permintaan lain',
  IDEMPOTENCY_KEY_REUSED: 'Kunci idempotensi itu sudah dipakai untuk permintaan lain', IDEMPOTENCY_KEY_IN_USE: 'Permintaan dengan kunci ini masih berjalan', WRITE_UNSETTLED: 'Hasil penulisannya belum diketahui', WRITE_SETTLED: 'Hasil penulisannya sudah diketahui',
  ANSWER_NOT_KEPT: 'Jawaban penulisannya tidak disimpan', JOURNAL_UNAVAILABLE: 'Jurnal penulisan tidak tersedia', TIMED_OUT: 'Waktunya habis', CALLER_LEFT: 'Pemanggil pergi sebelum ada jawaban', AUDIT_UNAVAILABLE: 'Log audit tidak tersedia',
  DATABASE_UNAVAILABLE: 'Basis datanya tidak menjawab', SERVER_UNREACHABLE: 'Server tidak terjangkau', ANSWER_NOT_UNDERSTOOD: 'Jawabannya tidak dapat dipahami', INTERNAL: 'Server melakukan kesalahan',
};
