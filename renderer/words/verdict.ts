import type { Checking } from '../document/checking.ts';

/** Words around a verdict: filing it, where signatures are, what was signed, what it rests on. */
export const verdictWords = {
  list: 'Các chữ ký trên văn bản',
  all: (count: number) => `Xem cả ${count} chữ ký`,
  fewer: 'Thu gọn danh sách chữ ký',
  timeClaimed: '(theo máy người ký)',
  timeProven: '(có dấu thời gian xác nhận)',
  notYet: {
    noFile: { title: 'Chưa có gì để kiểm tra.', hint: 'Văn bản này không có tệp.' },
    onItsWay: {
      title: 'Chưa kiểm tra chữ ký số.',
      hint: 'Văn bản đang được tải về máy. Tải xong, chương trình sẽ tự kiểm tra.',
    },
    underWay: {
      title: 'Đang kiểm tra chữ ký số…',
      hint: 'Tệp lớn có thể mất vài phút. Có thể mở văn bản khác, việc kiểm tra vẫn chạy tiếp.',
    },
    failed: {
      title: 'Chưa kiểm tra được chữ ký số.',
      hint: 'Chương trình gặp sự cố khi kiểm tra tệp này. Hãy đóng chương trình rồi mở lại; nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
    },
  } satisfies Record<Checking, { title: string; hint: string }>,
  copy: 'Sao chép kết quả',
  copied: 'Đã sao chép kết quả kiểm tra. Nhấn Ctrl+V để dán vào nơi cần gửi.',
  notCopied: 'Máy tính chưa cho sao chép. Hãy dùng “Lưu báo cáo”.',
  claimed: 'Tên ghi trong chứng thư số, chưa ai xác nhận.',
  /** Of a seal's card: what else its certificate signed on the document. */
  alike: (what: string) => `Cũng chứng thư số này đã ký ${what} của văn bản, với cùng kết luận.`,
  rewrittenBy: 'Phần mềm đã ghi lại tệp',
  places: 'Vị trí chữ ký trên văn bản',
  page: (page: number) => `Trang ${page}`,
  morePages: (count: number, pages: string) => `Còn chữ ký ở ${count} trang khác: ${pages}`,
  goTo: (page: number, numbers: string) => `Mở trang ${page}, nơi có chữ ký ${numbers}`,
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
  changedBy: (level: string) => `Thay đổi sau khi ký: ${level}`,
  notShown: 'Chưa mở được văn bản lúc ký.',
  kept: (at: string, certificates: number, ocsps: number, crls: number) =>
    `Bằng chứng xác thực lưu lúc ${at}: ${certificates} chứng thư số, ${ocsps + crls} thông tin về việc thu hồi.`,
  keptBare: (at: string) =>
    `Kết quả kiểm tra lưu lúc ${at}. Chưa có chứng thư số hay thông tin thu hồi nào để lưu kèm.`,
  keptVerdict: 'Kết luận lúc lưu bằng chứng khác với hôm nay:',
  destroy: 'Hủy bằng chứng…',
  destroyTitle: 'Hủy bằng chứng xác thực',
  destroyText:
    'Chứng thư số, danh sách thu hồi và kết quả kiểm tra đã lưu cùng văn bản này sẽ bị xóa và không lấy lại được. Việc hủy được ghi vào nhật ký. Văn bản và chữ ký trên văn bản không thay đổi.',
  destroyConfirm: 'Hủy bằng chứng',
  destroyed: (at: string) => `Đã hủy bằng chứng lúc ${at}.`,
  destroyFailed: 'Chưa hủy được bằng chứng.',
} as const;

/** Words for the time stamp that a sealed document gets before it is issued. */
export const stampWords = {
  underWay: 'Đang lấy dấu thời gian cho văn bản đã đóng dấu…',
  again: 'Chưa lấy được dấu thời gian, chương trình sẽ tự thử lại.',
  hint: 'Không cần chờ: vẫn phát hành được ngay. Nếu phát hành trước khi lấy được, văn bản đi không kèm dấu thời gian; chữ ký và con dấu vẫn nguyên giá trị.',
  tooLate: 'Văn bản đã được gửi đi trước khi lấy được dấu thời gian.',
  without: 'Văn bản này không có dấu thời gian.',
  withoutHint: 'Chữ ký và con dấu vẫn nguyên giá trị; thời điểm ký là theo máy người ký.',
} as const;
