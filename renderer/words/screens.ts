/** Sentences and labels that belong to one screen, in the order in which they are met. */
export const common = {
  appName: 'Ấn Tín',
  skipToContent: 'Chuyển tới nội dung chính',
  loading: 'Đang tải…',
  close: 'Đóng',
  cancel: 'Không, quay lại',
  tryAgain: 'Thử lại',
  dismiss: 'Đã rõ, đóng thông báo',
} as const;

export const signInWords = {
  title: 'Đăng nhập',
  tagline: 'Ký số, đóng dấu, gửi và nhận văn bản',
  submit: 'Đăng nhập',
  underWay: 'Đang đăng nhập…',
  searching: 'Đang tìm thiết bị ký số…',
  insert: 'Cắm thiết bị ký số vào máy tính',
  insertHint: 'Cắm thiết bị vào cổng USB và chờ đèn sáng. Màn hình này sẽ tự nhận ra thiết bị.',
  checkAgain: 'Kiểm tra lại',
  choosePlease: 'Hãy chọn một chứng thư số.',
} as const;

export const pinWords = {
  label: 'Mã PIN của thiết bị',
  hint: 'Mã PIN chỉ được gửi tới thiết bị, không lưu lại ở đâu.',
  missing: 'Hãy nhập mã PIN.',
  capsLock: 'Phím Caps Lock đang bật.',
  low: 'Lần trước mã PIN chưa đúng. Nếu nhập sai nhiều lần liên tiếp, thiết bị sẽ tự khóa.',
  last: 'Chỉ còn một lần nhập mã PIN. Nếu lần này chưa đúng, thiết bị sẽ bị khóa.',
  lastAdvice: 'Nếu không chắc chắn, hãy dừng lại và liên hệ cán bộ phụ trách chứng thư số của cơ quan.',
  understood: 'Tôi hiểu',
  understoodMissing: 'Hãy đánh dấu “Tôi hiểu” trước khi tiếp tục.',
  pad: 'Nhập mã PIN trên bàn phím của thiết bị, sau khi bấm nút bên dưới.',
  open: 'Thiết bị đã được mở bằng mã PIN, không cần nhập lại. Bấm nút bên dưới để tiếp tục.',
  lockedTitle: 'Thiết bị ký số đã bị khóa',
  locked:
    'Mã PIN đã được nhập sai quá số lần cho phép. Để mở khóa, hãy liên hệ cán bộ phụ trách chứng thư số của cơ quan; cơ quan gửi đề nghị mở khóa tới Cục Chứng thực số và Bảo mật thông tin (Ban Cơ yếu Chính phủ).',
} as const;

export const shellWords = {
  navigation: 'Danh mục',
  topBar: 'Thông tin phiên làm việc',
  content: 'Nội dung chính',
  outbox: 'Hộp gửi',
  waiting: (count: number) => `${count} văn bản`,
  outboxWaiting: (count: number) => `${count} việc chưa gửi xong`,
  signOut: 'Đăng xuất',
  signingOut: 'Đang đăng xuất…',
  textSize: 'Cỡ chữ',
  textSizes: ['Vừa', 'Lớn', 'Rất lớn'],
  coreStopped: 'Bộ phận xử lý vừa dừng và đang được khởi động lại. Việc đã làm đều được giữ nguyên.',
  sessionEnded: 'Phiên làm việc với máy chủ đã hết. Việc đang làm vẫn được giữ; hãy đăng nhập lại để gửi.',
  signInAgain: 'Đăng nhập lại',
  clock: (minutes: number) =>
    `Đồng hồ của máy tính này lệch khoảng ${minutes} phút so với máy chủ. Hãy nhờ cán bộ kỹ thuật chỉnh lại ngày giờ.`,
  attention: (count: number) => `Có ${count} việc máy chủ không nhận, cần xem lại.`,
  openOutbox: 'Mở Hộp gửi',
} as const;

export const connectionWords = {
  label: 'Kết nối',
  online: 'Đã kết nối',
  offline: 'Mất kết nối',
  signedOut: 'Chưa kết nối',
  checking: 'Đang kiểm tra kết nối',
  waiting: (count: number) => `${count} việc đang chờ gửi`,
  lastContact: (at: string) => `Lần cuối: ${at}`,
} as const;

export const tokenWords = {
  label: 'Thiết bị ký số',
  title: 'Thiết bị ký số',
  checking: 'Đang kiểm tra thiết bị',
  none: 'Chưa cắm thiết bị ký số',
  unusable: 'Thiết bị ký số không dùng được',
  plugged: (count: number) => (count > 1 ? `Đang cắm ${count} thiết bị` : 'Đang cắm thiết bị'),
  open: 'Thiết bị đã mở',
  locked: 'Thiết bị bị khóa',
  blank: 'Thiết bị chưa khởi tạo',
  details: 'Xem thiết bị ký số',
  logout: 'Khóa thiết bị lại',
  logoutHint: 'Sau khi khóa lại, lần ký tiếp theo cần nhập mã PIN.',
  holder: { person: 'Cá nhân', agency: 'Cơ quan' },
  until: (day: string) => `Có hiệu lực đến ${day}`,
  issuer: (name: string) => `Do ${name} cấp`,
} as const;

export const listWords = {
  number: (code: string) => `Số: ${code}`,
  noNumber: 'Chưa có số',
  arrivalNumber: (number: number) => `Số đến: ${number}`,
  deliveries: (done: number, all: number) => `Đã tiếp nhận ${done}/${all} nơi`,
  refused: (count: number) => `${count} nơi từ chối`,
  changed: (at: string) => `Cập nhật ${at}`,
  list: (box: string) => `Danh sách: ${box}`,
  count: (count: number) => `${count} văn bản`,
} as const;

export const pdfWords = {
  region: 'Nội dung văn bản',
  pageLabel: (page: number) => `Trang ${page}`,
  pageOf: (page: number, pages: number) => `Trang ${page} / ${pages}`,
  previous: 'Trang trước',
  next: 'Trang sau',
  zoomIn: 'Phóng to',
  zoomOut: 'Thu nhỏ',
  fit: 'Vừa khổ',
  tools: 'Công cụ xem văn bản',
  notHeld: 'Văn bản đang được tải về máy…',
  noFile: 'Văn bản này không có tệp để hiển thị.',
  files: 'Các tệp của văn bản',
  main: 'Văn bản chính',
  appendix: (name: string) => `Phụ lục: ${name}`,
  notFetched: 'Chưa mở được phụ lục.',
} as const;

export const documentWords = {
  back: 'Quay lại danh sách',
  panel: 'Thông tin văn bản',
  panelRead: 'Những điều đã biết về văn bản',
  facts: 'Thông tin chung',
  signatures: 'Chữ ký số',
  history: 'Quá trình xử lý',
  deliveries: 'Nơi nhận',
  type: 'Loại văn bản',
  issuer: 'Cơ quan ban hành',
  signer: 'Người ký',
  reference: 'Số, ký hiệu',
  noNumber: 'Chưa có số',
  symbol: 'Ký hiệu',
  date: 'Ngày ban hành',
  urgency: 'Độ khẩn',
  state: 'Trạng thái',
  arrivalNumber: 'Số đến',
  registeredAt: 'Ngày đăng ký',
  reason: 'Lý do',
  appendices: 'Tệp kèm theo',
  noTask: 'Không có việc nào cần làm với văn bản này.',
  noHistory: 'Chưa có ghi nhận nào.',
  details: 'Xem chi tiết',
  signedAt: 'Thời điểm ký',
  validFromTo: (from: string, to: string) => `Từ ${from} đến ${to}`,
  timestampSignature: 'Dấu thời gian lưu trữ',
  unknownSigner: 'Không rõ người ký',
  doneAt: (what: string, at: string) => `${what} lúc ${at}.`,
} as const;

export const dialogWords = {
  approveTitle: 'Ký duyệt văn bản',
  approveConfirm: 'Ký văn bản này',
  sealTitle: 'Đóng dấu cơ quan',
  sealConfirm: 'Đóng dấu văn bản này',
  numberTitle: 'Lấy số và ngày',
  numberText: 'Máy chủ của tỉnh sẽ cấp số và ngày ban hành cho văn bản này. Số đã cấp không đổi được.',
  numberConfirm: 'Lấy số và ngày',
  issueTitle: 'Phát hành văn bản',
  issueText:
    'Văn bản sẽ được gửi tới các nơi nhận sau đây. Văn bản đã phát hành không lấy lại được từ màn hình này.',
  issueConfirm: (count: number) => `Phát hành tới ${count} nơi nhận`,
  registerTitle: 'Tiếp nhận và đăng ký',
  registerText: 'Máy chủ của tỉnh sẽ cấp số đến cho văn bản này.',
  registerDoubt: 'Chưa đủ thông tin để khẳng định chữ ký số hợp lệ:',
  registerConfirm: 'Tiếp nhận và đăng ký',
  registerAnyway: 'Tôi đã xem xét, vẫn tiếp nhận',
  returnTitle: 'Trả lại văn bản',
  returnText: 'Văn bản được trả lại cho người soạn thảo, kèm lý do.',
  returnNumbered: (code: string) =>
    `Số ${code} đã cấp vẫn ghi trong sổ cho văn bản này và không dùng lại cho văn bản khác.`,
  refuseTitle: 'Từ chối, trả lại nơi gửi',
  reasonLabel: 'Lý do',
  reasonHint: 'Nơi nhận lại văn bản sẽ đọc được lý do này.',
  reasonMissing: 'Hãy ghi lý do để nơi nhận lại biết cần sửa gì.',
} as const;

export const outboxWords = {
  title: 'Hộp gửi',
  list: 'Danh sách việc gửi',
  intro: 'Mọi việc đã làm đều nằm ở đây cho tới khi máy chủ nhận. Không việc nào bị bỏ sót.',
  empty: 'Chưa có việc nào được gửi.',
  emptyHint: 'Khi ký, trả lại, phát hành hay đăng ký văn bản, việc đó sẽ hiện ra ở đây.',
  created: (at: string) => `Thực hiện lúc ${at}`,
  confirmed: (at: string) => `Máy chủ nhận lúc ${at}`,
  attempts: (count: number) => `Đã thử gửi ${count} lần`,
  open: 'Mở văn bản',
  retry: 'Thử lại',
  dismiss: 'Ẩn việc này',
  dismissAll: (count: number) => `Ẩn ${count} việc đã gửi xong`,
} as const;
