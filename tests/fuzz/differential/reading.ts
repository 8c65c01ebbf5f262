import type { Picture } from './picture.ts';

/** Pages beyond these are neither looked at nor counted: the files have two. */
export const mostPages = 5;

/** Pixels for each point: 36 dpi, where a letter of 12 points is six pixels high and still leaves its mark. */
export const pictureScale = 0.5;

/** A page as a program shows it. */
export interface ShownPage {
  /** In points, turned as the page is shown. */
  readonly width: number;
  readonly height: number;
  readonly text: string;
  /** Null where the reader draws none. */
  readonly picture: Picture | null;
}

/** What a program makes of a file: its pages, or why it shows none. */
export type Reading =
  | { readonly count: number; readonly pages: readonly ShownPage[] }
  | { readonly refused: string };

/** A program that shows files. */
export interface Reader {
  /** Never throws for what the file says; a program that ends or hangs has refused the file. */
  read(path: string): Promise<Reading>;
  close(): void;
}

export const readerNames = ['poppler', 'mupdf', 'pdfjs', 'own'] as const;
export type ReaderName = (typeof readerNames)[number];
export type Readings = Readonly<Record<ReaderName, Reading>>;
