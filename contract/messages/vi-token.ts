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
  'module-wrong-architecture': {
    happened: 'Phần mềm của thiết bị ký số không dành cho loại máy tính này.',
    why: 'Tệp điều khiển[ {path}] được làm cho loại máy khác[ ({architecture})].',
    todo: 'Hãy nhờ cán bộ kỹ thuật của cơ quan cài bản 64 bit của phần mềm đi kèm thiết bị.',
  },
  'module-dependency-missing': {
    happened: 'Phần mềm của thiết bị ký số còn thiếu thành phần.',
    why: 'Tệp điều khiển[ {path}] cần một thành phần chưa có trên máy tính[: {library}].',
    todo: 'Hãy nhờ cán bộ kỹ thuật của cơ quan cài đặt lại đầy đủ phần mềm đi kèm thiết bị.',
  },
  'module-not-pkcs11': {
    happened: 'Tệp này không phải là phần mềm của thiết bị ký số.',
    why: 'Tệp[ {path}] không có những chức năng mà chương trình cần để làm việc với thiết bị.',
    todo: 'Hãy chọn tệp điều khiển PKCS#11 của nhà cung cấp, hoặc nhờ cán bộ kỹ thuật của cơ quan chọn giúp.',
  },
  'module-crashed': {
    happened: 'Phần mềm của thiết bị ký số bị dừng khi chạy thử.',
    why: 'Tệp điều khiển[ {path}] gặp lỗi nên được để riêng ra. Các thiết bị khác vẫn dùng được.',
    todo: 'Hãy nhờ cán bộ kỹ thuật của cơ quan cài đặt lại hoặc cập nhật phần mềm đi kèm thiết bị.',
  },
  'module-hung': {
    happened: 'Phần mềm của thiết bị ký số không trả lời khi chạy thử.',
    why: 'Tệp điều khiển[ {path}] không có kết quả trong thời gian cho phép nên được để riêng ra. Các thiết bị khác vẫn dùng được.',
    todo: 'Hãy rút thiết bị ra, cắm lại, rồi kiểm tra lại. Nếu vẫn như vậy, hãy nhờ cán bộ kỹ thuật cập nhật phần mềm của thiết bị.',
  },
  'reader-missing': {
    happened: 'Chưa thấy cổng đọc thiết bị ký số nào.',
    why: 'Phần mềm của thiết bị chạy được nhưng máy tính chưa nhận ra thiết bị nào đang cắm.',
    todo: 'Hãy cắm thiết bị vào một cổng USB khác và chờ vài giây. Nếu vẫn như vậy, hãy nhờ cán bộ kỹ thuật kiểm tra dịch vụ thẻ thông minh của máy tính.',
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
  'token-uninitialised': {
    happened: 'Thiết bị ký số chưa được khởi tạo.',
    why: 'Thiết bị[ “{token}”] còn trống hoặc chưa được đặt mã PIN.',
    todo: 'Hãy liên hệ cán bộ phụ trách chứng thư số của cơ quan để thiết bị được khởi tạo.',
  },
  'token-empty': {
    happened: 'Trên thiết bị ký số không có chứng thư số nào.',
    why: 'Đã đọc được thiết bị[ “{token}”] nhưng bên trong không có chứng thư số.',
    todo: 'Hãy kiểm tra xem đã cắm đúng thiết bị chưa. Nếu đúng, hãy liên hệ cán bộ phụ trách chứng thư số để được nạp chứng thư số.',
  },
  'token-removed': {
    happened: 'Thiết bị ký số đã bị rút ra.',
    why: 'Thiết bị rời khỏi máy tính khi công việc chưa xong. Không có văn bản nào bị ký dở dang.[{pinChange?} Không rõ mã PIN mới đã được nhận hay chưa.]',
    todo: 'Hãy cắm lại thiết bị và thực hiện lại.[{pinChange?} Hãy thử mã PIN mới một lần; nếu không đúng thì dùng mã PIN cũ.]',
  },
  'token-locked': {
    happened: 'Thiết bị ký số đã bị khóa.',
    why: 'Mã PIN đã được nhập sai quá số lần cho phép, nên thiết bị tự khóa để bảo vệ chữ ký.',
    todo: 'Hãy liên hệ cán bộ phụ trách chứng thư số của cơ quan để làm thủ tục mở khóa. Không cần nhập lại mã PIN.',
  },
  'token-timeout': {
    happened: 'Thiết bị ký số không trả lời.',
    why: 'Đã chờ quá lâu mà thiết bị không có kết quả. Không có văn bản nào bị ký dở dang.[{pinChange?} Không rõ mã PIN mới đã được nhận hay chưa.]',
    todo: 'Hãy rút thiết bị ra, cắm lại, chờ vài giây, rồi thử lại.[{pinChange?} Hãy thử mã PIN mới một lần; nếu không đúng thì dùng mã PIN cũ.]',
  },
  'token-stopped': {
    happened: 'Phần mềm của thiết bị ký số vừa dừng đột ngột.',
    why: 'Phần điều khiển thiết bị gặp lỗi. Văn bản và công việc đang làm không bị ảnh hưởng.[{pinChange?} Không rõ mã PIN mới đã được nhận hay chưa.]',
    todo: 'Hãy rút thiết bị ra, cắm lại, rồi thử lại.[{pinChange?} Hãy thử mã PIN mới một lần; nếu không đúng thì dùng mã PIN cũ.] Nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
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
  'pin-must-change': {
    happened: 'Cần đổi mã PIN trước khi ký.',
    why: 'Thiết bị yêu cầu thay mã PIN ban đầu hoặc mã PIN đã dùng quá lâu.',
    todo: 'Hãy mở mục đổi mã PIN, nhập mã PIN hiện tại và đặt mã PIN mới.',
  },
  'pin-too-weak': {
    happened: 'Mã PIN mới chưa đạt yêu cầu.',
    why: 'Mã PIN mới phải có chữ hoa, chữ thường và chữ số[, dài từ {min} đến {max} ký tự], không dấu.',
    todo: 'Hãy đặt một mã PIN khác. Mã PIN hiện tại vẫn giữ nguyên.',
  },
  'pin-unchanged': {
    happened: 'Mã PIN mới giống mã PIN hiện tại.',
    why: 'Thiết bị chỉ được đổi sang một mã PIN khác.',
    todo: 'Hãy đặt một mã PIN khác. Mã PIN hiện tại vẫn giữ nguyên.',
  },
  'pin-change-unsupported': {
    happened: 'Không đổi được mã PIN từ chương trình này.',
    why: 'Phần mềm của thiết bị không cho phép chương trình khác đổi mã PIN.',
    todo: 'Hãy đổi mã PIN bằng phần mềm quản lý đi kèm thiết bị. Mã PIN hiện tại vẫn giữ nguyên.',
  },
  'pin-pad-unsupported': {
    happened: 'Chưa dùng được bàn phím nhập mã PIN của thiết bị này.',
    why: 'Phần mềm của thiết bị không nhận lời yêu cầu nhập mã PIN trên chính thiết bị[ (mã lỗi {returnValue})].',
    todo: 'Hãy dùng thiết bị nhập mã PIN trên máy tính, và báo cán bộ kỹ thuật của cơ quan tên thiết bị này.',
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
  'certificate-not-for-signing': {
    happened: 'Chứng thư số này không dùng để ký văn bản.',
    why: 'Chứng thư số[ của {subject}] được cấp cho mục đích khác, ví dụ để mã hóa.',
    todo: 'Hãy chọn chứng thư số dùng để ký. Nếu không có, hãy liên hệ cán bộ phụ trách chứng thư số của cơ quan.',
  },
  'certificate-unchecked': {
    happened: 'Chưa kiểm tra được chứng thư số có bị thu hồi hay không.',
    why: 'Chưa nhận được trả lời của đơn vị cấp chứng thư số[ về chứng thư của {subject}].',
    todo: 'Chữ ký vẫn được tạo. Hãy kiểm tra lại văn bản khi có kết nối mạng; nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'key-missing': {
    happened: 'Không tìm thấy khóa ký trên thiết bị.',
    why: 'Trên thiết bị có chứng thư số nhưng không có khóa đi cùng[: {subject}].',
    todo: 'Hãy rút thiết bị ra và cắm lại. Nếu vẫn như vậy, hãy liên hệ cán bộ phụ trách chứng thư số.',
  },
  'mechanism-unsupported': {
    happened: 'Thiết bị không hỗ trợ cách ký này.',
    why: 'Thiết bị ký số không có thuật toán ký cần dùng[ ({mechanism})].[ Thiết bị chỉ có: {offered}.]',
    todo: 'Hãy báo cán bộ kỹ thuật của cơ quan để cập nhật phần mềm hoặc đổi thiết bị.',
  },
  'signature-mismatch': {
    happened: 'Chữ ký do thiết bị tạo ra không khớp với chứng thư số.',
    why: 'Chương trình đã kiểm tra lại và không dùng chữ ký này. Văn bản gốc vẫn nguyên vẹn.',
    todo: 'Hãy rút thiết bị ra, cắm lại, rồi thử lại. Nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
};
