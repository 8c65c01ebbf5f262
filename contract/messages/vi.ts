import type { FailureCode } from '../failure.ts';
import type { FileVerdict, ReasonCode } from '../verdict.ts';
import type { FailureText, UndatedReasons, VerdictText } from './text.ts';
import { viDraftFaults } from './vi-draft.ts';
import { viFileFailures } from './vi-file.ts';
import { viSignatureFindings } from './vi-gate.ts';
import { viLongTermFailures } from './vi-long-term.ts';
import { viSystemFailures } from './vi-system.ts';
import { viTokenFailures } from './vi-token.ts';

export const viFailures: Record<FailureCode, FailureText> = {
  ...viTokenFailures,
  ...viFileFailures,
  ...viLongTermFailures,
  ...viSystemFailures,
};

/** The first three words are the ones that TT 15/2025 gives to the answers. */
export const viVerdicts: Record<FileVerdict, VerdictText> = {
  valid: {
    word: 'Chữ ký hợp lệ',
    sentence: 'Chữ ký số hợp lệ. Nội dung văn bản không bị thay đổi từ khi ký.',
  },
  invalid: {
    word: 'Chữ ký không hợp lệ',
    sentence: 'Chữ ký số không hợp lệ. Không nên sử dụng văn bản này.',
  },
  indeterminate: {
    word: 'Không đủ thông tin xác thực',
    sentence: 'Chưa đủ thông tin để kết luận chữ ký số có hợp lệ hay không.',
  },
  unsigned: {
    word: 'Chưa ký số',
    sentence: 'Văn bản chưa có chữ ký số nào.',
  },
  unreadable: {
    word: 'Không đọc được',
    sentence: 'Tệp bị hỏng hoặc không đọc được, nên không kiểm tra được chữ ký số.',
  },
};

export const viReasons: Record<ReasonCode, string> = {
  'digest-mismatch': 'Nội dung văn bản đã bị thay đổi so với lúc ký.',
  'signature-mismatch': 'Chữ ký không khớp với chứng thư số của người ký.',
  'byte-range-malformed': 'Phạm vi nội dung được ký ghi trong tệp không hợp lệ.',
  'byte-range-overlap': 'Phạm vi nội dung được ký chồng lên chính chữ ký, là dấu hiệu bị sửa đổi.',
  'signed-larger-file':
    'Chữ ký này của một tệp khác, lớn hơn: tệp này là bản trích hoặc chỉ là phần đầu của tệp đã ký.',
  'file-rewritten':
    'Tệp đã bị một phần mềm ghi lại sau khi ký (in ra PDF, nén, đóng dấu đến trên web…), nên chữ ký không kiểm tra được nữa.',
  'data-prefix':
    'Hệ thống gửi tệp đã ghi thừa một đoạn ở đầu tệp, nên chữ ký không khớp vị trí; bản gốc có thể vẫn nguyên vẹn.',
  'contents-malformed': 'Dữ liệu chữ ký trong tệp bị hỏng.',
  'cms-malformed': 'Cấu trúc của chữ ký số không đúng tiêu chuẩn.',
  'signing-certificate-mismatch': 'Chứng thư số đi kèm không phải chứng thư đã dùng để ký.',
  'algorithm-weak': 'Chữ ký dùng thuật toán cũ, không còn bảo đảm an toàn.',
  'hash-obsolete':
    'Chữ ký dùng kỹ thuật cũ (SHA-1), nay không còn được phép dùng; đã dò và không thấy dấu hiệu giả mạo.',
  'hash-collision':
    'Nội dung được chế tạo để một văn bản khác có cùng mã băm SHA-1: đây là dấu hiệu giả mạo, không phải lỗi kỹ thuật.',
  'algorithm-unsupported': 'Chữ ký dùng thuật toán mà chương trình chưa kiểm tra được.',
  'chain-untrusted': 'Chưa xác định được chứng thư số thuộc tổ chức chứng thực được tin cậy.',
  'chain-invalid': 'Chứng thư số không được tổ chức chứng thực cấp đúng cách.',
  'certificate-expired': 'Chứng thư số đã hết hạn tại thời điểm ký.',
  'certificate-not-yet-valid': 'Chứng thư số chưa có hiệu lực tại thời điểm ký.',
  'certificate-revoked': 'Chứng thư số đã bị thu hồi.',
  'key-usage-unsuitable': 'Chứng thư số không được cấp để ký văn bản.',
  'revocation-unknown': 'Chưa kiểm tra được chứng thư số có bị thu hồi hay không.',
  'signing-time-unproven': 'Thời điểm ký lấy theo máy tính của người ký, chưa có dấu thời gian xác nhận.',
  'time-implausible':
    'Thời điểm ghi trong chữ ký hoặc dấu thời gian không thể đúng: nằm ngoài thời hạn của chứng thư số, hoặc ở tương lai.',
  'changed-after-signing': 'Văn bản có thay đổi sau khi ký.',
  'change-not-permitted': 'Văn bản bị thay đổi sau khi ký theo cách mà chữ ký không cho phép.',
  'not-whole-revision': 'Chữ ký chỉ xác nhận một phần của văn bản.',
  'unexplained-bytes': 'Trong tệp có nội dung thêm vào mà không chữ ký nào xác nhận.',
  'structure-ambiguous': 'Tệp có cấu trúc không rõ ràng, các phần mềm khác nhau có thể hiển thị khác nhau.',
  'file-deceptive':
    'Chưa chắc nội dung hiện ra đúng là nội dung đã ký: người khác có thể nhìn thấy nội dung khác.',
  'appearance-unproven':
    'Một trường được điền sau khi ký dùng phông chữ riêng của tệp, nên chưa xác định được chữ nhìn thấy có đúng là nội dung được điền hay không.',
};

/**
 * The same reasons where nothing proves when it was signed: then they speak of the day of checking, or of what the
 * signer's clock said, and not of the signing.
 */
export const viUndatedReasons: UndatedReasons = {
  'certificate-expired':
    'Chứng thư số nay đã hết hạn, và không có dấu thời gian chứng minh văn bản được ký khi chứng thư số còn hạn.',
  'certificate-not-yet-valid':
    'Theo giờ mà máy người ký ghi lại, chứng thư số chưa có hiệu lực, và không có dấu thời gian xác nhận giờ đó.',
};

/** What an input is called, for `input-invalid`. */
export const viFields: Readonly<Record<string, string>> = {
  recipients: 'nơi nhận',
  certificate: 'chứng thư số',
  reason: 'lý do',
  number: 'số văn bản',
  date: 'ngày tháng',
  box: 'vị trí chữ ký',
  page: 'trang',
  pin: 'mã PIN',
  out: 'nơi lưu kết quả',
  file: 'tệp',
};

/** Sentences for `reason` parameters that are neither a reason of a verdict nor a failure's code. */
export const viCauses: Readonly<Record<string, string>> = {
  ...viSignatureFindings,
  ...viDraftFaults,
  'initial-only': 'Trên tệp mới chỉ có chữ ký nháy.',
  'approval-unchecked': 'Chưa kiểm tra được chữ ký trên tệp.',
  'approval-partial': 'Chữ ký không bao trùm toàn bộ văn bản.',
  'approval-outdated': 'Người có thẩm quyền đã ký một bản khác: sau chữ ký đó, tệp đã thay đổi.',
  'changed-after-approval':
    'Sau chữ ký của người có thẩm quyền, tệp còn được điền thêm ngoài số, ngày và dấu.',
  'too-many': 'Vừa có quá nhiều lần đăng nhập liên tiếp; hãy chờ vài phút.',
  'unknown-certificate': 'Chứng thư số này chưa được gắn với tài khoản nào trên hệ thống của tỉnh.',
  challenge: 'Lần đăng nhập này đã quá thời gian cho phép.',
  signature: 'Máy chủ không xác nhận được chữ ký đăng nhập.',
  'no-certificate': 'Trong tệp không có chứng thư số nào.',
  'not-an-authority': 'Đây là chứng thư số của người dùng, không phải của tổ chức chứng thực.',
  'anchors-too-many': 'Danh sách tin cậy đã đầy.',
  'no-answer': 'Địa chỉ đó không trả lời.',
  'other-certificate': 'Chứng thư số nhận được khác với chứng thư số đã biết, nên không được dùng.',
  'in-use': 'Một chương trình khác đang dùng dữ liệu này.',
  'session-idle': 'Đã quá lâu không có liên lạc giữa máy tính này và máy chủ.',
  'session-too-old': 'Đã hết thời gian của một lần đăng nhập.',
  'session-deregistered': 'Chứng thư số này không còn được gắn với tài khoản đã đăng nhập.',
  'session-unchecked': 'Đã quá lâu không kiểm tra được chứng thư số có bị thu hồi hay không.',
  'tls-expired': 'Chứng thư số của máy chủ đã hết hạn hoặc chưa đến hạn dùng.',
  'tls-other-name': 'Chứng thư số được cấp cho một máy chủ có tên khác.',
  'tls-unknown-authority': 'Nơi cấp chứng thư số cho máy chủ không nằm trong danh sách được tin cậy.',
  'tls-revoked': 'Chứng thư số của máy chủ đã bị thu hồi.',
  'tls-handshake': 'Hai bên không thống nhất được cách mã hóa an toàn.',
  'clock-out-of-date': 'Theo một trong hai đồng hồ, chứng thư số không nằm trong thời hạn hiệu lực.',
  'uploads-a-day': 'Số tệp gửi lên trong ngày đã đủ mức cho phép.',
  'bytes-a-day': 'Dung lượng gửi lên trong ngày đã đủ mức cho phép.',
  'uploads-unnamed': 'Đang có quá nhiều tệp đã gửi lên nhưng chưa gắn với văn bản nào.',
  'server-disk-full': 'Ổ đĩa của máy chủ gần đầy.',
  'store-link': 'Tại đó là một liên kết dẫn đi nơi khác, không phải tệp hay thư mục thật.',
  'store-owner': 'Thư mục hoặc tệp thuộc về một tài khoản khác.',
  'target-not-a-file': 'Tại đó đã có một mục không phải là tệp thường (liên kết, thiết bị hoặc thư mục).',
  'target-replaced': 'Tệp đang ghi đã bị một chương trình khác thay bằng tệp khác.',
  'uploads-at-once': 'Đang có quá nhiều tệp được gửi lên cùng lúc.',
  changed: 'Tệp bị thay đổi trong lúc đang ký.',
  digest: 'Nội dung ghi ra không khớp nên đã được bỏ đi.',
  revision: 'Nội dung ghi ra không khớp nên đã được bỏ đi.',
  'tsa-nonsense': 'Câu trả lời không phải là dấu thời gian.',
  'tsa-nonce': 'Câu trả lời không phải cho yêu cầu vừa gửi.',
  'tsa-imprint': 'Dấu thời gian được cấp cho nội dung khác.',
  'tsa-certificate': 'Chứng thư số của nơi cấp dấu thời gian không dùng được vào việc này.',
  'image-jpeg': 'Đây là ảnh JPEG, loại ảnh không có nền trong suốt.',
  'image-not-png': 'Tệp này không phải ảnh PNG.',
  'image-damaged': 'Ảnh bị hỏng hoặc chưa tải về trọn vẹn.',
  'image-too-large': 'Ảnh quá lớn (trên 16 triệu điểm ảnh hoặc 10 MB).',
  'image-interlaced':
    'Ảnh PNG đan xen (interlaced) với bảng màu nhỏ không đọc được; hãy lưu lại ảnh ở dạng thường.',
  'tsa-untrusted': 'Nơi cấp dấu thời gian không thuộc tổ chức chứng thực được tin cậy.',
  'seed-value-filter': 'Biểu mẫu yêu cầu ký bằng một phần mềm khác.',
  'seed-value-subfilter': 'Biểu mẫu yêu cầu một dạng chữ ký không theo tiêu chuẩn PAdES.',
  'seed-value-version': 'Biểu mẫu dùng một phiên bản điều kiện mới hơn phiên bản mà chương trình biết.',
  'seed-value-unknown': 'Biểu mẫu có điều kiện mà chương trình không biết.',
  'seed-value-digest': 'Biểu mẫu yêu cầu một thuật toán băm khác, hoặc thuật toán không còn được phép dùng.',
  'seed-value-reason': 'Biểu mẫu yêu cầu chọn một trong các lý do ký đã định sẵn.',
  'seed-value-mdp': 'Biểu mẫu yêu cầu kiểu chữ ký khác (ký duyệt hoặc ký chứng thực).',
  'seed-value-time-stamp': 'Biểu mẫu yêu cầu chữ ký phải có dấu thời gian ngay khi ký.',
  'seed-value-revocation':
    'Biểu mẫu yêu cầu đưa thông tin thu hồi vào trong chữ ký, điều mà chữ ký PAdES không làm.',
  'seed-value-legal-attestation':
    'Biểu mẫu yêu cầu người ký cam kết về pháp lý, điều mà chương trình không thể làm thay.',
  'seed-value-appearance': 'Biểu mẫu yêu cầu một mẫu hình chữ ký riêng.',
  'seed-value-lock-document':
    'Ký vào ô này sẽ khóa văn bản, nên sau đó không thể cấp số, ghi ngày và đóng dấu.',
  'seed-value-certificate': 'Chỉ những chứng thư số được nêu đích danh mới được ký vào ô này.',
  'seed-value-issuer': 'Chỉ chứng thư số do những tổ chức chứng thực được nêu tên cấp mới được ký vào ô này.',
  'seed-value-certificate-policy':
    'Chứng thư số của ông/bà không được cấp theo quy chế chứng thực mà biểu mẫu yêu cầu.',
  'seed-value-signature-policy':
    'Biểu mẫu yêu cầu ký theo một chính sách chữ ký riêng, điều mà chương trình chưa hỗ trợ.',
  'seed-value-subject': 'Tên trên chứng thư số không phải là tên mà biểu mẫu yêu cầu.',
  'seed-value-key-usage': 'Mục đích sử dụng ghi trên chứng thư số không đúng như biểu mẫu yêu cầu.',
  'certification-not-first': 'Chữ ký chứng thực phải là chữ ký đầu tiên, mà văn bản này đã có chữ ký.',
  'certification-closes':
    'Chữ ký của lãnh đạo không được cấm mọi thay đổi, vì sau đó còn cấp số, ghi ngày và đóng dấu.',
};
