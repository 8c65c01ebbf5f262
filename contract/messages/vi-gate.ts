import type { GateFinding } from '../verdict.ts';

/** Why an incoming document can't be registered, as it is told to the clerk and to the sender. */
export const viGate: Record<GateFinding, string> = {
  'file-unreadable': 'Không mở được tệp (bị hỏng, hoặc có mật khẩu) nên không kiểm tra được chữ ký số.',
  'signature-invalid': 'Văn bản có chữ ký số không hợp lệ.',
  'approval-signature-missing': 'Văn bản thiếu chữ ký số của người có thẩm quyền.',
  'agency-signature-missing': 'Văn bản thiếu chữ ký số của cơ quan ban hành.',
  'signer-untrusted': 'Chứng thư số đã ký không thuộc tổ chức chứng thực được cơ quan tin cậy.',
  'file-deceptive': 'Tệp có thể hiện nội dung khác nhau ở các chương trình hoặc máy tính khác nhau.',
  'signature-weak': 'Chữ ký số dùng thuật toán cũ, không còn bảo đảm an toàn.',
};
