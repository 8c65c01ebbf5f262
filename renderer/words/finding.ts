/** Words about a file that could deceive whoever looks at it; what was found is in contract/messages. */
export const findingWords = {
  closed: 'Không ký tệp này: mỗi người mở tệp có thể nhìn thấy nội dung khác nhau',
  warned: 'Cần biết: những gì thấy trên màn hình chưa phải là tất cả',
  stop: 'Không ký, không cấp số, không đóng dấu cho văn bản này. Hãy trả lại để xuất lại tệp PDF.',
  flat: {
    save: 'Lưu bản sao phẳng…',
    saving: 'Đang lưu…',
    what: 'Bản sao phẳng là tệp PDF mới, chưa có chữ ký nào, chỉ có đúng nội dung mà chương trình này đọc được. Hãy lưu, xem lại, rồi trả lại văn bản và đề nghị người soạn trình bản sao đó.',
    saved: (path: string) =>
      `Đã lưu bản sao phẳng: ${path}. Hãy xem lại từng trang, trả lại văn bản này và gửi bản sao cho người soạn để trình lại.`,
    notSaved: 'Chưa chọn nơi lưu, chưa lưu gì.',
    failed: 'Chưa lưu được bản sao phẳng.',
  },
  page: {
    'picture-not-shown':
      'Trang này có hình quá lớn, chương trình không hiển thị được. Chưa thể ký văn bản này.',
    'page-not-shown': 'Chương trình không hiển thị được trọn vẹn trang này.',
    'reading-differs':
      'Các chương trình khác nhau hiển thị trang này khác nhau. Đừng tin nội dung đang thấy.',
  },
} as const;
