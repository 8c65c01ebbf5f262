/** Words about a file that could deceive whoever looks at it; what was found is in contract/messages. */
export const findingWords = {
  closed: 'Không ký tệp này: mỗi người mở tệp có thể nhìn thấy nội dung khác nhau',
  warned: 'Cần biết: những gì thấy trên màn hình chưa phải là tất cả',
  stop: 'Không ký, không cấp số, không đóng dấu cho văn bản này. Hãy trả lại để xuất lại tệp PDF.',
} as const;
