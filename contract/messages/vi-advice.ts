import type { ReasonCode } from '../verdict.ts';

const sendAgain = 'Không dùng văn bản này. Hãy trả lại và đề nghị gửi bản đúng như lúc ký.';
const exportAgain =
  'Không dùng văn bản này. Hãy trả lại và đề nghị xuất lại tệp PDF từ phần mềm soạn thảo rồi ký lại.';
const signAgain = 'Hãy trả lại và đề nghị ký lại văn bản.';

/** What to do now about a signature that isn't plainly valid, told to whoever has the document before them. */
export const viAdvice: Record<ReasonCode, string> = {
  'digest-mismatch': sendAgain,
  'signature-mismatch': sendAgain,
  'byte-range-malformed': sendAgain,
  'byte-range-overlap': sendAgain,
  'signed-larger-file': 'Hãy xin nơi gửi tệp đầy đủ đã ký (ví dụ cả số công báo), rồi kiểm tra lại.',
  'file-rewritten':
    'Hãy xin nơi gửi bản gốc, tải trực tiếp, không in hay nén lại. Chưa có bản gốc thì không dùng văn bản này.',
  'data-prefix': 'Hãy tải lại tệp từ trang văn bản, hoặc xin nơi gửi tệp gốc qua đường khác.',
  'contents-malformed': sendAgain,
  'cms-malformed': signAgain,
  'signing-certificate-mismatch': sendAgain,
  'hash-obsolete':
    'Có thể tiếp nhận nếu cơ quan cho phép. Nếu cần dùng làm chứng cứ lâu dài, hãy đề nghị nơi gửi ký lại bằng phần mềm mới.',
  'algorithm-weak': 'Hãy trả lại và đề nghị ký lại bằng phần mềm ký số mới hơn.',
  'hash-collision':
    'Không dùng văn bản này. Hãy giữ nguyên tệp và báo người phụ trách an toàn thông tin của cơ quan.',
  'algorithm-unsupported': 'Hãy nhờ cán bộ kỹ thuật kiểm tra bằng phần mềm khác trước khi dùng văn bản này.',
  'chain-untrusted':
    'Hãy hỏi cán bộ kỹ thuật. Nếu tổ chức cấp chứng thư số đúng là đáng tin cậy, có thể thêm ở mục “Tổ chức chứng thực”; nếu không, hãy trả lại văn bản.',
  'chain-invalid': 'Không dùng văn bản này. Hãy trả lại và báo người ký kiểm tra lại chứng thư số.',
  'certificate-expired': 'Hãy trả lại và đề nghị ký lại bằng chứng thư số còn hiệu lực.',
  'certificate-not-yet-valid':
    'Hãy trả lại và đề nghị người ký kiểm tra ngày giờ của máy tính, rồi ký lại khi chứng thư số đã có hiệu lực.',
  'certificate-revoked': 'Không dùng văn bản này. Hãy trả lại và đề nghị ký lại bằng chứng thư số khác.',
  'key-usage-unsuitable': 'Hãy trả lại và đề nghị ký lại bằng chứng thư số dùng để ký văn bản.',
  'revocation-unknown': 'Chương trình sẽ tự kiểm tra lại khi có kết nối mạng. Nếu cần gấp, hãy hỏi người ký.',
  'signing-time-unproven': 'Hãy hỏi lại người ký, hoặc đề nghị gửi bản có dấu thời gian.',
  'time-implausible': 'Hãy trả lại và đề nghị người ký kiểm tra ngày giờ của máy tính rồi ký lại.',
  'changed-after-signing': `Hãy bấm “Xem văn bản lúc ký” để biết đã thay đổi những gì. ${sendAgain}`,
  'change-not-permitted': `Hãy bấm “Xem văn bản lúc ký” để biết đã thay đổi những gì. ${sendAgain}`,
  'not-whole-revision': 'Không dùng văn bản này. Hãy trả lại và đề nghị ký lại toàn bộ văn bản.',
  'unexplained-bytes': sendAgain,
  'structure-ambiguous': exportAgain,
  'file-deceptive': exportAgain,
  'appearance-unproven':
    'Hãy xem mục thay đổi để biết trường nào, rồi hỏi lại nơi gửi xem trường đó ghi gì; hoặc đề nghị điền lại bằng phần mềm khác.',
};
