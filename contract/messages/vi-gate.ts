import type { GateCode, SignatureFinding } from '../gate.ts';

/** What the signatures of a document that has arrived lack, as it is told to the clerk and to its sender. */
export const viSignatureFindings: Record<SignatureFinding, string> = {
  'file-unreadable': 'Không mở được tệp (bị hỏng, hoặc có mật khẩu) nên không kiểm tra được chữ ký số.',
  'signature-invalid': 'Văn bản có chữ ký số không hợp lệ.',
  'approval-signature-missing': 'Văn bản thiếu chữ ký số của người có thẩm quyền.',
  'agency-signature-missing': 'Văn bản thiếu chữ ký số của cơ quan ban hành.',
  'signer-untrusted': 'Chứng thư số đã ký không thuộc tổ chức chứng thực được cơ quan tin cậy.',
  'signature-weak': 'Chữ ký số dùng thuật toán cũ, không còn bảo đảm an toàn.',
};

/** What was found at the gate, also to whoever signs a draft whose page and data differ. */
export const viGate: Record<GateCode, string> = {
  ...viSignatureFindings,
  'signature-obsolete':
    'Chữ ký số dùng kỹ thuật cũ (SHA-1); đã dò và không thấy dấu hiệu giả mạo. Cơ quan cho phép tiếp nhận, và việc này được ghi vào quá trình xử lý.',
  'file-deceptive': 'Tệp có thể hiện nội dung khác nhau ở các chương trình hoặc máy tính khác nhau.',
  'seal-of-another-body':
    'Chữ ký số cơ quan là của nơi khác, không phải của nơi ban hành[: chứng thư số ghi {seal:quoted}, dữ liệu ghi {issuer:quoted}].',
  'seal-name-differs':
    'Tên cơ quan trên chứng thư số chưa khớp với nơi ban hành[: chứng thư số ghi {seal:quoted}, dữ liệu ghi {issuer:quoted}].',
  'issuer-differs':
    'Tên cơ quan ban hành không khớp[: trên văn bản {page:quoted}, trong dữ liệu {data:quoted}].',
  'reference-differs': 'Số, ký hiệu không khớp[: trên văn bản {page:quoted}, trong dữ liệu {data:quoted}].',
  'reference-twice': 'Trang đầu có nhiều số, ký hiệu khác nhau[: {page:quoted} và {other:quoted}].',
  'date-differs': 'Ngày ban hành không khớp[: trên văn bản {page:date}, trong dữ liệu {data:date}].',
  'date-twice': 'Trang đầu có nhiều ngày ban hành khác nhau[: {page:date} và {other:date}].',
  'type-differs': 'Loại văn bản không khớp[: trên văn bản {page:quoted}, trong dữ liệu {data:quoted}].',
  'subject-differs': 'Trích yếu không khớp[: trên văn bản {page:quoted}, trong dữ liệu {data:quoted}].',
  'position-differs':
    'Chức vụ người ký không khớp[: trên văn bản {page:quoted}, trong dữ liệu {data:quoted}].',
  'signer-differs':
    'Họ tên người ký không khớp[: trên văn bản {page:quoted}, trên chứng thư số {certificate:quoted}].',
  'letters-foreign':
    'Có chữ cái của bảng chữ khác, nhìn giống chữ tiếng Việt nhưng không phải[: {page:quoted}].',
  'page-unread':
    'Không đọc được chữ trên trang đầu (ví dụ bản quét), nên chưa đối chiếu được số, ngày, trích yếu. Hãy xem bằng mắt.',
};
