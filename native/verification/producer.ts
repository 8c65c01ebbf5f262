import type { PdfDocument } from '../pdf/document.ts';
import { PdfDict, PdfString } from '../pdf/object.ts';
import { shown } from './shown.ts';

/** The program that a file says wrote it (ISO 32000-2, 14.3.3), as people may read it; empty where it names none. */
export function producerOf(document: PdfDocument): string {
  const information = document.resolve(document.trailer.get('Info'));
  const producer = information instanceof PdfDict ? document.resolve(information.get('Producer')) : null;
  return producer instanceof PdfString ? shown(producer.toText()) : '';
}
