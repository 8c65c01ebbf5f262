import type { BatchItem, BatchState } from '../../contract/batch.ts';
import type { DocumentSigningAct } from '../../contract/signing-act.ts';

type Act = BatchState['act'];

/** Words for signing many documents at once; each table is exhaustive, as those in `vi.ts`. */
export const batchTitles: Record<Act, (count: number) => string> = {
  plain: (count) => `Ký ${count} văn bản`,
  approve: (count) => `Ký duyệt ${count} văn bản`,
  initial: (count) => `Ký nháy ${count} văn bản`,
  directive: (count) => `Bút phê ${count} văn bản`,
  appendix: (count) => `Ký ${count} phụ lục`,
  copy: (count) => `Ký ${count} bản sao`,
  incoming: (count) => `Đóng dấu đến ${count} văn bản`,
  seal: (count) => `Đóng dấu ${count} văn bản`,
};

export const batchVerbs: Record<Act, string> = {
  ...{ plain: 'ký', approve: 'ký', initial: 'ký nháy', directive: 'bút phê' },
  ...{ appendix: 'ký', copy: 'ký', seal: 'đóng dấu', incoming: 'đóng dấu đến' },
};

export const batchConfirms: Record<DocumentSigningAct, (count: number) => string> = {
  approve: (count) => `Xem lại và ký ${count} văn bản…`,
  seal: (count) => `Xem lại và đóng dấu ${count} văn bản…`,
};

export const batchItemStates: Record<BatchItem['state'], string> = {
  waiting: 'Chờ tới lượt',
  running: 'Đang thực hiện',
  signed: 'Đã xong',
  failed: 'Chưa được',
  untouched: 'Chưa làm',
};

export const selectionWords = {
  select: (subject: string) => `Chọn: ${subject}`,
  all: (count: number) => `Chọn cả ${count} văn bản`,
  none: 'Bỏ chọn',
  count: (count: number) => `Đã chọn ${count} văn bản`,
} as const;

export const batchWords = {
  list: 'Danh sách văn bản',
  leftOut: 'Có chữ ký số không hợp lệ nên không ký cùng được, hãy mở ra và trả lại:',
  startFailed: 'Chưa bắt đầu được, chưa văn bản nào được ký.',
  starting: 'Chờ xác nhận trong cửa sổ vừa mở…',
  progress: (done: number, all: number) => `Đã xử lý ${done} trên ${all} văn bản`,
  running: (verb: string, done: number, all: number) => `Đang ${verb}: xong ${done} trên ${all} văn bản.`,
  runningHint: 'Đừng rút thiết bị ra. Có thể mở màn hình khác, việc này vẫn chạy tiếp.',
  pausing: 'Đang dừng sau văn bản này…',
  paused: (done: number, all: number) => `Đang tạm dừng: xong ${done} trên ${all} văn bản.`,
  pausedHint: 'Bấm “Làm tiếp” để tiếp tục với các văn bản còn lại.',
  waiting: (done: number, all: number) => `Đang chờ thiết bị: xong ${done} trên ${all} văn bản.`,
  waitingHint: 'Các văn bản đã xong được giữ nguyên. Cắm lại thiết bị rồi mở lại để làm tiếp.',
  allDone: (verb: string, count: number) => `Đã ${verb} xong cả ${count} văn bản.`,
  someDone: (verb: string, done: number, all: number) => `Đã ${verb} ${done} trên ${all} văn bản.`,
  someHint: 'Các văn bản còn lại chưa thay đổi gì. Lý do ghi bên dưới từng văn bản.',
  ended: 'Đã dừng trước khi làm hết:',
  pause: 'Tạm dừng',
  resume: 'Làm tiếp',
  cancel: 'Dừng hẳn',
  unlock: 'Mở thiết bị và làm tiếp…',
  unlockFailed: 'Chưa làm tiếp được.',
  failed: 'Chưa thực hiện được.',
  open: 'Mở văn bản',
  done: 'Đã rõ, đóng',
  show: 'Xem tiến độ',
  gone: 'Không có việc nào đang chạy.',
} as const;
