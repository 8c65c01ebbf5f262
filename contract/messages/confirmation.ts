import type { Confirmation } from '../consent.ts';
import { quoted } from '../plain-text.ts';
import { gateSentence } from './message.ts';

/** What a person reads before a step with lasting consequences, in a dialog of the system's. */
export interface ConfirmationText {
  /** What is about to happen, as a question. */
  readonly question: string;
  /** What it is about, and what follows from it. */
  readonly detail: string;
  readonly yes: string;
  readonly no: string;
}

/** As it is read out over the telephone: in groups of four. */
function grouped(fingerprint: string): string {
  return (
    fingerprint
      .toUpperCase()
      .match(/.{1,4}/g)
      ?.join(' ') ?? fingerprint
  );
}

/**
 * The dialog's words for a step, in the language of the window that it belongs to, whatever the system's. Names that
 * strangers gave stand in quotation marks.
 */
export function confirmationText(confirmation: Confirmation): ConfirmationText {
  return { ...textOf(confirmation), no: 'Không, quay lại' };
}

function textOf(confirmation: Confirmation): Omit<ConfirmationText, 'no'> {
  switch (confirmation.step) {
    case 'trustAdd':
      return {
        question: 'Tin cậy tổ chức chứng thực này?',
        detail: `${quoted(confirmation.subject)}\n\nDấu vân tay SHA-256:\n${grouped(confirmation.fingerprint)}\n\nMọi chữ ký dẫn về tổ chức này sẽ được coi là đáng tin. Chỉ đồng ý khi đã đối chiếu dấu vân tay với cơ quan.`,
        yes: 'Đã đối chiếu, tin cậy',
      };
    case 'trustRemove':
      return {
        question: 'Thôi tin cậy tổ chức chứng thực này?',
        detail: `${quoted(confirmation.subject)}\n\nDấu vân tay SHA-256:\n${grouped(confirmation.fingerprint)}\n\nCác chữ ký dẫn về tổ chức này sẽ không còn được coi là hợp lệ.`,
        yes: 'Thôi tin cậy',
      };
    case 'changePin':
      return {
        question: 'Đổi mã PIN của thiết bị ký số?',
        detail: `Thiết bị: ${quoted(confirmation.token)}\n\nSau khi đổi, chỉ mã PIN mới mở được thiết bị.`,
        yes: 'Đổi mã PIN',
      };
    case 'lastTry':
      return {
        question: 'Dùng lần nhập mã PIN cuối cùng?',
        detail: `Thiết bị: ${quoted(confirmation.token)}\n\nNếu mã PIN lần này chưa đúng, thiết bị sẽ bị khóa và phải gửi đề nghị mở khóa. Nếu không chắc chắn, hãy dừng lại.`,
        yes: 'Tôi chắc chắn, tiếp tục',
      };
    case 'destroyEvidence':
      return {
        question: 'Hủy dữ liệu kiểm tra đã lưu của văn bản này?',
        detail: `${quoted(confirmation.subject)}\n\nDữ liệu đã hủy không lấy lại được và không được lưu lại lần nữa. Việc hủy được ghi vào nhật ký.`,
        yes: 'Hủy dữ liệu',
      };
    case 'passGate':
      return {
        question: 'Vẫn tiếp nhận và đăng ký văn bản chưa đủ điều kiện?',
        detail: [
          quoted(confirmation.subject),
          confirmation.findings.map((finding) => `– ${gateSentence(finding)}`).join('\n'),
          'Tên người quyết định và lý do được lưu cùng văn bản.',
        ].join('\n\n'),
        yes: 'Tôi chịu trách nhiệm, vẫn tiếp nhận',
      };
  }
}
