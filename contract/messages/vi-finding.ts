import type { ActiveKind, FileFindingCode, HiddenKind } from '../file-finding.ts';

/** What could deceive whoever looks at a file, in one sentence; templates as in `text.ts`. */
export const viFindings: Record<FileFindingCode, string> = {
  'reading-differs': 'Các chương trình đọc tệp này hiển thị nội dung khác nhau[ ở trang {page}].',
  'structure-ambiguous': 'Cấu trúc tệp khiến các chương trình có thể hiểu khác nhau.',
  'linearization-untrue':
    'Tệp có chỉ dẫn xem nhanh không đúng, nên có chương trình hiển thị nội dung khác với tệp.',
  'picture-not-shown': 'Có hình quá lớn, chương trình không hiển thị được[ ở trang {page}].',
  'page-not-shown': 'Chương trình không hiển thị được trọn vẹn[ trang {page}].',
  'active-content': 'Tệp có nội dung tự chạy, hoặc chạy khi bấm vào[: {kind:kind}][ (trang {page})].',
  'embedded-file': 'Có tệp khác nằm bên trong văn bản[: {name:quoted}].',
  'hidden-content': 'Có nội dung không phải ai cũng thấy[: {kind:kind}][ {name:quoted}][ (trang {page})].',
  'reading-unfinished': 'Chưa so sánh xong cách hiển thị của tệp[ (đã so {pages} trên {all} trang)].',
};

/** What runs, and what is hidden, inside such a sentence. */
export const viFindingKinds: Record<ActiveKind | HiddenKind, string> = {
  script: 'mã lệnh JavaScript',
  launch: 'lệnh mở chương trình trên máy tính',
  'other-file': 'lệnh mở tệp khác',
  submit: 'lệnh gửi dữ liệu ra ngoài',
  import: 'lệnh nạp dữ liệu từ bên ngoài',
  reset: 'lệnh xóa nội dung đã điền',
  media: 'phim, âm thanh hoặc mô hình 3D',
  xfa: 'biểu mẫu động (XFA)',
  visibility: 'lệnh ẩn hoặc hiện nội dung',
  web: 'lệnh tự mở trang web',
  'unknown-action': 'lệnh không rõ loại',
  'layer-off': 'lớp nội dung đang tắt',
  'layer-print': 'lớp nội dung khác nhau giữa màn hình và bản in',
  'layer-depends': 'lớp nội dung chỉ hiện theo mức phóng, ngôn ngữ hoặc người xem',
  'screen-only': 'phần chỉ hiện trên màn hình, không in ra',
  'paper-only': 'phần chỉ có trên bản in',
  'hidden-annotation': 'phần đặt ở chế độ ẩn',
  'on-pointing': 'phần chỉ hiện khi trỏ vào',
  'other-picture': 'hình khác được dùng khi in',
  'other-extent': 'vùng in khác vùng hiện trên màn hình',
  'outside-content': 'nội dung lấy từ tệp bên ngoài',
};
