import type { LoginEnd, ModuleSource, TokenStepName } from '../../contract/token.ts';
import type { PinRule } from '../token/pin-rules.ts';
import type { TokenStanding } from '../token/token-standing.ts';

/** Words of the screens about tokens themselves: the panel, changing a PIN, the help. */
export const careWords = {
  help: 'Giúp tôi với thiết bị này',
  changePin: 'Đổi mã PIN',
  checking: 'Đang kiểm tra…',
  checkedAt: (at: string) => `Kiểm tra lần cuối lúc ${at}.`,
  lockingAt: (at: string) => `Nếu không dùng, thiết bị sẽ tự khóa lúc ${at}.`,
  locked: 'Đã khóa thiết bị. Lần ký tiếp theo cần nhập mã PIN.',
  lockFailed: 'Chưa khóa được thiết bị.',
  checkFailed: 'Chưa kiểm tra được.',
  unnamed: 'Thiết bị không có tên',
  certificates: (token: string) => `Chứng thư số trên ${token}`,
  noCertificates: 'Đã đọc được thiết bị nhưng bên trong không có chứng thư số.',
  otherCertificates: (count: number) => `${count} chứng thư số khác, không dùng để ký`,
  technical: 'Thông tin kỹ thuật',
  driver: 'Phần mềm điều khiển',
  driverFile: 'Tệp điều khiển',
  alsoSeenBy: 'Phần mềm khác cũng thấy',
  serial: 'Số sê-ri',
  maker: 'Nhà sản xuất, kiểu',
  fit: 'Còn hiệu lực',
  unfit: (why: string) => `Không ký được: ${why}`,
  pinMustChange: 'Thiết bị yêu cầu đổi mã PIN trước khi ký.',
  onToken: (label: string) => `Trên thiết bị “${label}”`,
} as const;

export const tokenStandings: Record<TokenStanding, string> = {
  locked: 'Đã bị khóa vì nhập sai mã PIN',
  blank: 'Chưa khởi tạo, chưa dùng được',
  mustChange: 'Cần đổi mã PIN trước khi ký',
  lastTry: 'Chỉ còn một lần nhập mã PIN',
  open: 'Đã mở bằng mã PIN',
  triesLow: 'Đã nhập sai mã PIN, còn ít lần thử',
  closed: 'Đang cắm, chưa mở bằng mã PIN',
};

/** Why a login ended by itself; empty where the person has asked for it. */
export const loginEnds: Record<LoginEnd['reason'], (at: string) => string> = {
  idle: (at) => `Thiết bị đã tự khóa lúc ${at} vì không được dùng một thời gian.`,
  screenLocked: (at) => `Thiết bị đã được khóa lúc ${at} vì màn hình máy tính bị khóa.`,
  suspended: (at) => `Thiết bị đã được khóa lúc ${at} vì máy tính chuyển sang chế độ ngủ.`,
  removed: (at) => `Thiết bị đã được rút ra lúc ${at}.`,
  stopped: (at) => `Phần mềm của thiết bị đã dừng lúc ${at}, nên thiết bị được khóa lại.`,
  asked: (at) => `Thiết bị đã được khóa lại lúc ${at}.`,
};
export const loginEndAdvice = 'Lần ký tiếp theo cần nhập mã PIN.';

export const expiryWords = {
  notice: (days: number) => `Chứng thư số còn ${days} ngày`,
  soon: (days: number) => `Chứng thư số sắp hết hạn, còn ${days} ngày`,
  urgent: (days: number) => `Chứng thư số chỉ còn ${days} ngày`,
  today: 'Chứng thư số hết hạn hôm nay',
  expired: 'Chứng thư số đã hết hạn',
  left: (days: number) => `còn ${days} ngày`,
  noticeAdvice: 'Gia hạn có thể mất vài tuần: nên báo cán bộ phụ trách chứng thư số từ bây giờ.',
  soonAdvice: 'Hãy đề nghị cán bộ phụ trách chứng thư số gia hạn trong tuần này.',
  urgentAdvice: 'Hãy đề nghị gia hạn ngay hôm nay. Khi hết hạn sẽ không ký được.',
  expiredAdvice:
    'Không ký được bằng chứng thư số này nữa. Hãy liên hệ cán bộ phụ trách chứng thư số để được cấp mới.',
  replaced: 'Trên thiết bị đã có chứng thư số khác thay thế.',
} as const;

/** Whether a certificate has been revoked, asked before the day's first signature. */
export const standingWords = {
  checking: 'Đang kiểm tra chứng thư số có bị thu hồi hay không…',
  good: (at: string) => `Chưa bị thu hồi (kiểm tra lúc ${at})`,
  refused: 'Không ký được.',
  uncheckedAdvice: 'Vẫn ký được. Khi có kết nối mạng, hãy xem lại kết quả kiểm tra chữ ký trên văn bản.',
} as const;

export const changePinWords = {
  title: (token: string) => `Đổi mã PIN: ${token}`,
  oldPin: 'Mã PIN hiện tại',
  newPin: 'Mã PIN mới',
  again: 'Nhập lại mã PIN mới',
  submit: 'Đổi sang mã PIN mới',
  underWay: 'Đang đổi mã PIN…',
  wait: 'Đừng rút thiết bị ra cho tới khi đổi xong.',
  rules: 'Mã PIN mới cần có đủ:',
  met: 'Đạt',
  unmet: 'Chưa đạt',
  allMet: 'Mã PIN mới đã đạt yêu cầu.',
  hint: 'Tắt bộ gõ tiếng Việt trước khi nhập.',
  oldMissing: 'Hãy nhập mã PIN hiện tại.',
  newMissing: 'Hãy nhập mã PIN mới.',
  unmetComplaint: 'Mã PIN mới chưa đạt đủ các yêu cầu ở trên.',
  sameComplaint: 'Mã PIN mới giống mã PIN hiện tại. Hãy đặt một mã khác.',
  againComplaint: 'Hai lần nhập mã PIN mới không giống nhau. Hãy nhập lại lần thứ hai.',
  pad: 'Nhập mã PIN hiện tại rồi mã PIN mới trên bàn phím của thiết bị, sau khi bấm nút bên dưới.',
  padNow: 'Nhập mã PIN hiện tại, rồi mã PIN mới, trên bàn phím của thiết bị.',
  failed: 'Chưa đổi được mã PIN.',
  unclear: 'Chưa rõ thiết bị đã nhận mã PIN mới hay chưa.',
  unclearAdvice:
    'Hãy rút thiết bị ra rồi cắm lại. Lần nhập tới, hãy nhập mã PIN mới trước. Nếu không đúng, nhập mã PIN cũ. Không thử thêm mã nào khác.',
  done: (at: string) => `Đã đổi mã PIN lúc ${at}.`,
  doneAdvice: 'Từ bây giờ hãy dùng mã PIN mới. Lần ký tiếp theo cần nhập mã PIN mới.',
  gone: 'Thiết bị này không còn cắm vào máy tính.',
} as const;

export const pinRuleWords: Record<PinRule, (min: number, max: number) => string> = {
  length: (min, max) => (min === max ? `Đúng ${min} ký tự` : `Từ ${min} đến ${max} ký tự`),
  upper: () => 'Có chữ in hoa (A–Z)',
  lower: () => 'Có chữ thường (a–z)',
  digit: () => 'Có chữ số (0–9)',
  typable: () => 'Không có dấu tiếng Việt, không có dấu cách',
  repeated: () => 'Hai lần nhập giống nhau',
};

export const stepTitles: Record<TokenStepName, string> = {
  module: 'Phần mềm của thiết bị',
  reader: 'Cổng đọc thiết bị',
  token: 'Thiết bị ký số',
  certificate: 'Chứng thư số',
  keyUse: 'Quyền dùng chứng thư số để ký',
  login: 'Mã PIN',
};

export const stepWords = {
  list: 'Các bước để ký được',
  number: (step: number) => `Bước ${step}`,
  done: 'Đạt',
  failed: 'Có lỗi',
  attention: 'Cần chú ý',
  waiting: 'Chưa tới bước này',
  ready: 'Chờ nhập mã PIN khi ký',
  todo: 'Việc cần làm:',
  stuck: (step: number, title: string) => `Chưa ký được, vướng ở bước ${step}: ${title}.`,
  stuckSentence: (step: number, of: number, happened: string) => `Vướng ở bước ${step}/${of}: ${happened}`,
  lastTry: 'Thiết bị ký được, nhưng chỉ còn một lần nhập mã PIN.',
  readyToSign: 'Thiết bị sẵn sàng. Khi ký, chương trình sẽ hỏi mã PIN.',
  open: 'Thiết bị sẵn sàng để ký, đã mở bằng mã PIN.',
  unknown: 'Chưa có kết quả kiểm tra. Hãy bấm “Kiểm tra lại”.',
} as const;

export const helpWords = {
  title: 'Giúp tôi với thiết bị ký số',
  others: 'Điều khác cần biết',
  drivers: 'Phần mềm của thiết bị trên máy này',
  driverList: 'Danh sách phần mềm của thiết bị',
  driverHint:
    'Mỗi loại thiết bị cần phần mềm của nhà cung cấp. Nếu đã cài mà không thấy ở đây, hãy thêm tệp điều khiển.',
  noDriver: 'Chưa tìm thấy phần mềm nào.',
  works: 'Chạy được',
  broken: 'Không chạy được',
  sees: (count: number) => (count > 0 ? `Thấy ${count} thiết bị` : 'Chưa thấy thiết bị nào'),
  add: 'Thêm phần mềm của thiết bị…',
  adding: 'Đang thử phần mềm…',
  added: (name: string) => `Đã thêm phần mềm: ${name}. Các lần sau sẽ tự dùng lại.`,
  addFailed: 'Chưa thêm được phần mềm.',
  notPicked: 'Chưa chọn tệp nào, không có gì thay đổi.',
  remove: (name: string) => `Bỏ phần mềm ${name}`,
  removed: (name: string) => `Đã bỏ phần mềm: ${name}.`,
  removeFailed: 'Chưa bỏ được phần mềm.',
  send: 'Gửi cho cán bộ kỹ thuật',
  sendHint:
    'Kết quả kiểm tra được lưu thành một tệp, không có mã PIN trong đó. Số của thiết bị chỉ ghi bốn ký tự cuối.',
  save: 'Lưu kết quả kiểm tra…',
  saving: 'Đang chờ chọn nơi lưu…',
  saved: (path: string) => `Đã lưu vào ${path}. Hãy gửi tệp này cho cán bộ kỹ thuật.`,
  notSaved: 'Chưa chọn nơi lưu, chưa lưu gì.',
  saveFailed: 'Chưa lưu được.',
  report: 'Bản ghi cho cán bộ kỹ thuật',
  reportHint: 'Không có mã PIN trong bản ghi này. Bấm vào khung, nhấn Ctrl+A rồi Ctrl+C để sao chép.',
} as const;

export const moduleSources: Record<ModuleSource, string> = {
  configured: 'theo cấu hình của cơ quan',
  added: 'do người dùng thêm',
  known: 'tự tìm thấy',
  system: 'đã cài trên máy',
};
