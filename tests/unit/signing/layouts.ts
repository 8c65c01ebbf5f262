import { typeset } from '../pdf/official-document.ts';

/** A signer's block, ô số 7: lines of authority and position, and the name under the room for the signature. */
export interface Block {
  readonly position: readonly string[];
  readonly name: string;
  /** Millimetres between them. */
  readonly room?: number;
}

export interface Layout {
  readonly issuer?: string;
  readonly number?: string;
  readonly date?: string;
  readonly title?: string;
  readonly about?: string;
  readonly paragraphs?: number;
  readonly recipients?: readonly string[];
  /** From left to right; one stands on the right half, beside the recipients. */
  readonly blocks: readonly Block[];
  /** Raw Typst before and behind everything. */
  readonly before?: string;
  readonly behind?: string;
  readonly page?: string;
  /** A standard that the file claims to keep to: "a-2b". */
  readonly standard?: string;
}

const text = `Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư; căn cứ chức năng, nhiệm vụ
được giao và đề nghị của Văn phòng, cơ quan thông báo để các đơn vị biết, phối hợp thực hiện và báo cáo kết quả trước ngày cuối tháng.`;

function escaped(words: string): string {
  return words.replaceAll(/[#*_[\]<>@$\\/]/g, String.raw`\$&`);
}

function block({ position, name, room = 30 }: Block): string {
  const lines = position.map((line) => `*${escaped(line)}*`).join(' \\ ');
  return `[#set par(leading: 4pt); #align(center)[${lines} #v(${room}mm) *${escaped(name)}*]]`;
}

/** An administrative document as Phụ lục I of NĐ 30/2020 has it, with what real offices do to it. */
export function layout(parts: Layout): Buffer {
  const {
    issuer = 'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
    number = 'Số: #h(12mm)/QĐ-SKHCN',
    date = 'Thử Nghiệm, ngày #h(8mm) tháng #h(8mm) năm 2026',
    title = 'QUYẾT ĐỊNH',
    about = 'Về việc thành lập Tổ triển khai ký số và gửi, nhận văn bản điện tử',
    paragraphs = 3,
    recipients = ['Như Điều 3', 'Lưu: VT, CĐS'],
    blocks,
    before = '',
    behind = '',
    page = 'paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm)',
  } = parts;
  const list = recipients.map((line) => `[- ${line}]`.replace('[- ', '[\\- ')).join(', ');
  const left = `[#set text(size: 11pt); #text(size: 12pt)[*_Nơi nhận:_*] #stack(spacing: 5pt, v(3pt), ${list})]`;
  const closing =
    blocks.length === 1
      ? `#grid(columns: (1fr, 1fr), ${left}, ${blocks.map(block).join(', ')})`
      : `#grid(columns: (1fr,) * ${blocks.length}, ${blocks.map(block).join(', ')})`;
  const source = `#set document(title: "Văn bản", date: datetime(year: 2026, month: 2, day: 3))
#set page(${page})
#set text(font: "Tinos", size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1cm, all: true))
${before}
#[#set par(first-line-indent: 0pt, justify: false)
#grid(columns: (1fr, 1.35fr), align: center, row-gutter: 3mm,
  [#set text(size: 12pt); UBND TỈNH THỬ NGHIỆM \\ *${issuer}*],
  [#set text(size: 12pt); *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ #text(size: 13pt)[*Độc lập - Tự do - Hạnh phúc*] #line(length: 50mm, stroke: 0.5pt)],
  [#set text(size: 13pt); ${number}], [#set text(size: 13pt); _${date}_])]
#v(5mm)
#align(center)[*${title}* \\ *${about}*]
#v(3mm)
${Array.from({ length: paragraphs }, (_, index) => (index === paragraphs - 1 ? `${text.replaceAll('/', '\\/')}\\/.` : text.replaceAll('/', '\\/'))).join('\n\n')}
#v(6mm)
#[#set par(first-line-indent: 0pt, justify: false)
${closing}]
${behind}`;
  return typeset(source, parts.standard);
}
