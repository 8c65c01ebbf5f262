import { typesetSource } from './typst.ts';

/** What a paper says of itself, and where; all of it as it is to be printed. */
export interface OfficialPaper {
  readonly superior?: string;
  readonly issuer?: string;
  readonly symbol?: string;
  readonly place?: string;
  /** Printed already; blanks are left where they aren't given. */
  readonly number?: string;
  readonly day?: string;
  readonly month?: string;
  /** Tên loại and trích yếu (ô số 5a) … */
  readonly type?: string;
  readonly subject?: string;
  /** … or a công văn's subject under the number (5b). */
  readonly about?: string;
  readonly position?: string;
  readonly signer?: string;
  /** More Typst, put into the head: what isn't to be seen, or covers something. */
  readonly more?: string;
  /** More Typst before the signature. */
  readonly body?: string;
}

const quoted = (text: string) => JSON.stringify(text);

/** A one-page paper as NĐ 30/2020 PL I lays it out. */
export function officialPaper(paper: OfficialPaper): Buffer {
  const { superior, issuer = 'Sở Khoa học và Công nghệ', symbol = 'QĐ-SKHCN', place = 'Thử Nghiệm' } = paper;
  const entries = {
    superior: superior ?? 'UBND tỉnh Thử Nghiệm',
    ...{ issuer, symbol, place },
    ...(paper.number !== undefined && { number: paper.number }),
    ...(paper.day !== undefined && { day: paper.day, month: paper.month ?? '01' }),
    ...(paper.about !== undefined && { about: paper.about }),
  };
  const args = Object.entries(entries).map(([key, value]) => `${key}: ${quoted(value)}`);
  const heading =
    paper.about === undefined
      ? `#heading-of(${quoted(paper.type ?? 'Quyết định')}, ${quoted(paper.subject ?? 'Về việc thành lập Tổ triển khai ký số')})`
      : '#align(center)[Kính gửi: Ủy ban nhân dân xã Thử Nghiệm]';
  const closing = `position: ${quoted(paper.position ?? 'Giám đốc')}, holder: ${quoted(paper.signer ?? 'Nguyễn Văn A')}`;
  return typesetSource(`#import "/documents/layout.typ": closing, heading-of, official
#show: official.with(${args.join(', ')})
${paper.more ?? ''}
${heading}
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;

Xét đề nghị của Trưởng phòng Chuyển đổi số tại Công văn số 12/CV-CĐS ngày 01 tháng 02 năm 2026.
${paper.body ?? ''}

#closing(${closing}, recipients: ("Như trên", "Lưu: VT"))
`);
}
