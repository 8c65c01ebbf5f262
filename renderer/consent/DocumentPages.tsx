import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { ConsentDocument } from '../../contract/consent.ts';
import { PagePicture } from '../pdf/PagePicture.tsx';
import { moveOfKey } from '../pdf/page-keys.ts';
import { usePdfAt } from '../pdf/use-pdf-at.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { consentWords } from '../words/consent.ts';
import { pdfWords } from '../words/screens.ts';
import styles from './DocumentPages.module.css';

interface DocumentPagesProps {
  document: ConsentDocument;
  /** Whether the page that is looked at is drawn; must stay the same. */
  onDrawn(drawn: boolean): void;
}

interface Size {
  width: number;
  height: number;
}

/** A4 in millimetres, until the page's own size is known. */
const a4: Size = { width: 210, height: 297 };

/** The pages of the very file that will be signed, one at a time, beginning where the signature will stand. */
export function DocumentPages({ document: { file, place }, onDrawn }: DocumentPagesProps) {
  const first = place?.page ?? 1;
  const [page, setPage] = useState(first);
  const [size, setSize] = useState(a4);
  const [drawn, setDrawn] = useState(0);
  const [failed, setFailed] = useState(false);
  const view = useRef<HTMLElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const onFailure = useCallback(() => setFailed(true), []);
  const pdf = usePdfAt(`doc://file/${file.digest}`, file.bytes, onFailure);
  const onPage = useCallback((number: number, failure: unknown) => {
    setDrawn(number);
    setFailed(failure !== null);
  }, []);
  const pages = pdf?.numPages ?? first;
  const isDrawn = drawn === page && !failed;

  useEffect(() => {
    // A part that scrolls must be within reach of the keyboard (WCAG 2.1.1).
    if (view.current) view.current.tabIndex = 0;
  }, []);
  useEffect(() => {
    onDrawn(isDrawn);
    // Within the pages alone: what is asked beside them must stay where it is.
    const [pages, stamp] = [view.current, box.current];
    if (isDrawn && pages && stamp) pages.scrollTop = stamp.offsetTop - pages.clientHeight / 2;
  }, [isDrawn, onDrawn]);

  const turnTo = (next: number) => {
    const number = Math.min(Math.max(next, 1), pages);
    if (number === page) return;
    setPage(number);
    setFailed(false);
    view.current?.scrollTo({ top: 0 });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOfKey(event);
    const next = move && { next: page + 1, previous: page - 1, first: 1, last: pages }[String(move)];
    if (!next) return;
    event.preventDefault();
    turnTo(next);
  };
  const percent = (length: number, whole: number) => `${(100 * length) / whole}%`;

  return (
    <section className={styles.pages} aria-label={consentWords.picture}>
      <div className={styles.tools}>
        <ActionButton
          look="quiet"
          icon="chevronLeft"
          iconOnly
          isDisabled={page <= 1}
          onPress={() => turnTo(page - 1)}
        >
          {pdfWords.previous}
        </ActionButton>
        <span role="status">{pdfWords.pageOf(page, pages)}</span>
        <ActionButton
          look="quiet"
          icon="chevronRight"
          iconOnly
          isDisabled={page >= pages}
          onPress={() => turnTo(page + 1)}
        >
          {pdfWords.next}
        </ActionButton>
        {place && page !== place.page && (
          <ActionButton look="quiet" onPress={() => turnTo(place.page)}>
            {consentWords.toStamp}
          </ActionButton>
        )}
      </div>
      <section ref={view} className={styles.view} aria-label={pdfWords.region} onKeyDown={onKeyDown}>
        {failed ? (
          <Banner tone="bad" title={consentWords.undrawn} announce>
            <p>{consentWords.undrawnAdvice}</p>
          </Banner>
        ) : (
          <div className={styles.page} style={{ aspectRatio: `${size.width} / ${size.height}` }}>
            {pdf && <PagePicture pdf={pdf} page={page} onSize={setSize} onDrawn={onPage} />}
            {!isDrawn && <p className={styles.drawing}>{consentWords.drawing}</p>}
            {isDrawn && place?.page === page && (
              <div
                ref={box}
                role="img"
                aria-label={consentWords.stampHere}
                className={styles.box}
                style={{
                  left: percent(place.box.x, size.width),
                  top: percent(place.box.y, size.height),
                  width: percent(place.box.width, size.width),
                  height: percent(place.box.height, size.height),
                }}
              />
            )}
          </div>
        )}
      </section>
    </section>
  );
}
