import type { X509Certificate } from 'node:crypto';
import { pages } from '../pdf/page.ts';
import { type BoxMm, shownSize } from '../pdf/page-geometry.ts';
import { RevisionWriter } from '../pdf/revision-writer.ts';
import { approvalSpot } from './approval-stamp.ts';
import { type LayoutRequest, withDocument } from './layout.ts';
import { PageFinder } from './page-finder.ts';
import type { PageSize } from './placement.ts';
import { sealSpot } from './seal-stamp.ts';
import { withField } from './signature-field.ts';
import type { ApprovalStamp, SealStamp } from './stamp.ts';
import { commonName } from './subject.ts';

export interface PlaceRequest extends Pick<LayoutRequest, 'source' | 'password'> {
  readonly stamp: ApprovalStamp | SealStamp;
  readonly certificate: X509Certificate;
}

/** Where a stamp will stand, as a person sees the page; lengths in millimetres from its top left corner. */
export interface PlannedPlace {
  /** From 1. */
  readonly page: number;
  readonly box: BoxMm;
  readonly pageSize: PageSize;
  /** A field waits for it there: nobody can move it any more. */
  readonly isFixed: boolean;
}

/** Finds a stamp's place and writes nothing. Throws what `readAndLayOut` throws of reading and of fields. */
export function plannedPlace({ stamp, certificate, ...file }: PlaceRequest): PlannedPlace {
  return withDocument(file, (document) => {
    const wanted = withField(document, stamp, { certificate, chain: [] });
    const context = { writer: new RevisionWriter(document), signerName: commonName(certificate) };
    const finder = new PageFinder(document);
    const { page, box, isFixed } =
      wanted.kind === 'seal' ? sealSpot(context, finder, wanted) : approvalSpot(context, finder, wanted);
    let number = 0;
    for (const each of pages(document)) {
      number += 1;
      if (each.ref.number === page.ref.number) break;
    }
    return { page: number, box, pageSize: shownSize(page), isFixed };
  });
}

/** The page as a person sees it, from 1. Throws `pdf-page-missing`, and as reading does. */
export function pageSizeOf(source: string, page: number): PageSize {
  return withDocument({ source }, (document) => shownSize(new PageFinder(document).page(page)));
}
