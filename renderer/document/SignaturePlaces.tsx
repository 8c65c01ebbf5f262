import type { DocumentFile } from '../../contract/document.ts';
import type { SignaturePlace, SignatureReport } from '../../contract/verdict.ts';
import { PagePicture } from '../pdf/PagePicture.tsx';
import { usePdf } from '../pdf/use-pdf.ts';
import { verdictWords } from '../words/verdict.ts';
import styles from './SignaturePlaces.module.css';

interface SignaturePlacesProps {
  file: DocumentFile;
  signatures: readonly SignatureReport[];
  /** The page from 1. */
  onGo(page: number): void;
}

/** Small pictures are drawn at once: more than these would keep an old computer busy. */
const mostPages = 6;

interface Placed {
  number: number;
  place: SignaturePlace;
}

/** Little pages with a numbered box where each signature is; a press opens the page. */
export default function SignaturePlaces({ file, signatures, onGo }: SignaturePlacesProps) {
  const pdf = usePdf(file);
  const placed = signatures.flatMap(({ place }, index): Placed[] =>
    place ? [{ place, number: index + 1 }] : [],
  );
  const pages = [...new Set(placed.map(({ place }) => place.page))].sort((a, b) => a - b);
  return (
    <ul className={styles.pages} aria-label={verdictWords.places}>
      {pages.slice(0, mostPages).map((page) => {
        const own = placed.filter(({ place }) => place.page === page);
        const { width, height } = own[0]?.place.pageSize ?? { width: 210, height: 297 };
        return (
          <li key={page} className={styles.item}>
            <button
              type="button"
              className={styles.page}
              style={{ aspectRatio: `${width} / ${height}` }}
              aria-label={verdictWords.goTo(page, own.map(({ number }) => number).join(', '))}
              onClick={() => onGo(page)}
            >
              {pdf && <PagePicture pdf={pdf} page={page} onSize={ignoreSize} />}
              {own.map(({ number, place }) => (
                <Mark key={number} number={number} place={place} />
              ))}
            </button>
            <span className={styles.name}>{verdictWords.page(page)}</span>
          </li>
        );
      })}
      {pages.length > mostPages && <li className={styles.more}>{morePages(pages.slice(mostPages))}</li>}
    </ul>
  );
}

/** Where else there are signatures; a register may have one on each of a hundred pages. */
function morePages(pages: readonly number[]): string {
  const named = pages.slice(0, 20).join(', ');
  return verdictWords.morePages(pages.length, pages.length > 20 ? `${named}…` : named);
}

/** The verdict has told the page's size already. */
const ignoreSize = (): void => undefined;

function Mark({ number, place: { box, pageSize } }: Placed) {
  const percent = (length: number, whole: number) => `${(100 * length) / whole}%`;
  return (
    <span
      className={styles.mark}
      data-even={number % 2 === 0 || undefined}
      style={{
        left: percent(box.x, pageSize.width),
        top: percent(box.y, pageSize.height),
        width: percent(box.width, pageSize.width),
        height: percent(box.height, pageSize.height),
      }}
    >
      <span className={styles.number}>{number}</span>
    </span>
  );
}
