import { AppError } from '../../contract/failure.ts';
import type { PdfRef } from '../pdf/object.ts';
import { type Page, type Rectangle, rectangle } from '../pdf/page.ts';
import { type BoxMm, shownSize, toShown, toUserSpace } from '../pdf/page-geometry.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';
import { addFields, fillSignature, findField, freeFieldName, type NewField } from './field.ts';
import type { PageFinder } from './page-finder.ts';
import { widgetOf } from './widget.ts';

/** What a stamp needs to know and do: the revision under way and the signature dictionary that it is to show. */
export interface StampContext {
  readonly writer: RevisionWriter;
  readonly signature: PdfRef;
  readonly signerName: string;
  readonly signedAt: Date;
}

/** Where something stands: a page and the box as a person sees it. */
export interface Spot {
  readonly page: Page;
  readonly box: BoxMm;
}

/** The box's rectangle and its size in user-space units as a person sees it. */
export function place(page: Page, box: BoxMm): { rectangle: Rectangle; width: number; height: number } {
  const rectangle = toUserSpace(page, box);
  const shown = shownSize(page);
  const unit =
    (page.rotation % 180 === 0 ? page.box[2] - page.box[0] : page.box[3] - page.box[1]) / shown.width;
  return { rectangle, width: box.width * unit, height: box.height * unit };
}

/** The place that an empty signature field of that name already has on a page; null where there is none to be seen. */
export function emptyFieldSpot({ writer }: StampContext, finder: PageFinder, name: string): Spot | null {
  const field = findField(writer, name);
  if (field?.type !== 'Sig' || field.value !== null) return null;
  const widget = widgetOf(writer.document, field);
  const area = widget && rectangle(writer.document, widget.dict.get('Rect'));
  const page = widget && area && finder.pageOf(widget);
  return page && area ? { page, box: toShown(page, area) } : null;
}

/** Puts the signature into the empty field of that name, or a new one. Returns the field's name. */
export function placeSignature(
  { writer, signature }: StampContext,
  wanted: { readonly name: string; readonly isGiven: boolean },
  field: Omit<NewField, 'type' | 'name' | 'value'>,
): string {
  const existing = findField(writer, wanted.name);
  if (existing && existing.type === 'Sig' && existing.value === null) {
    fillSignature(writer, existing, signature, field.appearance);
    return existing.name;
  }
  if (existing && wanted.isGiven) {
    throw new AppError(existing.type === 'Sig' ? 'pdf-field-signed' : 'pdf-field-missing', {
      field: wanted.name,
    });
  }
  const name = freeFieldName(writer, wanted.name);
  addFields(writer, [{ ...field, type: 'Sig', name, value: signature }]);
  return name;
}
