import type { Random } from '../../random.ts';
import type { Paper } from '../paper/paper.ts';

/** One change to a document, of a kind that has a name; where it finds nothing to change, it changes nothing. */
export type Mutation = (paper: Paper, random: Random) => void;

/** Numbers of the streams that pages name as their content. */
export function contentsOf(paper: Paper): number[] {
  return paper.pages.flatMap((page) => {
    const named = /\/Contents \[?([\d R]+)/.exec(paper.get(page))?.[1] ?? '';
    return [...named.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number));
  });
}
