import type { DraftFault } from '../draft.ts';

/** What is wrong with a value of a draft. */
export const viDraftFaults: Readonly<Record<DraftFault, string>> = {
  'draft-not-json': 'Tệp không phải là JSON hợp lệ.',
  'draft-too-deep': 'Các mục lồng nhau quá nhiều lớp.',
  'draft-value-missing': 'Thiếu nội dung bắt buộc.',
  'draft-value-unknown': 'Chương trình không biết mục này.',
  'draft-value-empty': 'Nội dung đang để trống.',
  'draft-value-too-long': 'Nội dung quá dài hoặc quá nhiều.',
  'draft-value-wrong': 'Nội dung không thuộc loại được dùng ở đây.',
  'draft-control-character': 'Có ký tự điều khiển hoặc ký tự không nhìn thấy được.',
  'draft-character-unprintable': 'Có ký tự mà phông chữ của văn bản không in được.',
  'draft-reference-missing': 'Có chỗ dẫn chiếu tới một mục không có trong dự thảo.',
  'draft-id-twice': 'Tên này đã được đặt cho một mục khác.',
  'draft-unit-misplaced':
    'Thứ tự các cấp không đúng: phần, chương, mục, điều, khoản, điểm chỉ chứa các cấp nhỏ hơn.',
  'draft-points-too-many': 'Một khoản chỉ có tối đa 22 điểm, theo thứ tự bảng chữ cái tiếng Việt.',
  'draft-table-uneven': 'Các hàng của bảng không có cùng số cột.',
};
