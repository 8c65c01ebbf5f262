import type { FileFindingCode } from '../file-finding.ts';

/** What could deceive whoever looks at a file, in one sentence; templates as in `text.ts`. */
export const viFindings: Record<FileFindingCode, string> = {
  'reading-differs': 'Các chương trình đọc tệp này hiển thị nội dung khác nhau[ ở trang {page}].',
  'structure-ambiguous': 'Cấu trúc tệp khiến các chương trình có thể hiểu khác nhau.',
  'linearization-untrue':
    'Tệp có chỉ dẫn xem nhanh không đúng, nên có chương trình chỉ hiển thị phần đầu tệp.',
  'picture-not-shown': 'Có hình quá lớn, chương trình không hiển thị được[ ở trang {page}].',
  'page-not-shown': 'Chương trình không hiển thị được trọn vẹn[ trang {page}].',
  'active-content': 'Tệp có nội dung tự chạy khi mở (mã lệnh hoặc hành động tự động).',
  'embedded-file': 'Có tệp khác nằm bên trong văn bản[: {name}].',
  'hidden-content': 'Có nội dung ẩn, chỉ hiện khi in hoặc khi bật lên[: {name}].',
  'reading-unfinished': 'Chưa so sánh xong cách hiển thị của tệp[ (đã so {pages} trên {all} trang)].',
};
