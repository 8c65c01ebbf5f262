import { useEffect, useRef } from 'react';
import type { PDFDocumentProxy } from './engine.ts';
import styles from './PagePicture.module.css';
import { canvasScale } from './page-layout.ts';

interface PagePictureProps {
  pdf: PDFDocumentProxy;
  /** From 1. */
  page: number;
  /** The page as it is seen, in millimetres. */
  onSize(size: { width: number; height: number }): void;
  /** Whether it is drawn, or why it can't be; must stay the same. */
  onDrawn?: (page: number, failure: unknown) => void;
}

const mmPerPoint = 25.4 / 72;

/** One page as a picture, as wide as the place it is put in; what it says is told elsewhere. */
export function PagePicture({ pdf, page: number, onSize, onDrawn }: PagePictureProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = canvasRef.current;
    if (!canvas) return undefined;
    let stop = (): void => undefined;
    let stopped = false;
    const draw = async () => {
      const page = await pdf.getPage(number);
      if (stopped) return;
      const natural = page.getViewport({ scale: 1 });
      onSize({ width: natural.width * mmPerPoint, height: natural.height * mmPerPoint });
      const shown = canvas.getBoundingClientRect().width || natural.width;
      const viewport = page.getViewport({ scale: shown / natural.width });
      const scale = canvasScale(viewport.width, viewport.height, window.devicePixelRatio);
      canvas.width = Math.floor(viewport.width * scale);
      canvas.height = Math.floor(viewport.height * scale);
      const drawing = page.render({ canvas, viewport, transform: [scale, 0, 0, scale, 0, 0] });
      stop = () => {
        drawing.cancel();
        page.cleanup();
      };
      await drawing.promise;
      canvas.dataset['drawn'] = 'true';
      onDrawn?.(number, null);
    };
    draw().catch((error: unknown) => {
      if (stopped) return;
      console.warn('page not drawn', number, error instanceof Error ? error.name : '');
      onDrawn?.(number, error);
    });
    return () => {
      stopped = true;
      stop();
      delete canvas.dataset['drawn'];
    };
  }, [pdf, number, onSize, onDrawn]);
  return <canvas ref={canvasRef} className={styles.picture} />;
}
