import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { DocumentFile } from '../../contract/document.ts';
import type { PlannedPlace, StampPlace } from '../../contract/stamp-place.ts';
import { PagePicture } from '../pdf/PagePicture.tsx';
import { usePdf } from '../pdf/use-pdf.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { placeWords } from '../words/place.ts';
import { pdfWords } from '../words/screens.ts';
import styles from './PlacePicker.module.css';
import { type Box, boxOfKey, fitted, moved, resized, type Size } from './stamp-box.ts';

interface PlacePickerProps {
  file: DocumentFile;
  planned: PlannedPlace;
  /** Null: where the rules put it. */
  chosen: StampPlace | null;
  onChoose(place: StampPlace | null): void;
  /** Id of the sentence that says how it is moved. */
  hintId: string;
}

/** The page with the signature's box, to be moved and resized by mouse or keyboard. */
export default function PlacePicker({ file, planned, chosen, onChoose, hintId }: PlacePickerProps) {
  const pdf = usePdf(file);
  const [size, setSize] = useState<Size>(planned.pageSize);
  const { page, box } = chosen ?? planned;
  const pages = pdf?.numPages ?? planned.page;
  const turnTo = (next: number) => onChoose(next === planned.page ? null : { page: next, box });
  return (
    <section className={styles.picker} aria-label={placeWords.region}>
      <div className={styles.tools}>
        {!planned.isFixed && (
          <ActionButton
            look="quiet"
            icon="chevronLeft"
            iconOnly
            isDisabled={page <= 1}
            onPress={() => turnTo(page - 1)}
          >
            {pdfWords.previous}
          </ActionButton>
        )}
        <span>{pdfWords.pageOf(page, pages)}</span>
        {!planned.isFixed && (
          <ActionButton
            look="quiet"
            icon="chevronRight"
            iconOnly
            isDisabled={page >= pages}
            onPress={() => turnTo(page + 1)}
          >
            {pdfWords.next}
          </ActionButton>
        )}
      </div>
      <div className={styles.page} data-sheet style={{ aspectRatio: `${size.width} / ${size.height}` }}>
        {pdf && <PagePicture pdf={pdf} page={page} onSize={setSize} />}
        <StampBox
          box={fitted(box, size)}
          page={size}
          label={`${placeWords.box}. ${placeWords.at({ page, box })}`}
          isFixed={planned.isFixed}
          isOwn={chosen !== null}
          onChange={(next) => onChoose({ page, box: next })}
          onReset={() => onChoose(null)}
          hintId={hintId}
        />
      </div>
    </section>
  );
}

interface StampBoxProps {
  box: Box;
  page: Size;
  label: string;
  isFixed: boolean;
  isOwn: boolean;
  onChange(box: Box): void;
  onReset(): void;
  /** Id of the sentence that says how it is moved. */
  hintId: string;
}

function StampBox({ box, page, label, isFixed, isOwn, onChange, onReset, hintId }: StampBoxProps) {
  const drag = useRef<{ x: number; y: number; box: Box; resizes: boolean } | null>(null);
  const percent = (length: number, whole: number) => `${(100 * length) / whole}%`;
  const place = {
    left: percent(box.x, page.width),
    top: percent(box.y, page.height),
    width: percent(box.width, page.width),
    height: percent(box.height, page.height),
  };
  if (isFixed) return <div role="img" aria-label={label} className={styles.box} style={place} data-fixed />;
  const begin = (event: PointerEvent<HTMLElement>, resizes: boolean) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, box, resizes };
  };
  const follow = (event: PointerEvent<HTMLElement>) => {
    const sheet = event.currentTarget.closest('[data-sheet]');
    if (!drag.current || !sheet) return;
    const mm = page.width / sheet.getBoundingClientRect().width;
    const [right, down] = [(event.clientX - drag.current.x) * mm, (event.clientY - drag.current.y) * mm];
    onChange((drag.current.resizes ? resized : moved)(drag.current.box, right, down, page));
  };
  const end = () => {
    drag.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      // Only where there is something to put back; otherwise it closes the dialog, as everywhere.
      if (!isOwn) return;
      event.stopPropagation();
      end();
      onReset();
      return;
    }
    const next = boxOfKey(event, box, page);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(next);
  };
  return (
    <button
      type="button"
      aria-label={label}
      aria-describedby={hintId}
      className={styles.box}
      style={place}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => begin(event, false)}
      onPointerMove={follow}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <span
        className={styles.corner}
        title={placeWords.corner}
        onPointerDown={(event) => begin(event, true)}
        onPointerMove={follow}
        onPointerUp={end}
        onPointerCancel={end}
      />
    </button>
  );
}
