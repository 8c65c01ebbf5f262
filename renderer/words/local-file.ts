import type { StampWish } from '../../contract/signing-act.ts';
import { writtenDate } from './format.ts';

/** What can be typed into a stamp. */
export type StampField =
  | 'number'
  | 'date'
  | 'referenceCode'
  | 'form'
  | 'agency'
  | 'text'
  | 'answersFor'
  | 'arrivalNumber'
  | 'forwardedTo'
  | 'caseFile';

export const stampFieldNames: Record<StampField, string> = {
  number: 'Số, ký hiệu',
  date: 'Ngày',
  referenceCode: 'Kèm theo văn bản số',
  form: 'Hình thức sao',
  agency: 'Tên cơ quan',
  text: 'Ý kiến',
  answersFor: 'Chịu trách nhiệm về',
  arrivalNumber: 'Số đến',
  forwardedTo: 'Chuyển',
  caseFile: 'Số và ký hiệu hồ sơ',
};

export const stampFieldHints: Partial<Record<StampField, string>> = {
  number: 'Ghi như sổ hoặc hệ thống của cơ quan đã cấp, ví dụ 05/QĐ-SKHCN. Bỏ trống nếu văn bản đã có số.',
  date: 'Ngày ban hành hoặc ngày đến.',
  agency: 'Bỏ trống để dùng tên trong chứng thư số.',
};

export const copyForms = { 'sao-y': 'Sao y', 'sao-luc': 'Sao lục', 'trich-sao': 'Trích sao' } as const;
export const initialRoles = { content: 'Nội dung', form: 'Thể thức, kỹ thuật trình bày' } as const;

/** What a wish would write on the page, as people read it. */
export function stampFieldTexts(wish: StampWish): [StampField, string][] {
  const { act: _, ...fields } = wish;
  return Object.entries(fields).flatMap(([field, value]): [StampField, string][] =>
    value === undefined ? [] : [[field as StampField, textOf(field as StampField, value)]],
  );
}

function textOf(field: StampField, value: string): string {
  if (field === 'date') return writtenDate(value);
  if (field === 'form') return copyForms[value as keyof typeof copyForms];
  return field === 'answersFor' ? initialRoles[value as keyof typeof initialRoles] : value;
}

export const fileWords = {
  title: 'Tệp trên máy',
  intro: 'Kiểm tra chữ ký và ký tệp PDF trên máy này, không cần đăng nhập.',
  openFiles: 'Mở tệp PDF…',
  openFolder: 'Mở cả thư mục…',
  keys: 'Phím tắt: Ctrl+O',
  dropHint: 'Cũng có thể kéo tệp hoặc thư mục từ Zalo, thư điện tử, USB thả vào cửa sổ này.',
  dropHere: 'Thả vào đây để mở',
  list: 'Các tệp đã mở',
  empty: 'Chưa mở tệp nào.',
  count: (count: number) => `${count} tệp`,
  recent: 'Mở gần đây',
  missing: 'Không còn ở chỗ cũ',
  forget: (name: string) => `Bỏ khỏi danh sách: ${name}`,
  states: {
    opening: 'Đang mở…',
    refused: 'Không mở được',
    unsaved: 'Đã ký, chưa lưu',
    checking: 'Đang kiểm tra…',
  },
  clear: 'Dọn danh sách',
  all: (count: number) => `Chọn cả ${count} tệp`,
  none: 'Bỏ chọn',
  select: (name: string) => `Chọn: ${name}`,
  signMany: (count: number) => `Ký ${count} tệp…`,
  sign: 'Ký, đóng dấu…',
  saveAs: 'Lưu thành…',
  reveal: 'Mở thư mục',
  checkAgain: 'Kiểm tra lại chữ ký',
  back: 'Các tệp khác',
  folder: (folder: string) => `Thư mục: ${folder}`,
  saved: (path: string) => `Đã lưu vào ${path}.`,
  notSaved: 'Chưa chọn nơi lưu, chưa lưu gì.',
  saveFailed: 'Chưa lưu được.',
  revealFailed: 'Chưa mở được thư mục.',
  openFailed: 'Chưa mở được.',
  unsavedTitle: 'Đã ký xong nhưng chưa lưu được tệp.',
  unsavedAdvice: 'Chương trình đang giữ tệp đã ký. Bấm “Lưu thành…” để chọn nơi lưu.',
  signedInto: (name: string) => `Bản đã ký: ${name}, lưu cạnh tệp gốc. Tệp gốc giữ nguyên.`,
  checkFailed: 'Chưa kiểm tra lại được.',
  panel: 'Thông tin tệp',
  panelRead: 'Chữ ký và kết quả kiểm tra',
  refusedTitle: 'Không mở được tệp này.',
  dialogTitle: (name: string) => `Ký: ${name}`,
  dialogMany: (count: number) => `Ký ${count} tệp`,
  kind: 'Loại chữ ký, con dấu',
  confirm: 'Xem lại và ký…',
  starting: 'Chờ xác nhận trong cửa sổ vừa mở…',
  incomplete: 'Hãy điền đủ các ô còn trống.',
  startFailed: 'Chưa bắt đầu được, chưa tệp nào được ký.',
  badSignature: 'Trên tệp có chữ ký không hợp lệ nên không ký thêm. Hãy đề nghị nơi gửi chuyển lại tệp đúng.',
  deceptive:
    'Mỗi người mở tệp có thể nhìn thấy nội dung khác nhau nên không ký. Hãy lưu bản sao phẳng rồi ký bản đó.',
  unreadable: 'Tệp không đọc được nên không ký được.',
  notShown: 'Khi các trang của tệp hiện ra, nút ký sẽ dùng được.',
  signIn: 'Đăng nhập',
  fromSignIn: 'Làm việc với tệp trên máy',
  fromSignInHint: 'Kiểm tra, ký tệp PDF mà không cần đăng nhập',
} as const;
