import type { LongTermFailureCode } from './families.ts';
import type { FailureText } from './text.ts';

/** Dấu thời gian và dữ liệu để kiểm tra chữ ký lâu dài. */
export const viLongTermFailures: Record<LongTermFailureCode, FailureText> = {
  'timestamp-unreachable': {
    happened: 'Chưa lấy được dấu thời gian.',
    why: 'Dịch vụ cấp dấu thời gian[ ({url})] không trả lời, hoặc trả lời quá chậm.',
    todo: 'Chữ ký đã có vẫn nguyên giá trị. Hãy thử lại sau khi có mạng.',
  },
  'timestamp-refused': {
    happened: 'Dịch vụ dấu thời gian từ chối yêu cầu.',
    why: 'Dịch vụ không cấp dấu thời gian cho văn bản này[ ({detail})].',
    todo: 'Hãy thử lại sau. Nếu vẫn bị từ chối, hãy báo cán bộ kỹ thuật của cơ quan.',
  },
  'timestamp-invalid': {
    happened: 'Dấu thời gian nhận được không dùng được.',
    why: 'Chương trình đã kiểm tra và không nhận dấu này.[ {reason:reason}]',
    todo: 'Hãy báo cán bộ kỹ thuật kiểm tra địa chỉ của dịch vụ dấu thời gian[ ({url})].',
  },
  'timestamp-too-late': {
    happened: 'Không còn gắn được dấu thời gian vào chữ ký này.',
    why: 'Sau chữ ký[ “{field}”], văn bản đã có thêm nội dung khác; gắn dấu vào lúc này sẽ làm hỏng những phần đó.',
    todo: 'Nếu cần lưu trữ lâu dài, hãy bổ sung dữ liệu lưu trữ (mức LTA) cho cả văn bản.',
  },
  'validation-data-missing': {
    happened: 'Chưa thu thập đủ dữ liệu để kiểm tra chữ ký lâu dài.',
    why: 'Chưa kiểm tra được đầy đủ chữ ký[ “{field}”].[ {reason:reason}] Văn bản vẫn giữ nguyên như cũ.',
    todo: 'Hãy kiểm tra kết nối mạng và danh sách chứng thư số tin cậy, rồi thử lại.',
  },
  'signature-unsound': {
    happened: 'Chữ ký trên văn bản không còn nguyên vẹn.',
    why: 'Không thể bổ sung dữ liệu cho chữ ký[ “{field}”].[ {reason:reason}]',
    todo: 'Hãy xem kết quả kiểm tra chữ ký, và đề nghị người gửi chuyển lại bản đúng.',
  },
  'signature-missing': {
    happened: 'Văn bản chưa có chữ ký số nào.',
    why: 'Dấu thời gian và dữ liệu lưu trữ chỉ bổ sung được cho văn bản đã ký[ (tệp “{file}”)].',
    todo: 'Hãy ký văn bản trước, rồi bổ sung sau.',
  },
};
