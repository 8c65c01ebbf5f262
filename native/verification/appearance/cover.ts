import type { Rectangle } from '../../pdf/page.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';
import type { PageWords } from './page-words.ts';
import type { Paint } from './painter.ts';
import type { Painted } from './widget-appearance.ts';

/**
 * Places in a character that are asked about: three by three, and so many of them hidden hide it. A bar over the lower two thirds of a
 * line hides six of each.
 */
const places = [0.2, 0.5, 0.8] as const;
const hiddenPlaces = 5;
/** What shines through less than this is gone. */
const visible = 0.4;
/** Half a second of points against lines, for all that a file's later parts paint. */
const workLimit = 30_000_000;

/** What a file's comparisons may spend on asking what hides what. */
export function coveringWork(): WorkBudget {
  return new WorkBudget(workLimit);
}

/**
 * The characters of a page's text, by their place in the list, that something painted over them hides: white boxes, photographs,
 * thick strokes. Throws `pdf-too-complex`.
 */
export function hiddenWords(
  painted: Painted | null,
  words: readonly Rectangle[],
  work = coveringWork(),
): Set<number> {
  const hidden = new Set<number>();
  if (!painted || painted.paints.length === 0) return hidden;
  words.forEach((word, index) => {
    if (!overlap(word, painted.rect)) return;
    const near = painted.paints.filter(({ bounds }) => bounds === null || overlap(word, bounds));
    const cost = near.reduce((sum, paint) => sum + paint.cost, 0);
    work.spend(painted.paints.length + cost * places.length ** 2);
    if (isHidden(near, word)) hidden.add(index);
  });
  return hidden;
}

function isHidden(paints: readonly Paint[], [left, bottom, right, top]: Rectangle): boolean {
  let count = 0;
  for (const across of places) {
    for (const up of places) {
      const point = { x: left + across * (right - left), y: bottom + up * (top - bottom) };
      let shining = 1;
      for (const paint of paints) shining *= 1 - paint.opacityAt(point);
      if (shining < visible) count++;
    }
  }
  return count >= hiddenPlaces;
}

function hides({ density }: Paint): boolean {
  return 1 - density < visible;
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

/** Whether one state of a widget hides other words of its page than another state did; null states hide none. */
export function hidesOthers(
  before: Painted | null,
  after: Painted | null,
  words: PageWords,
  work?: WorkBudget,
): boolean {
  // Words that can't be read might stand anywhere: then nothing may be painted that hides any by itself.
  if (words === null) return [before, after].some((painted) => painted?.paints.some(hides));
  const [old, now] = [hiddenWords(before, words, work), hiddenWords(after, words, work)];
  return old.size !== now.size || [...now].some((index) => !old.has(index));
}
