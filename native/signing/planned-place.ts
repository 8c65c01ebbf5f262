import type { X509Certificate } from 'node:crypto';
import { pages } from '../pdf/page.ts';
import { type BoxMm, shownSize } from '../pdf/page-geometry.ts';
import { RevisionWriter } from '../pdf/revision-writer.ts';
import { applyStamp } from './apply-stamp.ts';
import { approvalSpot } from './approval-stamp.ts';
import { type LayoutRequest, withDocument } from './layout.ts';
import { PageFinder } from './page-finder.ts';
import type { PageSize } from './placement.ts';
import { withinPage } from './placement.ts';
import { sealSpot } from './seal-stamp.ts';
import { withField } from './signature-field.ts';
import type { Stamp } from './stamp.ts';
import type { PlannedSpot } from './stamp-placer.ts';
import { commonName, organisationsOf } from './subject.ts';

export interface PlaceRequest extends Pick<LayoutRequest, 'source' | 'password'> {
  readonly stamp: Stamp;
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
    const { page, box, isFixed } = spotOf(context, finder, wanted, certificate);
    let number = 0;
    for (const each of pages(document)) {
      number += 1;
      if (each.ref.number === page.ref.number) break;
    }
    return { page: number, box, pageSize: shownSize(page), isFixed };
  });
}

function spotOf(
  context: { readonly writer: RevisionWriter; readonly signerName: string },
  finder: PageFinder,
  stamp: Stamp,
  certificate: X509Certificate,
): PlannedSpot {
  if (stamp.kind === 'seal') return sealSpot(context, finder, stamp);
  if (stamp.kind === 'approval') return approvalSpot(context, finder, stamp);
  const placed: PlannedSpot[] = [];
  const whole = {
    ...{ ...context, signature: context.writer.reserve(), organisations: organisationsOf(certificate) },
    ...{ signedAt: new Date(), onPlaced: (spot: PlannedSpot) => placed.push(spot) },
  };
  // Put on a revision that is thrown away: the stamp itself says where it stands.
  applyStamp(whole, stamp);
  return placed[0] ?? { ...plainSpot(finder), isFixed: false };
}

/** For a signature that no rule gives a place: at the foot of the last page, where nothing else stands. */
function plainSpot(finder: PageFinder): Omit<PlannedSpot, 'isFixed'> {
  const page = finder.last;
  const size = shownSize(page);
  const foot = { x: size.width - plain.right - plain.width, y: size.height - plain.bottom - plain.height };
  const box = withinPage({ ...foot, width: plain.width, height: plain.height }, size);
  return { page, box: finder.freeSpace(page).nearest(box, box) ?? box };
}

/** Millimetres. */
const plain = { width: 62, height: 16, right: 20, bottom: 20 };

/** The page as a person sees it, from 1. Throws `pdf-page-missing`, and as reading does. */
export function pageSizeOf(source: string, page: number): PageSize {
  return withDocument({ source }, (document) => shownSize(new PageFinder(document).page(page)));
}
