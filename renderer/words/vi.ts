import type { SigningStep } from '../../contract/batch.ts';
import type { DocumentBox, OutboxEntry, OutboxState } from '../../contract/desktop.ts';
import type { DeliveryState, HistoryEntry, OutgoingState, Urgency } from '../../contract/document.ts';
import { holderOf, type SigningAct } from '../../contract/signing-act.ts';
import type { BoardAct, DocumentAct } from '../core/act-board.ts';
import type { Obstacle } from '../document/task-action.ts';
import type { KeyPurpose, Unfitness } from '../token/key-choice.ts';

/**
 * Words that stand on the screens. Those for failures, reasons and verdicts are in contract/messages. One table for
 * each kind of thing, exhaustive by type: a new state without words doesn't compile.
 */
export const boxNames: Record<DocumentBox, string> = {
  toSign: 'Chờ ký',
  toIssue: 'Chờ phát hành',
  incoming: 'Văn bản đến',
  outgoing: 'Văn bản đi',
};

export const emptyBoxes: Record<DocumentBox, { title: string; hint: string }> = {
  toSign: {
    title: 'Không có văn bản nào chờ ký.',
    hint: 'Khi có văn bản trình ký, văn bản sẽ hiện ra ở đây.',
  },
  toIssue: {
    title: 'Không có văn bản nào chờ phát hành.',
    hint: 'Văn bản lãnh đạo đã ký sẽ hiện ra ở đây để lấy số, đóng dấu và phát hành.',
  },
  incoming: {
    title: 'Chưa có văn bản đến.',
    hint: 'Văn bản do cơ quan khác gửi tới sẽ hiện ra ở đây.',
  },
  outgoing: {
    title: 'Chưa có văn bản đi.',
    hint: 'Văn bản của cơ quan sẽ hiện ra ở đây, cùng tình hình nơi nhận.',
  },
};

export const urgencyNames: Record<Urgency, string> = {
  normal: 'Thường',
  urgent: 'Khẩn',
  veryUrgent: 'Thượng khẩn',
  flash: 'Hỏa tốc',
};

export const outgoingStates: Record<OutgoingState, string> = {
  awaitingSignature: 'Chờ ký',
  awaitingNumber: 'Chờ lấy số',
  awaitingSeal: 'Chờ đóng dấu, phát hành',
  issued: 'Đã phát hành',
  returned: 'Đã trả lại',
};

/** Status of an incoming document, seen by the one who received it. */
export const incomingStates: Record<DeliveryState, string> = {
  sent: 'Mới đến',
  arrived: 'Chờ đăng ký',
  registered: 'Đã đăng ký',
  refused: 'Đã từ chối',
};

/** The same states, seen by the one who sent it (mã trạng thái 01, 03, 02 của QĐ 28/2018/QĐ-TTg). */
export const deliveryStates: Record<DeliveryState, string> = {
  sent: 'Đã gửi, chưa đến',
  arrived: 'Đã đến',
  registered: 'Đã tiếp nhận',
  refused: 'Bị từ chối',
};

export const historyActs: Record<HistoryEntry['act'], string> = {
  submit: 'Trình ký',
  approve: 'Ký duyệt',
  return: 'Trả lại',
  assignNumber: 'Lấy số và ngày',
  issue: 'Phát hành',
  arrive: 'Văn bản đến',
  override: 'Quyết định vẫn tiếp nhận',
  admitObsolete: 'Tiếp nhận chữ ký dùng kỹ thuật cũ (SHA-1), theo quy định của cơ quan',
  register: 'Tiếp nhận và đăng ký',
  refuse: 'Từ chối, trả lại',
};

/** Buttons of a document's screen. */
export const actLabels: Record<DocumentAct, string> = {
  approve: 'Ký duyệt',
  assignNumber: 'Lấy số và ngày',
  seal: 'Đóng dấu cơ quan',
  issue: 'Phát hành',
  register: 'Tiếp nhận và đăng ký',
  return: 'Trả lại',
  refuse: 'Từ chối, trả lại',
};

export const actsUnderWay: Record<BoardAct, string> = {
  plain: 'Đang ký…',
  initial: 'Đang ký nháy…',
  directive: 'Đang ký bút phê…',
  appendix: 'Đang ký phụ lục…',
  copy: 'Đang ký bản sao…',
  incoming: 'Đang đóng dấu đến…',
  approve: 'Đang ký duyệt…',
  assignNumber: 'Đang lấy số và ngày…',
  seal: 'Đang đóng dấu cơ quan…',
  issue: 'Đang phát hành…',
  register: 'Đang đăng ký…',
  return: 'Đang trả lại…',
  refuse: 'Đang trả lại…',
};

export const actsDone: Record<BoardAct, string> = {
  plain: 'Đã ký',
  initial: 'Đã ký nháy',
  directive: 'Đã ký bút phê',
  appendix: 'Đã ký phụ lục',
  copy: 'Đã ký bản sao',
  incoming: 'Đã đóng dấu đến',
  approve: 'Đã ký duyệt',
  assignNumber: 'Đã yêu cầu cấp số và ngày',
  seal: 'Đã đóng dấu cơ quan',
  issue: 'Đã phát hành',
  register: 'Đã đăng ký',
  return: 'Đã trả lại',
  refuse: 'Đã từ chối, trả lại',
};

export const actsFailed: Record<BoardAct, string> = {
  plain: 'Chưa ký được.',
  initial: 'Chưa ký nháy được.',
  directive: 'Chưa ký bút phê được.',
  appendix: 'Chưa ký phụ lục được.',
  copy: 'Chưa ký bản sao được.',
  incoming: 'Chưa đóng dấu đến được.',
  approve: 'Chưa ký được.',
  assignNumber: 'Chưa lấy được số.',
  seal: 'Chưa đóng dấu được.',
  issue: 'Chưa phát hành được.',
  register: 'Chưa đăng ký được.',
  return: 'Chưa trả lại được.',
  refuse: 'Chưa trả lại được.',
};

export const signingSteps: Record<SigningStep, string> = {
  confirming: 'Chờ xác nhận trong cửa sổ vừa mở',
  reading: 'Đang đọc văn bản',
  token: 'Thiết bị đang ký',
  writing: 'Đang ghi chữ ký vào văn bản',
  checking: 'Đang kiểm tra lại chữ ký',
};

export const obstacles: Record<Obstacle, string> = {
  fileOnItsWay: 'Văn bản đang được tải về máy. Khi tải xong, nút sẽ dùng được.',
  notShown: 'Khi các trang của văn bản chính hiện ra trên màn hình, nút sẽ dùng được.',
  notVerified: 'Đang kiểm tra chữ ký số trên văn bản. Khi kiểm tra xong, nút sẽ dùng được.',
  checkFailed: 'Chưa kiểm tra được chữ ký số nên chưa đăng ký được văn bản này.',
  noRecipients: 'Văn bản chưa có nơi nhận nên chưa phát hành được.',
};

export const outboxActs: Record<OutboxEntry['act'], string> = {
  approve: 'Ký duyệt',
  return: 'Trả lại',
  assignNumber: 'Lấy số và ngày',
  issue: 'Phát hành',
  acknowledge: 'Báo đã nhận',
  register: 'Đăng ký văn bản đến',
  refuse: 'Từ chối, trả lại',
};

export const outboxStates: Record<OutboxState, string> = {
  waiting: 'Đang chờ gửi',
  sending: 'Đang gửi',
  outcomeUnknown: 'Chưa rõ kết quả',
  confirmed: 'Đã gửi xong',
  needsAttention: 'Cần xem lại',
};

export const outboxHints: Record<OutboxState, string> = {
  waiting: 'Sẽ tự gửi khi có mạng. Việc này đã được lưu trên máy.',
  sending: 'Đang chuyển lên máy chủ văn bản của tỉnh.',
  outcomeUnknown: 'Mạng ngắt khi chưa có trả lời. Chương trình sẽ hỏi lại máy chủ, không gửi trùng.',
  confirmed: 'Máy chủ đã nhận.',
  needsAttention: 'Máy chủ không nhận. Việc này vẫn được giữ lại.',
};

const agencyKey = {
  title: 'Chứng thư số của cơ quan',
  none: 'Thiết bị đang cắm không có chứng thư số của cơ quan.',
};
const personKey = { title: 'Chứng thư số để ký', none: 'Thiết bị đang cắm không có chứng thư số cá nhân.' };

export const keyPurposes: Record<KeyPurpose, { title: string; none: string }> = {
  signIn: { title: 'Chứng thư số đăng nhập', none: 'Thiết bị đang cắm không dùng được để đăng nhập.' },
  plain: { title: 'Chứng thư số để ký', none: 'Thiết bị đang cắm không có chứng thư số để ký.' },
  initial: personKey,
  directive: personKey,
  appendix: agencyKey,
  copy: agencyKey,
  incoming: agencyKey,
  approve: { title: 'Chứng thư số để ký', none: 'Thiết bị đang cắm không dùng được để ký duyệt.' },
  seal: { title: 'Chứng thư số của cơ quan', none: 'Thiết bị đang cắm không dùng được để đóng dấu cơ quan.' },
};

const holderHints = {
  person: 'Hãy cắm thiết bị ký số cá nhân của người ký.',
  agency: 'Hãy cắm thiết bị ký số của cơ quan (con dấu số).',
  any: 'Hãy cắm thiết bị ký số vào máy tính.',
} as const;

export const keyPurposeHints: Record<KeyPurpose, string> = {
  signIn: 'Hãy cắm thiết bị ký số cá nhân.',
  plain: holderHints[holderOf.plain],
  approve: holderHints[holderOf.approve],
  initial: holderHints[holderOf.initial],
  directive: holderHints[holderOf.directive],
  seal: holderHints[holderOf.seal],
  appendix: holderHints[holderOf.appendix],
  copy: holderHints[holderOf.copy],
  incoming: holderHints[holderOf.incoming],
};

export const stampNames: Record<SigningAct, { name: string; hint: string }> = {
  approve: { name: 'Ký duyệt', hint: 'Chữ ký của người có thẩm quyền, giữa chức vụ và họ tên' },
  initial: { name: 'Ký nháy', hint: 'Người chịu trách nhiệm nội dung hoặc thể thức' },
  directive: { name: 'Bút phê', hint: 'Ý kiến chỉ đạo ghi lên trang đầu' },
  plain: { name: 'Chữ ký thường', hint: 'Họ tên và thời gian ký, ở chỗ bạn chọn' },
  seal: { name: 'Đóng dấu phát hành', hint: 'Số, ngày và con dấu của cơ quan' },
  appendix: { name: 'Phụ lục', hint: 'Văn bản kèm theo nằm ở tệp riêng' },
  copy: { name: 'Bản sao', hint: 'Sao y, sao lục, trích sao' },
  incoming: { name: 'Dấu “Đến”', hint: 'Số đến, ngày đến ở trang đầu' },
};

export const unfitnessWords: Record<Unfitness, string> = {
  expired: 'đã hết hạn',
  notYetValid: 'chưa đến ngày có hiệu lực',
  agencyKey: 'là chứng thư của cơ quan, chỉ dùng để đóng dấu',
  personalKey: 'là chứng thư cá nhân, không dùng để đóng dấu',
  cannotSign: 'không dùng để ký',
  keyMissing: 'không có khóa ký đi kèm',
};
