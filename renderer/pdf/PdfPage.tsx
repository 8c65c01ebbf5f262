import { useEffect, useRef } from 'react';
import { pdfWords } from '../words/screens.ts';
import { type PDFDocumentProxy, TextLayer } from './engine.ts';
import styles from './PdfPage.module.css';
import { canvasScale, type PagePlace, type PageSize } from './page-layout.ts';

interface PdfPageProps {
  pdf: PDFDocumentProxy;
  /** From 0. */
  index: number;
  place: PagePlace;
  /** What about the page isn't to be believed, over it; null where there is nothing. */
  warning: string | null;
  /** The page's true size, once it is known. */
  onSize(index: number, size: PageSize): void;
  /** It stands there, for whoever reads. */
  onDrawn(): void;
}

/** One page, drawn while it is in view or next to it: a canvas, and its text above for selection and screen readers. */
export function PdfPage({ pdf, index, place, warning, onSize, onDrawn }: PdfPageProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const textRef = useRef<HTMLDivElement>(null);
  const { width } = place;

  useEffect(() => {
    const canvas = canvasRef.current;
    const text = textRef.current;
    if (!canvas || !text) return undefined;
    let stop = (): void => undefined;
    let stopped = false;
    const draw = async () => {
      const page = await pdf.getPage(index + 1);
      if (stopped) return;
      const natural = page.getViewport({ scale: 1 });
      onSize(index, { width: natural.width, height: natural.height });
      const viewport = page.getViewport({ scale: width / natural.width });
      const scale = canvasScale(viewport.width, viewport.height, window.devicePixelRatio);
      canvas.width = Math.floor(viewport.width * scale);
      canvas.height = Math.floor(viewport.height * scale);
      const drawing = page.render({ canvas, viewport, transform: [scale, 0, 0, scale, 0, 0] });
      const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
      stop = () => {
        drawing.cancel();
        layer.cancel();
        page.cleanup();
      };
      text.replaceChildren();
      text.style.setProperty('--total-scale-factor', String(viewport.scale));
      await Promise.all([drawing.promise, layer.render()]);
      if (stopped) return;
      onDrawn();
      // A page under way is white and looks like an empty one; whoever takes a picture waits for this.
      canvas.dataset['drawn'] = 'true';
    };
    draw().catch((error: unknown) => {
      // Scrolling away cancels a drawing; anything else leaves the page white, which PDF.js has reported to the
      // console.
      if (!stopped) console.warn('page not drawn', index + 1, error instanceof Error ? error.name : '');
    });
    return () => {
      stopped = true;
      stop();
      delete canvas.dataset['drawn'];
      // Gives the canvas' memory back at once instead of at the next collection.
      canvas.width = 0;
      canvas.height = 0;
    };
  }, [pdf, index, width, onSize, onDrawn]);

  return (
    <section
      className={styles.page}
      aria-label={pdfWords.pageLabel(index + 1)}
      style={{ top: place.top, width: place.width, height: place.height }}
    >
      <canvas ref={canvasRef} className={styles.canvas} />
      {warning !== null && (
        <p className={styles.warning} role="note">
          {warning}
        </p>
      )}
      <div ref={textRef} className={`${styles.text} textLayer`} />
    </section>
  );
}
