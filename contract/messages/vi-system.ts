import type { SystemFailureCode } from './families.ts';
import type { FailureText } from './text.ts';

/** Máy chủ văn bản của tỉnh và bản thân chương trình. */
export const viSystemFailures: Record<SystemFailureCode, FailureText> = {
  'server-missing': {
    happened: 'Máy này chưa đặt địa chỉ máy chủ văn bản.',
    why: 'Không có máy chủ thì không có gì để đăng nhập; vẫn ký và kiểm tra được các tệp trên máy.',
    todo: 'Hãy dùng mục “Tệp trên máy”, hoặc đề nghị cán bộ kỹ thuật đặt địa chỉ máy chủ (mục serverUrl).',
  },
  'server-insecure': {
    happened: 'Địa chỉ máy chủ văn bản không an toàn, nên chương trình không kết nối.',
    why: 'Địa chỉ[ {url}] không dùng HTTPS, nên người khác trên đường truyền có thể đọc, sửa nội dung hoặc mạo danh máy chủ.',
    todo: 'Hãy báo cán bộ kỹ thuật đổi mục serverUrl trong tệp config.json thành địa chỉ bắt đầu bằng https://.',
  },
  'server-certificate': {
    happened: 'Không xác nhận được đây đúng là máy chủ văn bản của tỉnh.',
    why: 'Chứng thư số (TLS) của máy chủ[ {host}] không dùng được, nên chưa có gì được gửi đi.[ {reason:reason}]',
    todo: 'Hãy xem ngày giờ của máy tính, và không dùng mạng Wi-Fi công cộng. Nếu vẫn còn, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'server-unreachable': {
    happened: 'Không kết nối được với máy chủ văn bản của tỉnh.',
    why: 'Mạng đang gián đoạn, hoặc máy chủ đang tạm dừng.',
    todo: 'Có thể làm việc tiếp. Chương trình giữ lại mọi việc đã làm và tự gửi khi có mạng trở lại.',
  },
  'server-timeout': {
    happened: 'Máy chủ văn bản của tỉnh trả lời quá chậm.',
    why: 'Đường truyền yếu hoặc máy chủ đang có nhiều người dùng.',
    todo: 'Có thể làm việc tiếp. Chương trình sẽ tự thử lại.',
  },
  'server-nonsense': {
    happened: 'Máy chủ gửi về dữ liệu không hợp lệ.',
    why: 'Câu trả lời không đúng quy cách của hệ thống quản lý văn bản[ ({detail})], nên chương trình không dùng.',
    todo: 'Hãy báo cán bộ kỹ thuật của cơ quan, kể cả khi đang dùng mạng Wi-Fi công cộng cần đăng nhập.',
  },
  'server-failed': {
    happened: 'Máy chủ văn bản của tỉnh đang gặp sự cố.',
    why: 'Máy chủ nhận được yêu cầu nhưng không xử lý được[ (mã {status})].',
    todo: 'Chương trình sẽ tự thử lại. Nếu kéo dài, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'session-missing': {
    happened: 'Chưa đăng nhập.',
    why: 'Việc này chỉ thực hiện được sau khi đăng nhập.',
    todo: 'Hãy đăng nhập bằng thiết bị ký số.',
  },
  'session-expired': {
    happened: 'Phiên làm việc đã kết thúc.',
    why: 'Máy chủ kết thúc phiên sau một thời gian, hoặc khi chứng thư số không còn dùng được, để bảo đảm an toàn.[ {reason:reason}]',
    todo: 'Hãy đăng nhập lại. Những việc đang chờ gửi vẫn được giữ nguyên.',
  },
  'sign-in-refused': {
    happened: 'Máy chủ không chấp nhận đăng nhập.',
    why: 'Máy chủ không mở được phiên làm việc cho chứng thư số này.[ {reason:reason}]',
    todo: 'Hãy kiểm tra xem đã cắm đúng thiết bị cá nhân chưa, rồi liên hệ quản trị hệ thống của cơ quan.',
  },
  'clock-differs': {
    happened: 'Đồng hồ của máy tính này lệch so với máy chủ[ {minutes} phút].',
    why: 'Thời điểm ký lấy theo đồng hồ của máy tính; giờ của máy chủ chỉ để đối chiếu.[ {reason:reason}]',
    todo: 'Hãy chỉnh lại ngày giờ của máy tính trước khi ký.',
  },
  'not-permitted': {
    happened: 'Không có quyền thực hiện việc này.',
    why: 'Theo phân công trên hệ thống, việc này không thuộc phần việc của tài khoản đang dùng.[ {reason:reason}]',
    todo: 'Hãy liên hệ quản trị hệ thống của cơ quan nếu phân công này chưa đúng.',
  },
  'document-missing': {
    happened: 'Không tìm thấy văn bản.',
    why: 'Văn bản đã được chuyển đi, thu hồi, hoặc chưa được tải về máy tính này.',
    todo: 'Hãy quay lại danh sách để xem các văn bản hiện có.',
  },
  'document-state': {
    happened: 'Văn bản đã thay đổi trạng thái.',
    why: 'Trong lúc đang xem, văn bản đã được người khác xử lý.',
    todo: 'Hãy xem lại văn bản theo trạng thái mới rồi quyết định.',
  },
  'document-changed': {
    happened: 'Văn bản đã khác bản đang xem nên chưa thực hiện việc này.',
    why: 'Văn bản được cập nhật sau khi mở xem.[ Đã xem phiên bản {shownVersion}.][ Hiện nay là phiên bản {version}, cập nhật lúc {changedAt:time}.][ Mã tệp đã xem: {shownFile}; mã tệp hiện nay: {file}.]',
    todo: 'Hãy xem lại văn bản vừa được cập nhật trên màn hình rồi quyết định.',
  },
  'document-secret': {
    happened: 'Văn bản mật không được xử lý trên hệ thống này.',
    why: 'Pháp luật về bảo vệ bí mật nhà nước không cho phép gửi, ký văn bản mật qua mạng thông thường.',
    todo: 'Hãy xử lý văn bản này theo quy định về bảo vệ bí mật nhà nước.',
  },
  'document-unsound': {
    happened: 'Văn bản này không được ký hoặc đóng dấu.',
    why: 'Trong văn bản đã có chữ ký số không hợp lệ.[ {reason:reason}]',
    todo: 'Hãy mở văn bản, xem phần “Chữ ký số”, rồi trả lại văn bản cho người trình hoặc người đã ký.',
  },
  'document-deceptive': {
    happened: 'Văn bản này chưa ký được, vì mỗi người mở tệp có thể nhìn thấy nội dung khác nhau.',
    why: 'Tệp có chỗ mà mỗi chương trình đọc một khác, hoặc chưa chắc đã hiện đủ.[ {finding:finding}][ Vị trí: trang {page}.]',
    todo: 'Hãy trả lại văn bản cho người trình và đề nghị xuất lại tệp PDF từ phần mềm soạn thảo.',
  },
  'approval-missing': {
    happened: 'Chưa đóng dấu được văn bản này.',
    why: 'Văn bản chưa có chữ ký số của người có thẩm quyền.[ {reason:reason}]',
    todo: 'Hãy trả lại văn bản để người có thẩm quyền ký, rồi mới đóng dấu.',
  },
  'approval-unregistered': {
    happened: 'Chưa đóng dấu được văn bản này.',
    why: 'Chữ ký[ của {signer:quoted}][ thuộc {organisation:quoted}] không phải của người đã ký duyệt văn bản theo sổ đăng ký của hệ thống.',
    todo: 'Hãy trả lại văn bản. Nếu người ký vừa đổi chứng thư số, hãy báo cán bộ kỹ thuật đăng ký chứng thư số mới.',
  },
  'approval-unsound': {
    happened: 'Chưa đóng dấu được văn bản này.',
    why: 'Chữ ký của người có thẩm quyền trên tệp không dùng làm căn cứ đóng dấu được.[ {reason:reason}]',
    todo: 'Hãy mở phần “Chữ ký số” để xem, rồi trả lại văn bản để người có thẩm quyền ký lại.',
  },
  'idempotency-conflict': {
    happened: 'Máy chủ đã nhận một việc khác với cùng mã gửi.',
    why: 'Nội dung đang gửi khác với nội dung máy chủ đã ghi nhận trước đó.',
    todo: 'Hãy mở văn bản để xem trạng thái trên máy chủ và báo cán bộ kỹ thuật. Không có gì bị gửi hai lần.',
  },
  'signed-file-rejected': {
    happened: 'Máy chủ không nhận tệp đã ký.',
    why: 'Máy chủ kiểm tra chữ ký trên tệp và thấy chưa đạt.[ {reason:reason}]',
    todo: 'Hãy mở văn bản, xem phần “Chữ ký số”, rồi ký lại bằng đúng thiết bị. Nếu vẫn bị từ chối, hãy báo cán bộ kỹ thuật.',
  },
  'incoming-unsound': {
    happened: 'Văn bản đến chưa đủ điều kiện để đăng ký.',
    why: 'Văn bản phải có đủ chữ ký số hợp lệ của người có thẩm quyền và của cơ quan ban hành.[ {reason:reason}]',
    todo: 'Hãy trả lại nơi gửi kèm lý do. Nếu vẫn phải tiếp nhận, hãy ghi rõ lý do; lý do được lưu cùng văn bản.',
  },
  'outcome-unknown': {
    happened: 'Chưa biết máy chủ đã nhận hay chưa.',
    why: 'Mạng bị ngắt sau khi gửi và trước khi có trả lời.',
    todo: 'Không cần làm lại. Chương trình sẽ tự hỏi máy chủ khi có mạng, và không gửi trùng.',
  },
  'upload-limit': {
    happened: 'Máy chủ tạm thời không nhận thêm tệp từ tài khoản này.',
    why: 'Mỗi tài khoản chỉ được gửi lên một lượng tệp nhất định[, hiện là {limit}].[ {reason:reason}]',
    todo: 'Tệp vẫn được giữ trên máy này và sẽ được gửi lại. Nếu cần gửi nhiều hơn, hãy liên hệ quản trị hệ thống của tỉnh.',
  },
  'input-invalid': {
    happened: 'Thông tin nhập vào chưa hợp lệ.',
    why: 'Có thông tin[ ({field:field})][ (mục {setting} trong {file})] còn thiếu hoặc không đúng quy cách.',
    todo: 'Hãy kiểm tra lại thông tin rồi thử lại.',
  },
  'anchor-unsuitable': {
    happened: 'Không thêm được chứng thư số của tổ chức chứng thực.',
    why: 'Chứng thư số[ trong tệp {file}] không dùng được làm gốc tin cậy.[ {reason:reason}]',
    todo: 'Hãy chọn tệp chứng thư số của tổ chức chứng thực (loại CRT, CER, PEM hoặc P7B), lấy từ nơi cơ quan tin cậy.',
  },
  'anchor-unavailable': {
    happened: 'Chưa lấy được chứng thư số của tổ chức chứng thực[ {subject}].',
    why: 'Địa chỉ[ {url}] chưa cho đúng chứng thư số đã biết.[ {reason:reason}]',
    todo: 'Hãy thử lại khi có mạng, hoặc thêm từ tệp do cán bộ kỹ thuật của cơ quan cung cấp. Danh sách tin cậy chưa thay đổi.',
  },
  'anchor-unconfirmed': {
    happened: 'Có tổ chức chứng thực trong danh sách chưa được xác nhận, nên chương trình không dựa vào đó.',
    why: 'Mục ghi trong kho dữ liệu không có dấu xác nhận của chương trình trên máy này: do phiên bản cũ ghi, do chuyển từ máy khác sang, hoặc do người khác ghi vào.',
    todo: 'Hãy mở trang “Tổ chức chứng thực”, so mã kiểm tra, rồi thêm lại từ tệp hoặc bỏ mục đó.',
  },
  'consent-busy': {
    happened: 'Một cửa sổ xác nhận khác đang mở.',
    why: 'Mỗi lần chỉ hỏi một việc, để không ai bấm nhầm.',
    todo: 'Hãy trả lời hoặc đóng cửa sổ đó, rồi thực hiện lại. Chưa có gì được ký.',
  },
  'consent-paused': {
    happened: 'Cửa sổ xác nhận chưa mở lại ngay.',
    why: 'Cửa sổ vừa bị đóng nhiều lần liên tiếp. Chương trình tạm ngừng hỏi để không ai bị hỏi dồn.',
    todo: 'Hãy đợi[ {seconds} giây] rồi thực hiện lại. Nếu không phải anh/chị bấm ký, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'consent-expired': {
    happened: 'Cửa sổ xác nhận đã tự đóng, chưa ký gì.',
    why: 'Màn hình bị khóa, hoặc cửa sổ đã chờ quá lâu mà chưa có ai trả lời.',
    todo: 'Hãy thực hiện lại khi sẵn sàng.',
  },
  'consent-failed': {
    happened: 'Không mở được cửa sổ xác nhận, chưa ký gì.',
    why: 'Cửa sổ xác nhận gặp sự cố. Chương trình không ký khi chưa có người xác nhận.',
    todo: 'Hãy thử lại. Nếu vẫn gặp lại, hãy khởi động lại chương trình và báo cán bộ kỹ thuật của cơ quan.',
  },
  'consent-missing': {
    happened: 'Không có cửa sổ để hỏi người sử dụng.',
    why: 'Việc này chỉ làm được khi có người xác nhận trong cửa sổ của chương trình.',
    todo: 'Hãy mở chương trình Ấn Tín rồi thực hiện lại.',
  },
  'store-newer': {
    happened: 'Dữ liệu trên máy này thuộc phiên bản mới hơn.',
    why: 'Dữ liệu đã được mở bằng một phiên bản Ấn Tín mới hơn phiên bản đang chạy.',
    todo: 'Hãy cập nhật Ấn Tín lên phiên bản mới nhất. Dữ liệu vẫn nguyên vẹn.',
  },
  'store-damaged': {
    happened: 'Dữ liệu trên máy này bị hỏng.',
    why: 'Kho dữ liệu không đọc được; bản hỏng đã được cất riêng, không bị xóa.[ {reason:reason}][ Đã khôi phục từ bản sao lưu ngày {copyDay:date}.]',
    todo: 'Hãy báo cán bộ kỹ thuật của cơ quan.[ Việc làm trên máy này sau bản sao lưu ngày {copyDay:date} có thể phải làm lại: hãy xem “Hộp gửi”.] Văn bản trên máy chủ không bị ảnh hưởng.',
  },
  'store-exposed': {
    happened: 'Không mở kho dữ liệu trên máy này, vì người khác có thể đọc hoặc thay được.',
    why: 'Thư mục hoặc tệp[ “{file}”] không thuộc riêng tài khoản đang dùng máy.[ {reason:reason}]',
    todo: 'Hãy báo cán bộ kỹ thuật của cơ quan kiểm tra quyền của thư mục dữ liệu Ấn Tín. Dữ liệu chưa bị thay đổi.',
  },
  'audit-broken': {
    happened: 'Nhật ký an toàn trên máy này không còn đúng như lúc ghi.',
    why: 'Nhật ký đã bị sửa, cắt bớt hoặc thay mà không qua chương trình[, từ mục thứ {at}].',
    todo: 'Hãy báo cán bộ kỹ thuật của cơ quan tìm nguyên nhân. Văn bản và chữ ký không bị ảnh hưởng; anh/chị vẫn làm việc được.',
  },
  'core-stopped': {
    happened: 'Bộ phận xử lý của chương trình vừa dừng.',
    why: 'Bộ phận này gặp sự cố và đang được khởi động lại. Việc đã làm đều được giữ nguyên.',
    todo: 'Hãy chờ vài giây rồi thử lại.',
  },
  cancelled: {
    happened: 'Đã dừng theo yêu cầu.',
    why: 'Việc này được hủy trước khi hoàn thành. Không có gì thay đổi.',
    todo: 'Có thể thực hiện lại bất cứ lúc nào.',
  },
  internal: {
    happened: 'Chương trình gặp sự cố ngoài dự kiến.',
    why: 'Đây là lỗi của chương trình. Chúng tôi xin lỗi vì sự bất tiện này. Việc đã làm đều được giữ nguyên.',
    todo: 'Hãy thử lại. Nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
};
