import { AppError } from '../../contract/failure.ts';
import type { Page } from '../pdf/page.ts';
import { type BoxMm, shownSize } from '../pdf/page-geometry.ts';
import type { Mark } from './appearance.ts';
import { PageFinder } from './page-finder.ts';
import { withinPage } from './placement.ts';
import type { WantedPlace } from './stamp.ts';
import {
  emptyFieldSpot,
  placeSignature,
  type SignatureField,
  type Spot,
  type StampContext,
} from './stamp-placer.ts';

/** What a stamp shows, in millimetres from its own top left corner. */
export interface Sheet {
  readonly size: { readonly width: number; readonly height: number };
  readonly marks: readonly Mark[];
}

/** A kind of stamp that looks for free room on the page. */
export interface RoomSeeker {
  /** The field's name where the caller gives none, and what readers call it. */
  readonly field: Omit<SignatureField, 'isGiven'>;
  readonly wanted: WantedPlace;
  /** The page where the caller gives none. */
  page(finder: PageFinder): Page;
  /** What to show in a box that is given. */
  fitted(box: BoxMm): Sheet;
  /** What to show where there is a choice, best first, each with the place of its top left corner that the rules name. */
  choices(
    page: Page,
    finder: PageFinder,
  ): Iterable<{ sheet: Sheet; near: { x: number; y: number }; reach?: number }>;
}

/**
 * Puts a stamp where the caller or an empty field has it, else where the page is free, nearest to the place of the rules.
 * It never covers what stands on the page: throws `stamp-room-missing` where no choice finds room. Of a scan nobody can
 * tell what is free, so that its whole page counts as paper.
 */
export function applySheet(context: StampContext, seeker: RoomSeeker): string {
  const { wanted } = seeker;
  const finder = new PageFinder(context.writer.document);
  const field = {
    ...seeker.field,
    name: wanted.field ?? seeker.field.name,
    isGiven: wanted.field !== undefined,
  };
  const given = emptyFieldSpot(context, finder, field.name) ?? givenSpot(finder, seeker);
  const { spot, marks } = given ? fittedInto(seeker, given) : freeSpot(finder, seeker);
  return placeSignature(context, field, spot, marks);
}

function pageOf(finder: PageFinder, { wanted, page }: RoomSeeker): Page {
  return wanted.page === undefined ? page(finder) : finder.page(wanted.page);
}

function givenSpot(finder: PageFinder, seeker: RoomSeeker): Spot | null {
  const { box } = seeker.wanted;
  return box ? { page: pageOf(finder, seeker), box } : null;
}

interface Found {
  readonly spot: Spot;
  readonly marks: readonly Mark[];
}

function fittedInto(seeker: RoomSeeker, spot: Spot): Found {
  return { spot, marks: seeker.fitted(spot.box).marks };
}

function freeSpot(finder: PageFinder, seeker: RoomSeeker): Found {
  const page = pageOf(finder, seeker);
  const free = finder.freeSpace(page);
  const shown = shownSize(page);
  for (const { sheet, near, reach } of seeker.choices(page, finder)) {
    const wished = withinPage({ ...near, ...sheet.size }, shown);
    // A page smaller than the stamp: there is another choice, or no room.
    if (wished.width < sheet.size.width || wished.height < sheet.size.height) continue;
    const box = free.nearest(sheet.size, wished, reach);
    if (box) return { spot: { page, box }, marks: sheet.marks };
  }
  throw new AppError('stamp-room-missing', {});
}
