/** Words around a verdict: filing it, where signatures are, what was signed, what it rests on. */
export const verdictWords = {
  claimed: 'Tên ghi trong chứng thư số, chưa ai xác nhận.',
  places: 'Vị trí chữ ký trên văn bản',
  page: (page: number) => `Trang ${page}`,
  goTo: (page: number, numbers: readonly number[]) => `Mở trang ${page}, nơi có chữ ký ${numbers.join(', ')}`,
  save: 'Lưu báo cáo',
  saving: 'Đang lưu báo cáo…',
  saved: (path: string) => `Đã lưu báo cáo vào ${path}.`,
  notSaved: 'Chưa chọn nơi lưu, chưa lưu gì.',
  saveFailed: 'Chưa lưu được báo cáo.',
  checkedAt: (at: string) => `Kiểm tra lúc ${at}`,
  asSigned: 'Xem văn bản lúc ký',
  asSignedTitle: (name: string) => `Văn bản lúc ký và hiện nay: ${name}`,
  whenSigned: (at: string) => `Lúc ký (${at})`,
  whenUnknown: 'Lúc ký',
  now: 'Hiện nay',
  changed: 'Những gì đã thay đổi sau khi ký',
  notShown: 'Chưa mở được văn bản lúc ký.',
  kept: (at: string, certificates: number, ocsps: number, crls: number) =>
    `Bằng chứng xác thực lưu lúc ${at}: ${certificates} chứng thư số, ${ocsps} câu trả lời về tình trạng (OCSP), ${crls} danh sách thu hồi (CRL).`,
  keptVerdict: 'Kết luận lúc lưu bằng chứng khác với hôm nay:',
  destroy: 'Hủy bằng chứng…',
  destroyTitle: 'Hủy bằng chứng xác thực',
  destroyText:
    'Chứng thư số, danh sách thu hồi và kết quả kiểm tra đã lưu cùng văn bản này sẽ bị xóa và không lấy lại được. Việc hủy được ghi vào nhật ký. Văn bản và chữ ký trên văn bản không thay đổi.',
  destroyConfirm: 'Hủy bằng chứng',
  destroyFailed: 'Chưa hủy được bằng chứng.',
} as const;
