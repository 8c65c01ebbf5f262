import type { DocumentType } from '../../contract/document-type.ts';
import type { FormRule } from '../../contract/form-rule.ts';
import type { DraftInput } from './drafts.ts';

/** A fault of form that a typist makes, planted into a document that is right otherwise. */
export interface FormFault {
  readonly rule: FormRule;
  readonly fault: string;
  readonly type?: DocumentType;
  /** Other words in the layout. */
  readonly layout?: readonly (readonly [right: string, wrong: string])[];
  readonly draft?: Partial<DraftInput>;
}

const layout = (
  rule: FormRule,
  fault: string,
  right: string,
  wrong: string,
  more: Omit<FormFault, 'rule' | 'fault' | 'layout'> = {},
): FormFault => ({ rule, fault, layout: [[right, wrong]], ...more });

const long = Array.from({ length: 40 }, () => ({
  kind: 'paragraph' as const,
  text: 'Các cơ quan, đơn vị rà soát chứng thư số của cán bộ và báo cáo kết quả theo thời hạn được giao tại văn bản này.',
}));
const severalPages: Partial<DraftInput> = { body: long };
const article = 'if item.kind == "article" { strong(item.label) } else { item.label }; " "';
const number = '"/" + of.symbol';
const dated = (day: string) => [['h(blank) + "tháng" + h(blank) + "năm" + h(blank)', `"${day}"`]] as const;
const signer = (words: Partial<DraftInput['signer']>): Partial<DraftInput> => ({
  signer: { authority: null, over: null, position: 'Giám đốc', name: 'Nguyễn Văn A', ...words },
});

export const formFaults: readonly FormFault[] = [
  layout('paper-size', 'Letter', 'paper: "a4"', 'paper: "us-letter"'),
  layout('paper-size', 'A4 on its side', 'paper: "a4"', 'paper: "a4", flipped: true'),
  layout('margin-left', '20 mm', 'left: 30mm, right: 17mm', 'left: 20mm, right: 17mm'),
  layout('margin-left', '38 mm', 'left: 30mm, right: 17mm', 'left: 38mm, right: 17mm'),
  layout('margin-right', '10 mm', 'right: 17mm', 'right: 10mm'),
  layout('margin-right', '25 mm', 'right: 17mm', 'right: 25mm'),
  layout('margin-vertical', 'bottom 10 mm', 'bottom: 20mm', 'bottom: 10mm', { draft: severalPages }),
  layout('margin-vertical', 'top 10 mm', 'top: 20mm', 'top: 10mm', { draft: severalPages }),
  layout('font-family', 'the typesetter’s own', 'font: "Tinos"', 'font: "Libertinus Serif"'),
  layout(
    'font-family',
    'a monospaced one in the text',
    'par(runs(item.text))',
    'par(text(font: "DejaVu Sans Mono", runs(item.text)))',
    {
      type: 'ke-hoach',
    },
  ),
  layout('page-number-first', 'shown', 'counter(page).get().first() > 1', 'true'),
  layout(
    'page-number-first',
    'at the foot',
    'paper.document != none and paper.document.contact.len() > 0 and here().page() == 1 {',
    'true { align(center, counter(page).display("1")) } else if false {',
  ),
  layout('page-number-missing', 'none', 'counter(page).get().first() > 1', 'false', { draft: severalPages }),
  layout(
    'page-number-missing',
    'none on page 2',
    'counter(page).get().first() > 1',
    'counter(page).get().first() > 2',
    {
      draft: { body: [...long, ...long] },
    },
  ),
  layout('page-number-style', '10 points', 'text(size: 13pt, counter', 'text(size: 10pt, counter', {
    draft: severalPages,
  }),
  layout(
    'page-number-style',
    'on the right',
    'align(center, text(size: 13pt, counter',
    'align(right, text(size: 13pt, counter',
    {
      draft: severalPages,
    },
  ),
  layout(
    'page-number-style',
    'italic',
    'text(size: 13pt, counter',
    'text(size: 13pt, style: "italic", counter',
    { draft: severalPages },
  ),
  layout(
    'motto-missing',
    'no motto',
    'ruled(text(size: 13pt, weight: "bold", "Độc lập - Tự do - Hạnh phúc"))',
    '[]',
  ),
  layout('motto-missing', 'no hyphens', 'Độc lập - Tự do - Hạnh phúc', 'Độc lập Tự do Hạnh phúc'),
  layout('motto-missing', 'an accent left out', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA', 'CỘNG HÒA XÃ HỘI CHU NGHĨA'),
  layout(
    'motto-style',
    '10 points',
    'text(size: 12pt, weight: "bold", "CỘNG',
    'text(size: 10pt, weight: "bold", "CỘNG',
  ),
  layout('motto-style', 'plain', 'text(size: 12pt, weight: "bold", "CỘNG', 'text(size: 12pt, "CỘNG'),
  layout('slogan-style', 'plain', 'text(size: 13pt, weight: "bold", "Độc', 'text(size: 13pt, "Độc'),
  layout(
    'slogan-style',
    '11 points',
    'text(size: 13pt, weight: "bold", "Độc',
    'text(size: 11pt, weight: "bold", "Độc',
  ),
  layout('slogan-style', 'in capitals', 'Độc lập - Tự do - Hạnh phúc', 'ĐỘC LẬP - TỰ DO - HẠNH PHÚC'),
  {
    ...{ rule: 'issuer-missing', fault: 'none' },
    layout: [
      ['if of.superior != none {', 'if false {'],
      ['ruled(text(size: 12pt, weight: "bold", upper(of.issuer)), part: 40%)', '[]'],
    ],
  },
  layout('issuer-missing', 'in small letters', 'upper(of.issuer)', 'of.issuer', {
    draft: { agency: { name: 'Sở Khoa học và Công nghệ', symbol: 'SKHCN', place: 'Thử Nghiệm' } },
  }),
  layout(
    'issuer-style',
    'plain',
    'text(size: 12pt, weight: "bold", upper(of.issuer))',
    'text(size: 12pt, upper(of.issuer))',
  ),
  layout(
    'issuer-style',
    '14 points',
    'text(size: 12pt, weight: "bold", upper(of.issuer))',
    'text(size: 14.5pt, weight: "bold", upper(of.issuer))',
  ),
  layout('number-missing', 'none', '"Số:"', '""'),
  layout('number-missing', 'the word is another', '"Số:"', '"No:"'),
  layout('number-form', 'no leading 0', number, '"5/" + of.symbol'),
  layout('number-form', 'blanks', number, '"05 / " + of.symbol'),
  layout('number-form', 'no stroke', number, '"05-" + of.symbol'),
  layout('number-style', '11 points', 'text(size: 13pt, if of.symbol', 'text(size: 11pt, if of.symbol'),
  layout(
    'number-style',
    'italic',
    'text(size: 13pt, if of.symbol',
    'text(size: 13pt, style: "italic", if of.symbol',
  ),
  layout('number-type', 'a plan’s on a decision', number, '"05/KH-SKHCN"'),
  layout('number-type', 'a decision’s on a letter', number, '"05/QĐ-SKHCN"', { type: 'cong-van' }),
  layout(
    'date-missing',
    'no place and date',
    'text(size: 13pt, style: "italic", context {',
    'text(size: 13pt, style: "italic", if false {',
  ),
  layout('date-missing', 'a slash date', '", ngày"', '" 05/01/2027"'),
  { rule: 'date-form', fault: 'day without 0', layout: dated(' 5 tháng 01 năm 2027') },
  { rule: 'date-form', fault: 'January without 0', layout: dated(' 05 tháng 1 năm 2027') },
  { rule: 'date-form', fault: 'March with 0', layout: dated(' 05 tháng 03 năm 2027') },
  layout('date-style', 'upright', 'text(size: 13pt, style: "italic", context', 'text(size: 13pt, context'),
  layout(
    'date-style',
    '11 points',
    'text(size: 13pt, style: "italic", context',
    'text(size: 11pt, style: "italic", context',
  ),
  layout('type-missing', 'none', 'text(size: 14pt, weight: "bold", upper(kind))', '[]', { type: 'ke-hoach' }),
  layout('type-missing', 'a letter about nothing', '..if of.about.len() > 0 {', '..if false {', {
    type: 'cong-van',
  }),
  layout(
    'type-style',
    'plain',
    'text(size: 14pt, weight: "bold", upper(kind))',
    'text(size: 14pt, upper(kind))',
  ),
  layout(
    'type-style',
    'in small letters',
    'text(size: 14pt, weight: "bold", upper(kind))',
    'text(size: 14pt, weight: "bold", kind)',
  ),
  layout(
    'type-style',
    '18 points',
    'text(size: 14pt, weight: "bold", upper(kind))',
    'text(size: 18pt, weight: "bold", upper(kind))',
  ),
  layout(
    'subject-style',
    '11 points',
    'balanced(text(size: 14pt, weight: "bold", runs(subject)))',
    'balanced(text(size: 11pt, weight: "bold", runs(subject)))',
  ),
  layout(
    'subject-style',
    'a letter’s in bold',
    'text(size: 12pt, runs(of.about))',
    'text(size: 12pt, weight: "bold", runs(of.about))',
    {
      type: 'cong-van',
    },
  ),
  layout('body-size', '12 points', '#let body-size = 14pt', '#let body-size = 12pt', { type: 'ke-hoach' }),
  layout('body-size', '16 points', '#let body-size = 14pt', '#let body-size = 16pt', { type: 'ke-hoach' }),
  layout('body-indent', '5 mm', '#let indent = 1cm', '#let indent = 5mm', { type: 'ke-hoach' }),
  layout('body-indent', '20 mm', '#let indent = 1cm', '#let indent = 2cm', { type: 'ke-hoach' }),
  layout('basis-style', 'upright', 'par(emph(runs(basis)))', 'par(runs(basis))'),
  layout('basis-style', '11 points', 'par(emph(runs(basis)))', 'par(emph(text(size: 11pt, runs(basis))))'),
  layout(
    'basis-ending',
    'commas',
    'par(emph(runs(basis)))',
    'par(emph(basis.map(run => run.text).join().replace(";", ",")))',
  ),
  layout(
    'basis-ending',
    'the last in a semicolon',
    'par(emph(runs(basis)))',
    'par(emph(basis.map(run => run.text).join().replace(regex("[.]$"), ";")))',
  ),
  layout('article-style', 'plain', article, 'item.label; " "'),
  layout('article-style', 'italic', article, 'emph(strong(item.label)); " "'),
  layout(
    'article-style',
    'a colon',
    article,
    'if item.kind == "article" { strong(item.label.replace(".", ":")) } else { item.label }; " "',
  ),
  layout(
    'article-order',
    'one left out',
    article,
    'if item.kind == "article" { strong(item.label.replace("2", "3")) } else { item.label }; " "',
  ),
  layout(
    'article-order',
    'one twice',
    article,
    'if item.kind == "article" { strong(item.label.replace("3", "2")) } else { item.label }; " "',
  ),
  ...(['z', 'c'] as const).map((letter) =>
    layout('point-order', `b is ${letter}`, article, `item.label.replace("b)", "${letter})"); " "`, {
      type: 'ke-hoach',
      draft: {
        body: [
          {
            kind: 'clause',
            text: 'Các việc:',
            children: [
              { kind: 'point', text: 'một;' },
              { kind: 'point', text: 'hai.' },
            ],
          },
        ],
      },
    }),
  ),
  layout('signer-missing', 'no name', 'text(size: 14pt, weight: "bold", of.name)', '[]', {
    draft: signer({ position: 'Người đứng tên' }),
  }),
  layout('signer-missing', 'no room to sign', '  v(33mm)\n', '', {}),
  layout(
    'position-style',
    'plain',
    'text(size: 13pt, weight: "bold", upper(words))',
    'text(size: 13pt, upper(words))',
  ),
  layout(
    'position-style',
    '10 points',
    'text(size: 13pt, weight: "bold", upper(words))',
    'text(size: 10pt, weight: "bold", upper(words))',
  ),
  layout('authority-form', 'no full stop', 'upper(words))', 'upper(words.replace("KT.", "KT")))', {
    draft: signer({ authority: 'KT.', over: 'Giám đốc', position: 'Phó Giám đốc' }),
  }),
  layout('authority-form', 'two full stops', 'upper(words))', 'upper(words.replace("TM.", "T.M ")))', {
    draft: signer({ authority: 'TM.', over: 'Ủy ban nhân dân', position: 'Chủ tịch' }),
  }),
  { rule: 'signer-title', fault: 'TS.', draft: signer({ name: 'TS. Nguyễn Văn A' }) },
  { rule: 'signer-title', fault: 'ThS.', draft: signer({ name: 'ThS. Nguyễn Văn A' }) },
  layout('signer-style', 'plain', 'text(size: 14pt, weight: "bold", of.name)', 'text(size: 14pt, of.name)'),
  layout(
    'signer-style',
    'in capitals',
    'text(size: 14pt, weight: "bold", of.name)',
    'text(size: 14pt, weight: "bold", upper(of.name))',
  ),
  layout('recipients-missing', 'none', 'else { recipient-list(of.recipients) }', 'else { [] }'),
  layout('recipients-missing', 'other words', '"Nơi nhận:"', '"Gửi:"'),
  layout(
    'recipients-style',
    'upright',
    'weight: "bold", style: "italic", "Nơi nhận:"',
    'weight: "bold", "Nơi nhận:"',
  ),
  layout('recipients-style', 'no colon', '"Nơi nhận:"', '"Nơi nhận"'),
  layout('recipients-list-style', '14 points', 'par(text(size: 11pt, name))', 'par(text(size: 14pt, name))'),
  layout(
    'recipients-list-style',
    'italic',
    'par(text(size: 11pt, name))',
    'par(text(size: 11pt, style: "italic", name))',
  ),
  layout('recipients-archive', 'nobody keeps it', 'for name in names {', 'for name in names.slice(0, -1) {'),
  layout(
    'recipients-archive',
    'no full stop',
    'par(text(size: 11pt, name))',
    'par(text(size: 11pt, name.trim(".", at: end)))',
  ),
  layout('secret-mark', 'MẬT', 'head(of.head)', 'head(of.head)\n  boxed("MẬT")'),
  layout('secret-mark', 'TỐI MẬT', 'head(of.head)', 'head(of.head)\n  boxed("TỐI MẬT")'),
];
