import type { ConsentQuestion } from '../../contract/consent.ts';

type Act = ConsentQuestion['act'];

/** Words of the window in which a person agrees to signatures; each table is exhaustive. */
export const consentTitles: Record<Act, { one: string; many: (count: number) => string }> = {
  plain: { one: 'Ký văn bản', many: (count) => `Ký ${count} văn bản` },
  initial: { one: 'Ký nháy văn bản', many: (count) => `Ký nháy ${count} văn bản` },
  directive: { one: 'Bút phê lên văn bản', many: (count) => `Bút phê lên ${count} văn bản` },
  appendix: { one: 'Ký văn bản kèm theo', many: (count) => `Ký ${count} văn bản kèm theo` },
  copy: { one: 'Ký bản sao', many: (count) => `Ký ${count} bản sao` },
  incoming: { one: 'Đóng dấu “Đến”', many: (count) => `Đóng dấu “Đến” cho ${count} văn bản` },
  approve: { one: 'Ký duyệt văn bản', many: (count) => `Ký duyệt ${count} văn bản` },
  seal: { one: 'Đóng dấu cơ quan', many: (count) => `Đóng dấu cơ quan cho ${count} văn bản` },
};

const sign = { one: 'Ký văn bản này', many: (count: number) => `Ký ${count} văn bản này` };

export const consentConfirms: Record<Act, { one: string; many: (count: number) => string }> = {
  ...{ plain: sign, approve: sign, initial: sign, directive: sign, appendix: sign, copy: sign },
  incoming: { one: 'Đóng dấu văn bản này', many: (count) => `Đóng dấu ${count} văn bản này` },
  seal: { one: 'Đóng dấu văn bản này', many: (count) => `Đóng dấu ${count} văn bản này` },
};

export const consentWords = {
  advice: 'Hãy xem lại trước khi xác nhận. Chưa xác nhận thì chưa có gì được ký.',
  resumed: 'Làm tiếp phần còn lại sau khi mở lại thiết bị.',
  document: 'Văn bản',
  documents: 'Danh sách văn bản',
  signer: 'Chứng thư số dùng để ký',
  token: (label: string) => `Thiết bị: ${label}`,
  until: (day: string) => `Có hiệu lực đến ${day}`,
  typed: 'Sẽ ghi lên văn bản',
  unapproved:
    'Chưa có chữ ký số của người có thẩm quyền. Con dấu đóng sau khi người đó đã ký (NĐ 30/2020 Đ32).',
  notes: 'Lưu ý trước khi ký',
  noted: 'Có điều cần lưu ý',
  notedCount: (count: number) => `${count} văn bản có điều cần lưu ý, đánh dấu trong danh sách.`,
  picture: 'Hình trang văn bản sẽ được ký',
  stampHere: 'Vị trí chữ ký',
  toStamp: 'Về trang có chữ ký',
  drawing: 'Đang vẽ trang văn bản…',
  undrawn: 'Chưa hiển thị được văn bản, nên chưa ký được.',
  undrawnAdvice: 'Hãy bấm “Không, quay lại”, rồi báo cán bộ kỹ thuật của cơ quan.',
  onePin: 'Chỉ nhập mã PIN một lần cho tất cả các văn bản này.',
  standing: 'Thiết bị đã được mở bằng mã PIN, không cần nhập lại. Bấm nút bên dưới để ký.',
  working: 'Đang mở thiết bị…',
  workingPad: 'Hãy nhập mã PIN trên bàn phím của thiết bị.',
  settling: 'Nút xác nhận sẽ bấm được sau giây lát.',
  tryFailed: 'Chưa ký.',
} as const;
