/**
 * Words for documents whose signatures don't suffice: incoming ones (NĐ 30/2020 Đ21.1), and those of one's own
 * agency.
 */
export const gateWords = {
  unchecked: 'Chưa kiểm tra chữ ký',
  incomplete: 'Thiếu chữ ký',
  closed: 'Chưa đủ điều kiện để đăng ký',
  differs: 'Văn bản và dữ liệu có chỗ khác nhau',
  notCompared: 'Chưa đối chiếu được với dữ liệu',
  unsound: 'Không ký, không cấp số, không đóng dấu cho văn bản này. Hãy trả lại.',
  override: 'Vẫn tiếp nhận…',
  overrideTitle: 'Vẫn tiếp nhận và đăng ký',
  overrideWarning: 'Văn bản này đáng lẽ phải trả lại:',
  overrideConfirm: 'Tôi chịu trách nhiệm, vẫn tiếp nhận',
  overrideLabel: 'Lý do vẫn tiếp nhận',
  overrideHint: 'Lý do được lưu cùng văn bản và hiện ra với mọi người xem văn bản.',
  overrideMissing: 'Hãy ghi lý do vì sao vẫn tiếp nhận.',
  overridden: 'Đã đăng ký dù chữ ký số chưa đạt',
  overriddenBy: (actor: string, at: string) => `${actor} quyết định lúc ${at}.`,
  overriddenReason: (reason: string) => `Lý do: ${reason}`,
} as const;
