import type { FileFailureCode } from './families.ts';
import type { FailureText } from './text.ts';

/** Tệp PDF và tệp trên máy tính. */
export const viFileFailures: Record<FileFailureCode, FailureText> = {
  'pdf-not-a-pdf': {
    happened: 'Tệp này không phải là văn bản PDF.',
    why: 'Nội dung của tệp[ “{file}”] không theo định dạng PDF, dù tên tệp có thể kết thúc bằng “pdf”.',
    todo: 'Hãy đề nghị người gửi lưu lại văn bản dưới dạng PDF.',
  },
  'pdf-encrypted': {
    happened: 'Văn bản PDF có đặt mật khẩu mở tệp.',
    why: 'Không thể đọc, kiểm tra hoặc ký tệp[ “{file}”] khi chưa có mật khẩu.',
    todo: 'Hãy đề nghị nơi gửi hoặc người soạn thảo chuyển lại bản không đặt mật khẩu.',
  },
  'pdf-password-wrong': {
    happened: 'Mật khẩu của văn bản PDF không đúng.',
    why: 'Mật khẩu đã nhập không mở được tệp[ “{file}”].',
    todo: 'Hãy kiểm tra lại chữ hoa, chữ thường và dấu, hoặc hỏi lại người soạn thảo.',
  },
  'pdf-encryption-unsupported': {
    happened: 'Chương trình chưa hỗ trợ cách bảo vệ của văn bản PDF này.',
    why: 'Tệp[ “{file}”] không được bảo vệ bằng mật khẩu thông thường mà bằng cách khác[ ({handler})], ví dụ bằng chứng thư số của người nhận.',
    todo: 'Hãy đề nghị nơi gửi hoặc người soạn thảo chuyển lại bản không mã hóa.',
  },
  'pdf-damaged': {
    happened: 'Văn bản PDF bị hỏng.',
    why: 'Một phần của tệp[ “{file}”] không đọc được, có thể do truyền tệp chưa trọn vẹn.',
    todo: 'Hãy đề nghị người gửi chuyển lại văn bản.',
  },
  'pdf-too-complex': {
    happened: 'Văn bản PDF có cấu trúc quá phức tạp.',
    why: 'Tệp[ “{file}”] vượt quá giới hạn an toàn của chương trình khi đọc.',
    todo: 'Hãy đề nghị người soạn thảo xuất lại PDF từ phần mềm soạn thảo văn bản.',
  },
  'pdf-unsupported': {
    happened: 'Chương trình chưa hỗ trợ kiểu PDF này.',
    why: 'Tệp[ “{file}”] dùng một tính năng của PDF[ ({feature})] chưa được hỗ trợ.',
    todo: 'Hãy đề nghị người soạn thảo xuất lại PDF từ phần mềm soạn thảo văn bản.',
  },
  'pdf-signing-forbidden': {
    happened: 'Văn bản này không cho phép ký thêm.',
    why: 'Chữ ký đã có trên tệp[ “{file}”] không cho phép thay đổi gì nữa, kể cả thêm chữ ký.',
    todo: 'Hãy trả lại văn bản để người soạn thảo tạo bản mới.',
  },
  'pdf-field-missing': {
    happened: 'Không tìm thấy ô ký trên văn bản.',
    why: 'Văn bản không có ô ký[ “{field}”].',
    todo: 'Hãy kiểm tra xem đây có đúng là văn bản cần ký không, hoặc trả lại cho người soạn thảo.',
  },
  'pdf-field-signed': {
    happened: 'Ô ký này đã được ký.',
    why: 'Trên văn bản đã có chữ ký tại ô[ “{field}”] này.',
    todo: 'Không cần ký lại. Hãy xem phần “Chữ ký số” để biết ai đã ký.',
  },
  'pdf-field-locked': {
    happened: 'Ô này đã bị khóa.',
    why: 'Người ký trước đã khóa ô[ “{field}”], nên điền hoặc ký thêm vào sẽ làm chữ ký đó mất giá trị.',
    todo: 'Hãy trả lại văn bản để người ký trước hoặc người soạn thảo xử lý.',
  },
  'pdf-field-ambiguous': {
    happened: 'Chưa ký được văn bản này.',
    why: 'Biểu mẫu có hai ô mang cùng một tên dành cho số, ngày hoặc dấu[: “{field}”], nên không biết ô nào sẽ được điền sau khi ký.',
    todo: 'Hãy trả lại văn bản để người soạn thảo bỏ ô thừa rồi trình lại.',
  },
  'pdf-seed-value': {
    happened: 'Chữ ký này không đáp ứng điều kiện của ô ký.',
    why: 'Người lập biểu mẫu đặt điều kiện cho ô ký[ “{field}”].[ {reason:reason}][ Điều kiện ghi trong biểu mẫu: {wanted}.]',
    todo: 'Hãy ký bằng chứng thư số hoặc cách ký mà biểu mẫu yêu cầu, hoặc báo người lập biểu mẫu.',
  },
  'pdf-certification-refused': {
    happened: 'Không thể ký chứng thực trên văn bản này.',
    why: 'Chữ ký chứng thực quy định những gì còn được thay đổi sau đó.[ {reason:reason}]',
    todo: 'Hãy ký bình thường (bỏ lựa chọn chứng thực), hoặc ký trên bản chưa có chữ ký nào.',
  },
  'pdf-page-missing': {
    happened: 'Văn bản không có trang này.',
    why: 'Trang được yêu cầu[ ({page})] nằm ngoài văn bản[ (có {pages} trang)].',
    todo: 'Hãy chọn lại trang đặt chữ ký.',
  },
  'pdf-revision-missing': {
    happened: 'Không lấy được văn bản như lúc ký.',
    why: 'Tệp[ “{file}”] không có đúng một chữ ký[ mang tên “{field}”], hoặc chữ ký đó không bao trùm trọn một bản của tệp.',
    todo: 'Hãy kiểm tra chữ ký số của tệp để biết tên các chữ ký và chữ ký nào không đáng tin.',
  },
  'signature-room-too-small': {
    happened: 'Chỗ dành cho chữ ký không đủ.',
    why: 'Dữ liệu chữ ký[ ({needed:size})] lớn hơn chỗ đã dành sẵn[ ({room:size})]. Văn bản gốc vẫn nguyên vẹn.',
    todo: 'Hãy thử ký lại. Nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'file-missing': {
    happened: 'Không tìm thấy tệp.',
    why: 'Tệp[ “{file}”] không còn ở chỗ cũ.',
    todo: 'Hãy kiểm tra lại tên và nơi lưu tệp, hoặc chờ chương trình tải lại từ máy chủ.',
  },
  'file-is-link': {
    happened: 'Đây là lối tắt (đường dẫn tới tệp khác), không phải là tệp.',
    why: 'Lối tắt[ “{file}”] có thể dẫn tới một tệp khác với tệp bạn nghĩ tới.',
    todo: 'Hãy mở thư mục có tệp thật rồi chọn chính tệp đó.',
  },
  'file-is-folder': {
    happened: 'Đây là thư mục, không phải là tệp.',
    why: 'Đã có thư mục mang tên[ “{file}”].',
    todo: 'Hãy mở thư mục đó rồi chọn tệp PDF bên trong.',
  },
  'file-unreadable': {
    happened: 'Không đọc được tệp.',
    why: 'Máy tính không cho phép đọc tệp[ “{file}”], hoặc ổ đĩa gặp lỗi.[ {reason:reason}]',
    todo: 'Hãy đóng các chương trình khác đang mở tệp này rồi thử lại. Nếu vẫn không được, hãy báo cán bộ kỹ thuật.',
  },
  'file-exists': {
    happened: 'Đã có tệp cùng tên.',
    why: 'Tệp[ “{file}”] đã có sẵn và chương trình không ghi đè lên.',
    todo: 'Hãy đặt tên khác hoặc chọn thư mục khác.',
  },
  'output-is-input': {
    happened: 'Nơi lưu trùng với chính tệp nguồn.',
    why: 'Tệp[ “{file}”] đang được dùng làm tệp nguồn trong lần thực hiện này. Tệp nguồn luôn được giữ nguyên vẹn, nên chưa có gì được ghi.',
    todo: 'Hãy lưu kết quả với tên khác hoặc vào thư mục khác.',
  },
  'draft-invalid': {
    happened: 'Dự thảo chưa đúng quy cách nên chưa dàn trang được.',
    why: 'Có chỗ[ (mục {place})] chưa đúng.[ {reason:reason}]',
    todo: 'Hãy sửa lại chỗ đó trong tệp dự thảo rồi thử lại.',
  },
  'file-too-large': {
    happened: 'Tệp quá lớn.',
    why: 'Tệp[ “{file}”][ có dung lượng {bytes:size},] vượt quá mức cho phép[ ({limit:size})].',
    todo: 'Hãy giảm dung lượng tệp (ví dụ quét ở độ phân giải thấp hơn), hoặc tách phụ lục thành tệp riêng.',
  },
  'file-digest-mismatch': {
    happened: 'Tệp nhận được không khớp với tệp gốc.',
    why: 'Nội dung tệp[ “{file}”] đã thay đổi trên đường truyền, nên chương trình không dùng tệp này.',
    todo: 'Chương trình sẽ tải lại. Nếu vẫn gặp lại, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'disk-full': {
    happened: 'Ổ đĩa đã đầy.',
    why: 'Không còn đủ chỗ để lưu. Những gì đã lưu trước đó vẫn nguyên vẹn.',
    todo: 'Hãy xóa bớt tệp không cần trên máy tính (hoặc dọn Thùng rác), rồi thử lại.',
  },
  'signature-harmed': {
    happened: 'Không ký thêm được mà vẫn giữ nguyên các chữ ký đã có.',
    why: 'Nếu ký thêm, chữ ký[ “{field}”] đã có trên tệp sẽ không còn được công nhận.[ {reason:reason}] Tệp gốc vẫn nguyên vẹn, chưa có gì được ghi.',
    todo: 'Hãy trả lại văn bản để người soạn thảo tạo bản mới rồi ký lại từ đầu.',
  },
  'write-failed': {
    happened: 'Không lưu được tệp.',
    why: 'Máy tính không cho phép ghi[ vào “{file}”], hoặc ổ đĩa gặp lỗi.[ {reason:reason}]',
    todo: 'Hãy thử lại. Nếu vẫn không được, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'image-unusable': {
    happened: 'Không dùng được hình ảnh chữ ký hoặc con dấu.',
    why: 'Tệp hình ảnh[ “{file}”] không dùng được.[ {reason:reason}]',
    todo: 'Hãy chọn tệp ảnh PNG nền trong suốt, rồi thử lại.',
  },
  'stamp-room-missing': {
    happened: 'Không còn chỗ trống trên trang để đặt dấu.',
    why: 'Trang[ {page}] đã kín chữ hoặc hình; dấu không được che nội dung văn bản.',
    todo: 'Hãy tự chọn vị trí hoặc trang khác để đặt dấu, hoặc viết ngắn lại nếu là ý kiến bút phê.',
  },
  'printed-date-differs': {
    happened: 'Ngày ban hành không khớp với văn bản.',
    why: 'Văn bản đã in sẵn[ “{printed}”] ở phần tháng, năm[, còn ngày được cấp có “{wanted}”].',
    todo: 'Hãy trả lại văn bản để người soạn thảo sửa hoặc để trống tháng, năm, rồi trình ký lại.',
  },
};
