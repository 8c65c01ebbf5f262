import type { FormRule } from '../form-rule.ts';

/** What is wrong with a document's form; `{found}` is what the page has. */
export const viForm: Readonly<Record<FormRule, string>> = {
  'page-unreadable':
    'Trang đầu không có chữ mà máy đọc được (bản quét hoặc phông chữ cũ), nên chưa kiểm tra được thể thức.',
  'paper-size': 'Khổ giấy phải là A4 (210 × 297 mm), trang đầu để dọc.[ Đang là {found}.]',
  'margin-left': 'Lề trái phải cách mép 30 - 35 mm.[ Đang là {found} mm.]',
  'margin-right': 'Lề phải phải cách mép 15 - 20 mm.[ Đang là {found} mm.]',
  'margin-vertical': 'Lề trên và lề dưới phải cách mép 20 - 25 mm.[ Đang là {found} mm.]',
  'font-family': 'Phông chữ phải là Times New Roman.[ Đang là {found}.]',
  'page-number-first': 'Trang thứ nhất không hiển thị số trang.',
  'page-number-missing': 'Từ trang thứ hai phải có số trang, canh giữa trong lề trên.',
  'page-number-style':
    'Số trang phải là chữ số Ả Rập, cỡ 13 - 14, kiểu đứng, canh giữa trong lề trên.[ Đang là {found}.]',
  'motto-missing': 'Thiếu Quốc hiệu hoặc Tiêu ngữ, hoặc viết chưa đúng.',
  'motto-style': 'Quốc hiệu phải in hoa, cỡ 12 - 13, kiểu đứng, đậm.[ Đang là {found}.]',
  'slogan-style': 'Tiêu ngữ phải in thường, cỡ 13 - 14, kiểu đứng, đậm.[ Đang là {found}.]',
  'issuer-missing': 'Thiếu tên cơ quan, tổ chức ban hành ở góc trên bên trái.',
  'issuer-style': 'Tên cơ quan ban hành phải in hoa, cỡ 12 - 13, kiểu đứng, đậm.[ Đang là {found}.]',
  'number-missing': 'Thiếu số, ký hiệu (“Số: …/…”) dưới tên cơ quan ban hành.',
  'number-form':
    'Số, ký hiệu phải viết như “Số: 05/QĐ-UBND”: số dưới 10 thêm số 0, có dấu “/” và “-”, không cách chữ.[ Đang là “{found}”.]',
  'number-style': 'Số, ký hiệu phải cỡ 13, kiểu đứng.[ Đang là {found}.]',
  'number-type': 'Ký hiệu không khớp với loại văn bản.[ Đang là “{found}”.]',
  'date-missing': 'Thiếu địa danh và thời gian ban hành.',
  'date-form':
    'Ngày dưới 10, tháng 1 và 2 phải thêm số 0 ở trước; các tháng khác thì không; viết đủ “ngày … tháng … năm …”.[ Đang là “{found}”.]',
  'date-style': 'Địa danh và thời gian ban hành phải cỡ 13 - 14, kiểu nghiêng.[ Đang là {found}.]',
  'type-missing': 'Thiếu tên loại văn bản (hoặc trích yếu “V/v …” của công văn).',
  'type-style': 'Tên loại văn bản phải in hoa, cỡ 13 - 14, kiểu đứng, đậm.[ Đang là {found}.]',
  'subject-style':
    'Trích yếu phải cỡ 13 - 14, đứng, đậm; của công văn: cỡ 12 - 13, kiểu đứng.[ Đang là {found}.]',
  'body-size': 'Nội dung văn bản phải dùng cỡ chữ 13 - 14.[ Đang là {found}.]',
  'body-indent': 'Chữ đầu đoạn phải lùi vào 1 cm hoặc 1,27 cm.[ Đang là {found} mm.]',
  'basis-style': 'Căn cứ ban hành phải in kiểu nghiêng, cỡ 13 - 14.[ Đang là {found}.]',
  'basis-ending': 'Mỗi căn cứ kết thúc bằng dấu “;”, căn cứ cuối cùng bằng dấu “.”.',
  'article-style': 'Từ “Điều” và số thứ tự phải in đậm, kiểu đứng, sau số có dấu chấm.[ Đang là “{found}”.]',
  'article-order': 'Số thứ tự của các điều không liên tục.[ Đang là “{found}”.]',
  'point-order':
    'Thứ tự các điểm phải theo bảng chữ cái tiếng Việt (a, b, c, d, đ, e …).[ Đang là “{found}”.]',
  'signer-missing': 'Thiếu chức vụ hoặc họ tên của người ký, hoặc không có khoảng trống để ký.',
  'position-style':
    'Quyền hạn, chức vụ của người ký phải in hoa, cỡ 13 - 14, kiểu đứng, đậm.[ Đang là {found}.]',
  'authority-form': 'Chữ viết tắt quyền hạn phải có dấu chấm: TM., KT., TL., TUQ., Q.[ Đang là “{found}”.]',
  'signer-title': 'Trước họ tên người ký không ghi học hàm, học vị và danh hiệu khác.[ Đang là “{found}”.]',
  'signer-style': 'Họ tên người ký phải in thường, cỡ 13 - 14, kiểu đứng, đậm.[ Đang là {found}.]',
  'recipients-missing': 'Thiếu phần “Nơi nhận:”.',
  'recipients-style': 'Từ “Nơi nhận” phải cỡ 12, kiểu nghiêng, đậm, có dấu hai chấm.[ Đang là {found}.]',
  'recipients-list-style': 'Danh sách nơi nhận phải cỡ 11, kiểu đứng.[ Đang là {found}.]',
  'recipients-archive': 'Dòng cuối của nơi nhận phải là “- Lưu: VT, …” và kết thúc bằng dấu chấm.',
  'secret-mark': 'Văn bản có dấu chỉ độ mật[ “{found}”]: không được ký số, gửi hay lưu trên hệ thống này.',
  'file-name': 'Tên tệp nên không quá 50 ký tự, không dấu và không có ký tự đặc biệt.',
};
