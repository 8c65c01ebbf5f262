import type { StampPlace } from '../../contract/stamp-place.ts';

/** A length for people: whole millimetres. */
const mm = (length: number) => Math.round(length);

/** Words for choosing where a signature stands. */
export const placeWords = {
  region: 'Vị trí chữ ký trên trang',
  words: 'Vị trí chữ ký',
  box: 'Khung chữ ký',
  corner: 'Kéo để đổi cỡ khung',
  byRules: 'Vị trí theo quy định.',
  own: 'Vị trí do người ký chọn.',
  fixed: 'Văn bản đã có sẵn ô dành cho chữ ký này, không dời được.',
  hint: 'Kéo khung bằng chuột, hoặc bấm vào khung rồi dùng phím mũi tên. Shift và mũi tên để đổi cỡ, Esc để đặt lại.',
  reset: 'Đặt lại theo quy định',
  finding: 'Đang tìm vị trí chữ ký…',
  unknown: 'Chưa xem trước được vị trí. Khi ký, chữ ký được đặt theo quy định.',
  at: ({ page, box }: StampPlace) =>
    `Trang ${page}: cách mép trái ${mm(box.x)} mm, cách mép trên ${mm(box.y)} mm, rộng ${mm(box.width)} mm, cao ${mm(box.height)} mm`,
} as const;
