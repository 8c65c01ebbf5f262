import { formFieldNames } from '../../../contract/document.ts';
import { quoted } from '../../../contract/plain-text.ts';

/** What people call the fields that our own signing prepares; any other field goes by its own name. */
const ownFields: Readonly<Record<string, string>> = {
  [formFieldNames.number]: 'Số văn bản',
  [formFieldNames.date]: 'Ngày ban hành',
  [formFieldNames.approval]: 'Chữ ký của người có thẩm quyền',
  [formFieldNames.seal]: 'Chữ ký số của cơ quan',
};

function called(field: string): string {
  return quoted((Object.hasOwn(ownFields, field) && ownFields[field]) || field);
}

/**
 * What a person reads about a change behind a signature, in Vietnamese. Kept here: no other part of the program says
 * these.
 */
export const sentences = {
  validationData: () => 'Thêm dữ liệu xác thực chữ ký (chứng thư số, tình trạng thu hồi).',
  timeStamp: (field: string) => `Thêm dấu thời gian cho tài liệu (trường ${called(field)}).`,
  signatureAdded: (field: string) => `Thêm chữ ký số vào trường ${called(field)}.`,
  signatureFieldAdded: (field: string) => `Thêm trường chữ ký còn trống ${called(field)}.`,
  fieldFilled: (field: string) => `Điền trường ${called(field)}.`,
  fieldUnproven: (field: string) =>
    `Điền trường ${called(field)}; chưa xác định được chữ nhìn thấy ở đó có đúng là nội dung được điền hay không.`,
  formSettings: () => 'Cập nhật thiết đặt của biểu mẫu.',
  modificationDate: () => 'Cập nhật ngày sửa đổi trong thông tin tài liệu.',
  versionUpdated: () => 'Cập nhật phiên bản hoặc phần mở rộng của định dạng PDF.',
  annotationAdded: (page: string) => `Thêm chú thích vào ${page}.`,
  annotationsChanged: (page: string) => `Chú thích có sẵn trên ${page} bị bỏ, đổi chỗ hoặc thay thế.`,
  pageChanged: (page: string, key: string) =>
    `Nội dung hoặc cách trình bày ${page} bị thay đổi (mục /${key}).`,
  catalogChanged: (key: string) => `Cấu trúc chung của tài liệu bị thay đổi (mục /${key}).`,
  rootReplaced: () => 'Gốc của tài liệu bị thay bằng gốc khác.',
  trailerChanged: (key: string) => `Phần cuối tệp bị thay đổi (mục /${key}).`,
  encryptionChanged: () => 'Cách bảo vệ tệp bằng mật khẩu bị bỏ, thêm hoặc thay thế.',
  infoChanged: (key: string) => `Thông tin tài liệu bị thay đổi (mục /${key}).`,
  metadataChanged: () => 'Dữ liệu mô tả tài liệu (XMP) bị thay đổi.',
  formChanged: (key: string) => `Biểu mẫu của tài liệu bị thay đổi (mục /${key}).`,
  fieldChanged: (field: string, key: string) =>
    `Trường ${called(field)} bị thay đổi ngoài việc điền (mục /${key}).`,
  fieldRefilled: (field: string) => `Nội dung đã có của trường ${called(field)} bị thay bằng nội dung khác.`,
  fieldAdded: (field: string) => `Thêm trường biểu mẫu ${called(field)}.`,
  fieldRemoved: (field: string) => `Bỏ trường ${called(field)}.`,
  fieldDoubled: (field: string) => `Có nhiều trường cùng tên ${called(field)}.`,
  signatureReplaced: (field: string) => `Chữ ký có sẵn trong trường ${called(field)} bị bỏ hoặc thay thế.`,
  widgetTooLarge: (field: string) => `Hình hiển thị của trường ${called(field)} che quá nhiều trang giấy.`,
  wordsCovered: (field: string) =>
    `Hình hiển thị của trường ${called(field)} che hoặc để lộ chữ trên trang giấy.`,
  appearanceOdd: (field: string, key: string) =>
    `Hình hiển thị của trường ${called(field)} mỗi chương trình cho thấy một khác (mục /${key}).`,
  fieldShowsOther: (field: string) => `Trường ${called(field)} cho thấy nội dung khác với giá trị được điền.`,
  signatureShared: (field: string) => `Trường ${called(field)} dùng lại chữ ký của trường khác.`,
  annotationCovers: (page: string) =>
    `Thêm chú thích che chữ hoặc thêm nội dung như của văn bản vào ${page}.`,
  widgetActs: (field: string) => `Trường ${called(field)} mang theo lệnh tự chạy.`,
  objectChanged: (object: number) => `Đối tượng số ${object} của tệp bị thay đổi mà không có lý do hợp lệ.`,
  objectReused: (object: number) => `Đối tượng mới số ${object} được dùng ở chỗ không được phép.`,
  objectAmbiguous: (object: number) =>
    `Đối tượng số ${object} được ghi theo cách mà mỗi chương trình đọc một khác.`,
  referencesAmbiguous: () =>
    'Bảng tra đối tượng của phần thêm sau được ghi theo cách mà mỗi chương trình đọc một khác.',
  tooMuch: () => 'Thay đổi sau khi ký quá nhiều hoặc quá phức tạp để đối chiếu.',
} as const;
