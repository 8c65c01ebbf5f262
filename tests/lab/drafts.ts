import type * as z from 'zod';
import { type DocumentType, documentTypes } from '../../contract/document-type.ts';
import type { draft } from '../../contract/draft.ts';

export type DraftInput = z.input<typeof draft>;

/** What a type is about in the lab, where the usual words don't fit. */
const subjects: Partial<Record<DocumentType, string>> = {
  'cong-van': 'triển khai chữ ký số tại các xã',
  'quyet-dinh': 'Về việc thành lập Tổ triển khai chữ ký số',
  'giay-moi': 'Dự họp về triển khai chữ ký số',
  'bien-ban': 'Họp về triển khai chữ ký số',
};

/** Types that decide, by articles; the others tell, by paragraphs. */
const decisions: ReadonlySet<DocumentType> = new Set(['nghi-quyet', 'quyet-dinh', 'quy-che', 'quy-dinh']);
/** Types that are addressed to somebody at the head of the page. */
const addressed: ReadonlySet<DocumentType> = new Set([
  ...(['cong-van', 'to-trinh', 'bao-cao', 'cong-dien', 'giay-moi', 'giay-gioi-thieu'] as const),
  ...(['phieu-gui', 'phieu-chuyen', 'phieu-bao', 'thu-cong'] as const),
]);

/** A draft of that type as an office would write it. */
export function sampleDraft(type: DocumentType, more: Partial<DraftInput> = {}): DraftInput {
  return {
    type,
    agency: {
      parent: 'UBND tỉnh Thử Nghiệm',
      name: 'Sở Khoa học và Công nghệ',
      symbol: 'SKHCN',
      place: 'Thử Nghiệm',
      unit: 'VP',
    },
    subject: subjects[type] ?? 'Về việc triển khai chữ ký số',
    basis: decisions.has(type)
      ? [
          'Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư',
          'Theo đề nghị của Chánh Văn phòng Sở',
        ]
      : [],
    recipients: {
      to: addressed.has(type) ? ['Ủy ban nhân dân các xã, phường trên địa bàn tỉnh'] : [],
      list: ['Như trên', 'Lãnh đạo Sở'],
    },
    body: decisions.has(type) ? articles : paragraphs,
    signer: { authority: null, over: null, position: 'Giám đốc', name: 'Nguyễn Văn A' },
    ...(type === 'bien-ban' ? { cosigner: { position: 'Thư ký', name: 'Nguyễn Thị B' } } : {}),
    ...more,
  };
}

export const allTypes = Object.keys(documentTypes) as DocumentType[];

const sentence =
  'Các cơ quan, đơn vị rà soát chứng thư số của cán bộ, bố trí thiết bị lưu khóa, thực hiện ký số trên các văn bản ' +
  'điện tử và báo cáo kết quả về cơ quan chủ trì theo thời hạn được giao.';

const articles: DraftInput['body'] = [
  { kind: 'article', id: 'to', text: `Thành lập Tổ triển khai chữ ký số. ${sentence}` },
  {
    kind: 'article',
    text: 'Tổ nêu tại [ref:to] có các nhiệm vụ sau đây:',
    children: [
      { kind: 'clause', text: sentence, children: [{ kind: 'point', text: 'Lập danh sách cán bộ;' }] },
      { kind: 'clause', text: 'Thực hiện các việc khác do lãnh đạo Sở giao.' },
    ],
  },
  { kind: 'article', text: 'Văn bản này có hiệu lực kể từ ngày ký.' },
];

const paragraphs: DraftInput['body'] = [
  { kind: 'paragraph', text: sentence },
  { kind: 'clause', title: 'Mục đích, yêu cầu', text: sentence },
  { kind: 'clause', title: 'Tổ chức thực hiện', text: sentence },
];

/** What strains a layout: long heads, hundreds of lines, tables over pages, pages on their side. */
export const strainedDrafts: Readonly<Record<string, DraftInput>> = {
  'a subject of three lines': sampleDraft('quyet-dinh', {
    subject: `Về việc ${'thành lập Tổ triển khai chữ ký số chuyên dùng công vụ '.repeat(3).trim()}`,
  }),
  'a letter with a long subject': sampleDraft('cong-van', {
    subject: 'triển khai chữ ký số tại '.repeat(6).trim(),
  }),
  'forty recipients': sampleDraft('thong-bao', {
    recipients: {
      to: [],
      list: Array.from({ length: 40 }, (_, index) => `Ủy ban nhân dân xã số ${index + 1}`),
    },
  }),
  'forty addressees': sampleDraft('cong-van', {
    recipients: {
      to: Array.from({ length: 40 }, (_, index) => `Ủy ban nhân dân xã số ${index + 1}`),
      list: [],
    },
  }),
  'thirty pages': sampleDraft('ke-hoach', {
    body: Array.from({ length: 400 }, () => ({ kind: 'paragraph' as const, text: sentence })),
  }),
  'a table over pages': sampleDraft('bao-cao', {
    body: [
      {
        kind: 'table',
        title: 'Danh sách cán bộ được cấp chứng thư số',
        columns: [1, 5, 6],
        rows: [
          ['STT', 'Họ và tên', 'Đơn vị'],
          ...Array.from({ length: 120 }, (_, index) => [
            String(index + 1),
            'Nguyễn Văn A',
            sentence.slice(0, 60),
          ]),
        ],
      },
      { kind: 'paragraph', text: sentence },
    ],
  }),
  'a table on its side, and appendices': sampleDraft('quyet-dinh', {
    appendices: [
      { title: 'Danh mục thiết bị', body: paragraphs },
      {
        title: 'Lộ trình thực hiện',
        body: [
          {
            kind: 'table',
            landscape: true,
            rows: [
              ['Tháng', 'Việc'],
              ['01', sentence],
            ],
          },
        ],
      },
    ],
  }),
  'everything at once': sampleDraft('quyet-dinh', {
    signer: {
      authority: 'TM.',
      over: 'Ủy ban nhân dân',
      deputyOf: 'Chủ tịch',
      position: 'Phó Chủ tịch',
      name: 'Nguyễn Văn A',
    },
    urgency: 'thuong-khan',
    circulation: 'luu-hanh-noi-bo',
    drafter: { mark: 'PL', copies: 300 },
  }),
};
