import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { DocumentFile } from '../../contract/document.ts';
import type { Failure } from '../../contract/failure.ts';
import type { FileFinding } from '../../contract/file-finding.ts';
import type { FileDigest } from '../../contract/identity.ts';
import { useDesk } from '../core/desk-context.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { common, pdfWords } from '../words/screens.ts';
import { openPdf, type PDFDocumentProxy } from './engine.ts';
import { PdfPage } from './PdfPage.tsx';
import styles from './PdfView.module.css';
import { moveOfKey, type PageMove } from './page-keys.ts';
import { livePages, type PageJump, type PageSize, pageInView, placePages } from './page-layout.ts';
import { pageWarning } from './page-warning.ts';
import { pdfFailure } from './pdf-failure.ts';

const zooms = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
const gapPixels = 14;
/** A4, until a page says otherwise. */
const usualSize: PageSize = { width: 595, height: 842 };

/** Where a reader was in a document. A signature adds no page: with the signed file they go on where they were. */
interface Reading {
  zoom: number;
  /** From 0. */
  page: number;
  /** How far down the page the view begins, as a part of its height. */
  offset: number;
  sizes: readonly PageSize[];
}

interface PdfViewProps {
  file: DocumentFile;
  /** A page that somebody wants to see; followed once. */
  jump?: PageJump | null;
  /** What about the file could deceive: said on the pages that it is about. */
  findings?: readonly FileFinding[] | undefined;
  /** A page of this very file is drawn; null when another is opened, of which none is yet. */
  onDrawn?(digest: FileDigest | null): void;
}

/** A document with the file that it was read from: what is drawn is told by it, not by what is asked for meanwhile. */
interface OpenedFile {
  digest: FileDigest;
  pdf: PDFDocumentProxy;
}

/** A document's pages, one under the other. At most three of them are drawn at a time. */
export default function PdfView({ file, jump = null, findings = [], onDrawn }: PdfViewProps) {
  const followed = useRef<PageJump | null>(null);
  const reading = useRef<Reading | null>(null);
  const { fileUrl } = useDesk();
  const [opened, setOpened] = useState<OpenedFile | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { digest, bytes } = file;
  useEffect(() => {
    const fail = (cause: unknown) => setFailure(pdfFailure(cause));
    const opening = openPdf(fileUrl(digest), bytes, fail);
    let closed = false;
    onDrawn?.(null);
    opening.document.then(
      (pdf) => !closed && setOpened({ digest, pdf }),
      (cause: unknown) => !closed && fail(cause),
    );
    return () => {
      closed = true;
      opening.close();
      setOpened(null);
      setFailure(null);
    };
  }, [digest, bytes, fileUrl, onDrawn]);
  const tellDrawn = useCallback(() => {
    if (opened) onDrawn?.(opened.digest);
  }, [opened, onDrawn]);
  if (failure) {
    return (
      <div className={styles.message}>
        <FailureBanner failure={failure} />
      </div>
    );
  }
  return opened ? (
    <Pages
      findings={findings}
      pdf={opened.pdf}
      reading={reading}
      jump={jump}
      followed={followed}
      onDrawn={tellDrawn}
    />
  ) : (
    <p className={styles.message} role="status">
      {common.loading}
    </p>
  );
}

interface PagesProps {
  pdf: PDFDocumentProxy;
  reading: RefObject<Reading | null>;
  jump: PageJump | null;
  followed: RefObject<PageJump | null>;
  findings: readonly FileFinding[];
  onDrawn(): void;
}

function Pages({ pdf, reading, jump, followed, findings, onDrawn }: PagesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const before = useRef(reading.current?.sizes.length === pdf.numPages ? reading.current : null);
  const [sizes, setSizes] = useState<readonly PageSize[]>(
    () => before.current?.sizes ?? Array(pdf.numPages).fill(usualSize),
  );
  const [view, setView] = useState({ width: 0, height: 0, top: 0 });
  const [zoom, setZoom] = useState(before.current?.zoom ?? 1);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    // A part that scrolls must be within reach of the keyboard (WCAG 2.1.1).
    element.tabIndex = 0;
    const measure = () =>
      setView({
        width: element.clientWidth - 2 * gapPixels,
        height: element.clientHeight,
        top: element.scrollTop,
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const onSize = useCallback((index: number, size: PageSize) => {
    setSizes((known) => {
      const old = known[index];
      if (old && old.width === size.width && old.height === size.height) return known;
      // Pages of one document are mostly alike: the first one's size is the best guess for those not seen yet.
      return known.map((held, at) => (at === index || (index === 0 && held === usualSize) ? size : held));
    });
  }, []);

  const places = view.width > 0 ? placePages(sizes, view.width, zoom, gapPixels) : [];
  const inView = pageInView(places, view.top, view.height);
  const last = places.at(-1);

  const goTo = (page: number) => {
    const place = places[Math.min(Math.max(page, 0), places.length - 1)];
    if (place) scroller.current?.scrollTo({ top: place.top });
  };
  const zoomBy = (step: 1 | -1) => {
    const next = zooms[zooms.indexOf(zoom) + step];
    if (next) setZoom(next);
  };
  // The same page stays before the reader's eyes when its size changes.
  const kept = useRef({ zoom, inView });
  useLayoutEffect(() => {
    if (kept.current.zoom !== zoom) {
      const place = places[kept.current.inView];
      if (place) scroller.current?.scrollTo({ top: place.top });
    }
    kept.current = { zoom, inView };
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (places.length === 0 || !element) return;
    const back = before.current;
    before.current = null;
    const place = places[back?.page ?? inView];
    if (!place) return;
    if (back) element.scrollTo({ top: place.top + back.offset * place.height });
    const offset = back?.offset ?? (view.top - place.top) / place.height;
    reading.current = { zoom, page: back?.page ?? inView, offset, sizes };
  });

  useLayoutEffect(() => {
    if (jump === followed.current || places.length === 0) return;
    followed.current = jump;
    if (jump) goTo(jump.page - 1);
  });

  const move = (to: PageMove) => {
    if (to === 'next' || to === 'previous') goTo(inView + (to === 'next' ? 1 : -1));
    else if (to === 'first' || to === 'last') goTo(to === 'first' ? 0 : places.length - 1);
    else if (to === 'fit') setZoom(1);
    else zoomBy(to === 'larger' ? 1 : -1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = moveOfKey(event);
    if (!wanted) return;
    event.preventDefault();
    move(wanted);
  };

  return (
    <div className={styles.viewer}>
      <div className={styles.tools} role="toolbar" aria-label={pdfWords.tools}>
        <ActionButton
          look="quiet"
          icon="chevronLeft"
          isDisabled={inView === 0}
          onPress={() => move('previous')}
          iconOnly
        >
          {pdfWords.previous}
        </ActionButton>
        <span className={styles.count} role="status">
          {pdfWords.pageOf(inView + 1, pdf.numPages)}
        </span>
        <ActionButton
          look="quiet"
          icon="chevronRight"
          isDisabled={inView >= pdf.numPages - 1}
          onPress={() => move('next')}
          iconOnly
        >
          {pdfWords.next}
        </ActionButton>
        <span className={styles.space} />
        <ActionButton
          look="quiet"
          icon="minus"
          iconOnly
          isDisabled={zoom === zooms[0]}
          onPress={() => move('smaller')}
        >
          {pdfWords.zoomOut}
        </ActionButton>
        <ActionButton look="quiet" icon="fit" iconOnly onPress={() => move('fit')}>
          {pdfWords.fit}
        </ActionButton>
        <ActionButton
          look="quiet"
          icon="plus"
          iconOnly
          isDisabled={zoom === zooms.at(-1)}
          onPress={() => move('larger')}
        >
          {pdfWords.zoomIn}
        </ActionButton>
      </div>
      <section
        ref={scroller}
        className={styles.scroller}
        data-region
        aria-label={pdfWords.region}
        onKeyDown={onKeyDown}
      >
        <div
          className={styles.column}
          style={{ height: last ? last.top + last.height : 0, width: last ? last.width : 0 }}
        >
          {livePages(inView, places.length).map((index) => {
            const place = places[index];
            return (
              place && (
                <PdfPage
                  key={index}
                  pdf={pdf}
                  index={index}
                  place={place}
                  warning={pageWarning(findings, index + 1)}
                  onSize={onSize}
                  onDrawn={onDrawn}
                />
              )
            );
          })}
        </div>
      </section>
    </div>
  );
}
