import { AppError } from '../../contract/failure.ts';
import type { PdfRef } from '../pdf/object.ts';
import { type Page, rectangle } from '../pdf/page.ts';
import { type BoxMm, toShown, toUserSpace } from '../pdf/page-geometry.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';
import { type Canvas, drawing, type Mark } from './appearance.ts';
import { addFields, fillSignature, findField, freeFieldName } from './field.ts';
import { PageFinder } from './page-finder.ts';
import { widgetOf } from './widget.ts';

/** What a stamp needs to know and do: the revision under way and the signature dictionary that it is to show. */
export interface StampContext {
  readonly writer: RevisionWriter;
  readonly signature: PdfRef;
  readonly signerName: string;
  /** The organisations that the signer's certificate names: a leader's agency among them. */
  readonly organisations: readonly string[];
  readonly signedAt: Date;
  /** Told where the signature was put, for whoever asks before anybody signs. */
  readonly onPlaced?: (spot: PlannedSpot) => void;
}

/** What has to be known to find a signature's place. */
export type PlaceContext = Pick<StampContext, 'writer' | 'signerName'>;

/** Where something stands: a page and the box as a person sees it. */
export interface Spot {
  readonly page: Page;
  readonly box: BoxMm;
}

/** Where to draw what is to stand there. */
export function canvasOn({ writer }: StampContext, { page, box }: Spot): Canvas {
  return { writer, page, size: box };
}

/** The place that an empty signature field of that name already has on a page; null where there is none to be seen. */
export function emptyFieldSpot(
  { writer }: Pick<StampContext, 'writer'>,
  finder: PageFinder,
  name: string,
): Spot | null {
  const field = findField(writer, name);
  if (field?.type !== 'Sig' || field.value !== null) return null;
  const widget = widgetOf(writer.document, field);
  const area = widget && rectangle(writer.document, widget.dict.get('Rect'));
  const page = widget && area && finder.pageOf(widget);
  return page && area ? { page, box: toShown(page, area) } : null;
}

/** Where a signature will stand. `isFixed`: in a field that waits for it on the page, which can't be moved any more. */
export interface PlannedSpot extends Spot {
  readonly isFixed: boolean;
}

/** In the empty field of that name where there is one, else where `otherwise` says. */
export function plannedSpot(
  context: Pick<StampContext, 'writer'>,
  finder: PageFinder,
  name: string,
  otherwise: () => Spot,
): PlannedSpot {
  const waiting = emptyFieldSpot(context, finder, name);
  return waiting ? { ...waiting, isFixed: true } : { ...otherwise(), isFixed: false };
}

/** The signature's field: its name and whether the caller asked for this very one; `label` is what readers call it. */
export interface SignatureField {
  readonly name: string;
  readonly isGiven: boolean;
  readonly label: string;
}

/**
 * Puts the signature, drawn as these marks, into the empty field of that name, or a new one. Returns the field's
 * name.
 */
export function placeSignature(
  context: StampContext,
  field: SignatureField,
  spot: Spot,
  marks: readonly Mark[],
): string {
  const { page, box } = spot;
  context.onPlaced?.({
    ...spot,
    isFixed: emptyFieldSpot(context, new PageFinder(context.writer.document), field.name) !== null,
  });
  const appearance = drawing(canvasOn(context, spot), marks);
  return put(context, field, page, { rectangle: toUserSpace(page, box), appearance });
}

/** As `placeSignature`, of no size and not to be seen (ISO 32000-2, 12.7.5.5). */
export function placeInvisible(context: StampContext, field: SignatureField, page: Page): string {
  return put(context, field, page, { rectangle: [0, 0, 0, 0], appearance: null });
}

function put(
  { writer, signature }: StampContext,
  { name, isGiven, label }: SignatureField,
  page: Page,
  shown: Pick<Parameters<typeof addFields>[1][number], 'rectangle' | 'appearance'>,
): string {
  const existing = findField(writer, name);
  if (existing && existing.type === 'Sig' && existing.value === null) {
    fillSignature(writer, existing, signature, shown.appearance);
    return existing.name;
  }
  if (existing && isGiven)
    throw new AppError(existing.type === 'Sig' ? 'pdf-field-signed' : 'pdf-field-missing', { field: name });
  const free = freeFieldName(writer, name);
  addFields(writer, [{ ...shown, type: 'Sig', name: free, page, label, value: signature }]);
  return free;
}
