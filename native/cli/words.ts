import type { Language } from '../../contract/messages/message.ts';

/** The command line's own words; failures, reasons and verdicts have theirs in contract/messages. */
const vi = {
  usage: `Cách dùng: antin LỆNH [TÙY CHỌN]

  tokens   [--module ĐƯỜNG-DẪN]… [--json]
           liệt kê thiết bị ký số và chứng thư số
  sign     TỆP… --out TỆP|THƯ-MỤC KHÓA [--as plain|approval|seal|appendix|copy|incoming|directive|initial]
           [--field TÊN] [--page N] [--box X,Y,R,C] [--image PNG] [--number SỐ] [--date YYYY-MM-DD] [--seal-size MM]
           [--copy-form sao-y|sao-luc|trich-sao] [--agency TÊN] [--forward-to TÊN] [--case-file KÝ-HIỆU] [--text Ý-KIẾN]
           [--initial-for content|form] [--digest sha256|sha384|sha512] [--pss]
           [--certify 1|2|3] [--reason LÝ-DO] [--location NƠI] [--level b|t|lt|lta] [--tsa URL]
           [--trust CHỨNG-THƯ]… [--allow-private] [--password-env TÊN] [--force] [--json]
           ký số tệp PDF
  extend   TỆP… --out TỆP|THƯ-MỤC --level t|lt|lta [--tsa URL] [--trust CHỨNG-THƯ]… [--allow-private]
           [--password-env TÊN] [--force] [--json]
           gắn dấu thời gian (t), bổ sung dữ liệu kiểm tra lâu dài (lt) và dấu lưu trữ (lta)
  verify   TỆP… [--trust CHỨNG-THƯ]… [--time ISO] [--offline] [--allow-private]
           [--report TỆP|THƯ-MỤC [--force]] [--password-env TÊN] [--json]
           kiểm tra chữ ký số; --report: lưu báo cáo PDF
  revision TỆP --signature TÊN --out TỆP [--password-env TÊN] [--force] [--json]
           lấy ra văn bản đúng như khi chữ ký ấy được ký
  flatten  TỆP --out TỆP [--password-env TÊN] [--force] [--json]
           ghi một bản sao phẳng mà mọi chương trình đều hiển thị như nhau, chưa có chữ ký nào, để ký lại từ đầu
  draft    DỰ-THẢO.json… --out TỆP|THƯ-MỤC [--force] [--json]
           dàn trang dự thảo theo Nghị định 30/2020/NĐ-CP, có sẵn ô cho số, ngày, chữ ký và dấu
  check    TỆP… [--type quyet-dinh|cong-van|…] [--password-env TÊN] [--json] | --rules [--json]
           kiểm tra thể thức của dự thảo (.json) và của tệp PDF bất kỳ; --rules: liệt kê các quy tắc
  diagnose [--module ĐƯỜNG-DẪN]… [--out ZIP] [--force] [--json]
           kiểm tra từng bước để ký được trên máy tính này; không có mã PIN hay bí mật nào trong kết quả

KHÓA: --module ĐƯỜNG-DẪN --token NHÃN|SỐ-SÊ-RI [--cert TÊN|SỐ-SÊ-RI], mã PIN lấy từ --pin-fd N, --pin-env TÊN hoặc
nhập tại chỗ (không bao giờ là tham số); hoặc --p12 TỆP --p12-password-env TÊN.
--password-env: mật khẩu của tệp PDF được bảo vệ. --pss: RSASSA-PSS thay cho PKCS#1 v1.5.
--certify: ký chứng thực, sau đó không được thay đổi gì (1), chỉ được điền và ký (2), hoặc cả ghi chú (3).
--box tính bằng milimét từ góc trên bên trái trang. Không có --box thì vị trí được tìm theo Nghị định 30/2020/NĐ-CP.
--lang en: tiếng Anh.`,
  unknownOption: 'Tùy chọn không đúng',
  pinPrompt: 'Mã PIN của thiết bị ký số: ',
  plugInAgain:
    'Các tệp còn lại đang chờ. Cắm lại thiết bị ký số rồi nhập mã PIN để ký tiếp (Ctrl+C để dừng).',
  signed: 'Đã ký',
  unapproved: 'Chưa có chữ ký số của người có thẩm quyền; con dấu sẽ xác nhận một văn bản chưa ai ký.',
  extended: 'Đã nâng lên mức',
  notExtended: 'Chưa bổ sung được',
  failed: 'Chưa ký được',
  revisionWritten: 'Văn bản như lúc ký',
  flatCopyWritten: 'Bản sao phẳng, chưa có chữ ký nào',
  signedSummary: (done: number, all: number) => `Đã ký ${done}/${all} tệp.`,
  progress: (done: number, all: number) => `Đang ký… ${done}/${all}`,
  stampedAt: 'Dấu thời gian',
  drafted: (pages: number) => `Đã dàn trang (${pages} trang)`,
  notDrafted: 'Chưa dàn trang được',
  formRight: 'Không thấy lỗi thể thức nào.',
  formCounts: (errors: number, warnings: number) => `${errors} lỗi, ${warnings} điều cần xem lại.`,
  formPage: (page: number) => `trang ${page}`,
  formSeverity: { error: 'Lỗi', warning: 'Nên xem lại' },
  notChecked: 'Chưa kiểm tra được',
};

export type CliWords = typeof vi;

const en: CliWords = {
  usage: `Usage: antin COMMAND [OPTIONS]

  tokens   [--module PATH]… [--json]
           list tokens and their certificates
  sign     FILE… --out FILE|FOLDER KEY [--as plain|approval|seal|appendix|copy|incoming|directive|initial]
           [--field NAME] [--page N] [--box X,Y,W,H] [--image PNG] [--number N] [--date YYYY-MM-DD] [--seal-size MM]
           [--copy-form sao-y|sao-luc|trich-sao] [--agency NAME] [--forward-to NAME] [--case-file CODE] [--text WORDS]
           [--initial-for content|form] [--digest sha256|sha384|sha512] [--pss]
           [--certify 1|2|3] [--reason TEXT] [--location TEXT] [--level b|t|lt|lta] [--tsa URL]
           [--trust CERT]… [--allow-private] [--password-env NAME] [--force] [--json]
           sign PDFs
  extend   FILE… --out FILE|FOLDER --level t|lt|lta [--tsa URL] [--trust CERT]… [--allow-private]
           [--password-env NAME] [--force] [--json]
           add a time stamp (t), data for checking in years to come (lt), an archive stamp (lta)
  verify   FILE… [--trust CERT]… [--time ISO] [--offline] [--allow-private]
           [--report FILE|FOLDER [--force]] [--password-env NAME] [--json]
           check signatures; --report: save the report as a PDF
  revision FILE --signature NAME --out FILE [--password-env NAME] [--force] [--json]
           the document exactly as that signature saw it
  flatten  FILE --out FILE [--password-env NAME] [--force] [--json]
           a flat copy that all programs show alike, without any signature, to be signed anew
  draft    DRAFT.json… --out FILE|FOLDER [--force] [--json]
           typeset drafts by Decree 30/2020, with fields ready for number, date, signature and seal
  check    FILE… [--type quyet-dinh|cong-van|…] [--password-env NAME] [--json] | --rules [--json]
           check the form of drafts (.json) and of any PDF; --rules: list the rules
  diagnose [--module PATH]… [--out ZIP] [--force] [--json]
           what works on this computer, step by step; the result holds no PIN and no secret

KEY: --module PATH --token LABEL|SERIAL [--cert SUBJECT|SERIAL], with the PIN from --pin-fd N, --pin-env NAME or a
hidden prompt (never an argument); or --p12 FILE --p12-password-env NAME.
--password-env: the password of protected PDFs. --pss: RSASSA-PSS instead of PKCS#1 v1.5.
--certify: certify, allowing afterwards nothing (1), filling and signing (2), or annotations, too (3).
--box is in millimetres from the page's top left corner; without it the place is found by Decree 30/2020.
--lang vi: Vietnamese.`,
  unknownOption: 'Wrong option',
  pinPrompt: "The token's PIN: ",
  plugInAgain:
    'The other files are waiting. Plug the token in again and type the PIN to go on (Ctrl+C to stop).',
  signed: 'Signed',
  unapproved:
    'No authorised person has signed it yet; the seal will vouch for a document that nobody approved.',
  extended: 'Raised to',
  notExtended: 'Not raised',
  failed: 'Not signed',
  revisionWritten: 'The document as it was signed',
  flatCopyWritten: 'A flat copy, without any signature',
  signedSummary: (done, all) => `${done} of ${all} files signed.`,
  progress: (done, all) => `Signing… ${done}/${all}`,
  stampedAt: 'Time stamp',
  drafted: (pages) => `Typeset (${pages} pages)`,
  notDrafted: 'Not typeset',
  formRight: 'Nothing to object to in its form.',
  formCounts: (errors, warnings) => `${errors} errors, ${warnings} warnings.`,
  formPage: (page) => `page ${page}`,
  formSeverity: { error: 'Error', warning: 'Look at' },
  notChecked: 'Not checked',
};

export function words(language: Language): CliWords {
  return language === 'en' ? en : vi;
}
