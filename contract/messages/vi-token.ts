import type { TokenFailureCode } from './families.ts';
import type { FailureText } from './text.ts';

/** Thiết bị ký số, mã PIN, chứng thư số. */
export const viTokenFailures: Record<TokenFailureCode, FailureText> = {
  'module-missing': {
    happened: 'Máy tính này chưa có phần mềm của thiết bị ký số.',
    why: 'Không tìm thấy tệp điều khiển của nhà cung cấp[: {path}].',
    todo: 'Hãy nhờ cán bộ kỹ thuật của cơ quan cài đặt phần mềm đi kèm thiết bị, rồi bấm “Kiểm tra lại”.',
  },
  'module-unusable': {
    happened: 'Phần mềm của thiết bị ký số không chạy được.',
    why: 'Tệp điều khiển[ {path}] bị hỏng hoặc không dành cho loại máy tính này.',
    todo: 'Hãy nhờ cán bộ kỹ thuật của cơ quan cài đặt lại phần mềm đi kèm thiết bị (bản 64 bit).',
  },
  'token-missing': {
    happened: 'Chưa thấy thiết bị ký số.',
    why: 'Thiết bị[ “{token}”] chưa được cắm vào máy tính, hoặc cổng cắm bị lỏng.',
    todo: 'Hãy cắm thiết bị ký số vào cổng USB, chờ đèn trên thiết bị sáng, rồi thử lại.',
  },
  'token-ambiguous': {
    happened: 'Có nhiều thiết bị ký số đang cắm.',
    why: 'Chương trình chưa biết dùng thiết bị nào[: {tokens}].',
    todo: 'Hãy chọn một thiết bị, hoặc chỉ để lại một thiết bị trên máy tính.',
  },
  'token-removed': {
    happened: 'Thiết bị ký số đã bị rút ra.',
    why: 'Thiết bị rời khỏi máy tính khi công việc chưa xong. Chưa có chữ ký nào được tạo, văn bản vẫn nguyên vẹn.',
    todo: 'Hãy cắm lại thiết bị và thực hiện lại từ đầu.',
  },
  'token-locked': {
    happened: 'Thiết bị ký số đã bị khóa.',
    why: 'Mã PIN đã được nhập sai quá số lần cho phép, nên thiết bị tự khóa để bảo vệ chữ ký.',
    todo: 'Hãy liên hệ cán bộ phụ trách chứng thư số của cơ quan để làm thủ tục mở khóa. Không cần nhập lại mã PIN.',
  },
  'token-timeout': {
    happened: 'Thiết bị ký số không trả lời.',
    why: 'Đã chờ quá lâu mà thiết bị không có kết quả. Chưa có chữ ký nào được tạo.',
    todo: 'Hãy rút thiết bị ra, cắm lại, chờ vài giây, rồi thử lại.',
  },
  'token-stopped': {
    happened: 'Phần mềm của thiết bị ký số vừa dừng đột ngột.',
    why: 'Phần điều khiển thiết bị gặp lỗi. Văn bản và công việc đang làm không bị ảnh hưởng.',
    todo: 'Hãy rút thiết bị ra, cắm lại, rồi thử lại. Nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'token-failed': {
    happened: 'Thiết bị ký số báo lỗi.',
    why: 'Thiết bị không thực hiện được yêu cầu[ (mã lỗi {returnValue})]. Lỗi này không phải do mã PIN sai.',
    todo: 'Hãy rút thiết bị ra, cắm lại, rồi thử lại. Nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'pin-incorrect': {
    happened: 'Mã PIN không đúng.[ Còn {triesLeft} lần thử.][{finalTry?} Chỉ còn một lần thử.]',
    why: 'Thiết bị không nhận mã PIN vừa nhập.[ Mã PIN có từ {min} đến {max} ký tự; lần này chưa gửi tới thiết bị nên không bị tính là nhập sai.][{triesLow?} Nếu nhập sai quá số lần cho phép, thiết bị sẽ tự khóa.]',
    todo: 'Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt, rồi nhập lại thật chậm. Nếu không nhớ mã PIN, hãy dừng lại và liên hệ cán bộ phụ trách chứng thư số.',
  },
  'pin-last-try': {
    happened: 'Chỉ còn một lần nhập mã PIN.',
    why: 'Mã PIN đã được nhập sai nhiều lần. Nếu lần này cũng sai, thiết bị sẽ bị khóa.',
    todo: 'Nếu chắc chắn nhớ mã PIN, hãy đánh dấu “Tôi hiểu” rồi nhập. Nếu không chắc, hãy dừng lại và liên hệ cán bộ phụ trách chứng thư số.',
  },
  'pin-key-stale': {
    happened: 'Cần nhập lại mã PIN.',
    why: 'Phần điều khiển thiết bị vừa khởi động lại, nên mã PIN vừa nhập đã được hủy để bảo đảm an toàn.',
    todo: 'Hãy nhập lại mã PIN. Lần nhập vừa rồi không bị tính là nhập sai.',
  },
  'pin-missing': {
    happened: 'Chưa nhập mã PIN.',
    why: 'Thiết bị cần mã PIN để thực hiện việc này.',
    todo: 'Hãy nhập mã PIN của thiết bị.',
  },
  'login-required': {
    happened: 'Thiết bị ký số cần được mở bằng mã PIN.',
    why: 'Phiên làm việc với thiết bị đã kết thúc.',
    todo: 'Hãy thực hiện lại và nhập mã PIN khi được hỏi.',
  },
  'certificate-missing': {
    happened: 'Không tìm thấy chứng thư số trên thiết bị.',
    why: 'Thiết bị đang cắm không có chứng thư số dùng được cho việc này[: {subject}].',
    todo: 'Hãy kiểm tra xem đã cắm đúng thiết bị chưa: thiết bị cá nhân để ký, thiết bị của cơ quan để đóng dấu.',
  },
  'certificate-expired': {
    happened: 'Chứng thư số đã hết hạn.',
    why: 'Chứng thư số[ của {subject}] đã quá thời hạn sử dụng[ (đến ngày {notAfter:date})].',
    todo: 'Hãy liên hệ cán bộ phụ trách chứng thư số của cơ quan để gia hạn hoặc cấp mới.',
  },
  'certificate-not-yet-valid': {
    happened: 'Chứng thư số chưa đến ngày có hiệu lực.',
    why: 'Chứng thư số[ của {subject}] chưa dùng được[ trước {notBefore:date}], hoặc ngày giờ trên máy tính bị sai.',
    todo: 'Hãy kiểm tra ngày giờ trên máy tính. Nếu ngày giờ đúng, hãy liên hệ cán bộ phụ trách chứng thư số.',
  },
  'certificate-revoked': {
    happened: 'Chứng thư số đã bị thu hồi.',
    why: 'Đơn vị cấp chứng thư số đã chấm dứt hiệu lực của chứng thư[ của {subject}][ từ {revokedAt:date}].',
    todo: 'Không dùng thiết bị này để ký nữa. Hãy liên hệ cán bộ phụ trách chứng thư số của cơ quan để được cấp mới.',
  },
  'certificate-untrusted': {
    happened: 'Chứng thư số không thuộc hệ thống được công nhận.',
    why: 'Không truy được chứng thư[ của {subject}] về tổ chức chứng thực mà cơ quan tin cậy.',
    todo: 'Hãy dùng thiết bị do Ban Cơ yếu Chính phủ cấp. Nếu đang dùng đúng thiết bị, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'key-missing': {
    happened: 'Không tìm thấy khóa ký trên thiết bị.',
    why: 'Trên thiết bị có chứng thư số nhưng không có khóa đi cùng[: {subject}].',
    todo: 'Hãy rút thiết bị ra và cắm lại. Nếu vẫn như vậy, hãy liên hệ cán bộ phụ trách chứng thư số.',
  },
  'mechanism-unsupported': {
    happened: 'Thiết bị không hỗ trợ cách ký này.',
    why: 'Thiết bị ký số không có thuật toán ký cần dùng[ ({mechanism})].',
    todo: 'Hãy báo cán bộ kỹ thuật của cơ quan để cập nhật phần mềm hoặc đổi thiết bị.',
  },
  'signature-mismatch': {
    happened: 'Chữ ký do thiết bị tạo ra không khớp với chứng thư số.',
    why: 'Chương trình đã kiểm tra lại và không dùng chữ ký này. Văn bản gốc vẫn nguyên vẹn.',
    todo: 'Hãy rút thiết bị ra, cắm lại, rồi thử lại. Nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
};
