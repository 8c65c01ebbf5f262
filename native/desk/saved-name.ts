import type { StampWish } from '../../contract/signing-act.ts';

/** Characters, with the extension, that provinces' rules allow a file's name. */
const longest = 50;

const endings: Readonly<Record<StampWish['act'], string>> = {
  plain: 'da-ky',
  approve: 'da-ky',
  initial: 'ky-nhay',
  directive: 'but-phe',
  seal: 'da-dong-dau',
  appendix: 'da-ky',
  copy: 'sao-y',
  incoming: 'dau-den',
};

/**
 * What a signed file is called: its own name as the provinces' rules want it (no diacritics, nothing but letters,
 * digits, "-" and "_", 50 characters at most) and what was done to it. `count`: from 2 where that name is taken.
 */
export function savedName(name: string, wish: StampWish, count = 1): string {
  const ending = wish.act === 'copy' ? wish.form : endings[wish.act];
  const tail = `-${ending}${count > 1 ? `-${count}` : ''}.pdf`;
  const stem = plainStem(name);
  const short = stem.slice(0, longest - tail.length).replace(/-+$/, '');
  return `${short || 'van-ban'}${tail}`;
}

/** A file's name without its extension and without what a Vietnamese writes above and below the letters. */
function plainStem(name: string): string {
  return name
    .replace(/\.pdf$/i, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
