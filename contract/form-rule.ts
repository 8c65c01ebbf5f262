const page = (item: number) => `Phụ lục I, phần I, mục ${item}`;
const part = (item: string) => `Phụ lục I, phần II, mục ${item}`;
const error = 'error' as const;
const warning = 'warning' as const;

/**
 * The rules of form (thể thức) that are checked on pages: NĐ 30/2020 by its article, and what provinces ask of files.
 * An `error` is against the decree's words; a `warning` may have its reasons. The names are stable.
 */
export const formRules = {
  'page-unreadable': { severity: error, article: page(2) },
  'paper-size': { severity: error, article: page(1) },
  'margin-left': { severity: error, article: page(3) },
  'margin-right': { severity: error, article: page(3) },
  'margin-vertical': { severity: error, article: page(3) },
  'font-family': { severity: error, article: page(4) },
  'page-number-first': { severity: warning, article: page(7) },
  'page-number-missing': { severity: error, article: page(7) },
  'page-number-style': { severity: error, article: page(7) },
  'motto-missing': { severity: error, article: part('1') },
  'motto-style': { severity: error, article: part('1') },
  'slogan-style': { severity: error, article: part('1') },
  'issuer-missing': { severity: error, article: part('2') },
  'issuer-style': { severity: error, article: part('2') },
  'number-missing': { severity: error, article: part('3') },
  'number-form': { severity: error, article: part('3') },
  'number-style': { severity: error, article: part('3') },
  'number-type': { severity: error, article: 'Phụ lục III, mục I' },
  'date-missing': { severity: error, article: part('4') },
  'date-form': { severity: error, article: part('4') },
  'date-style': { severity: error, article: part('4') },
  'type-missing': { severity: error, article: part('5') },
  'type-style': { severity: error, article: part('5') },
  'subject-style': { severity: error, article: part('5') },
  'body-size': { severity: error, article: part('6') },
  'body-indent': { severity: warning, article: part('6') },
  'basis-style': { severity: error, article: part('6') },
  'basis-ending': { severity: error, article: part('6') },
  'article-style': { severity: error, article: part('6') },
  'article-order': { severity: error, article: part('6') },
  'point-order': { severity: error, article: part('6') },
  'signer-missing': { severity: error, article: part('7') },
  'position-style': { severity: error, article: part('7') },
  'authority-form': { severity: error, article: part('7') },
  'signer-title': { severity: error, article: part('7') },
  'signer-style': { severity: error, article: part('7') },
  'recipients-missing': { severity: error, article: part('9') },
  'recipients-style': { severity: error, article: part('9') },
  'recipients-list-style': { severity: error, article: part('9') },
  'recipients-archive': { severity: error, article: part('9') },
  'secret-mark': { severity: error, article: 'Luật Bảo vệ bí mật nhà nước' },
  'file-name': { severity: warning, article: 'Quy chế của tỉnh về tên tệp' },
} as const satisfies Record<string, { severity: 'error' | 'warning'; article: string }>;

export type FormRule = keyof typeof formRules;
