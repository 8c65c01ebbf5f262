import type { Random } from '../../random.ts';
import type { Paper } from '../paper/paper.ts';
import { annotationMutations } from './annotation.ts';
import { contentMutations } from './content.ts';
import { fontMutations } from './font.ts';
import { formMutations } from './form.ts';
import { imageMutations } from './image.ts';
import { layerMutations } from './layer.ts';
import type { Mutation } from './mutation.ts';
import { pageMutations } from './page.ts';
import { streamMutations } from './stream.ts';
import { tokenMutations } from './token.ts';

/** Kinds of changes; each kind is as likely as another, however many it has. */
const kinds: readonly Readonly<Record<string, Mutation>>[] = [
  ...[tokenMutations, pageMutations, contentMutations, fontMutations, streamMutations],
  ...[annotationMutations, formMutations, layerMutations, imageMutations],
];

/** Changes a paper in one way. Returns the change's name. */
export function mutate(paper: Paper, random: Random): string {
  const [name, mutation] = random.pick(Object.entries(random.pick(kinds)));
  mutation(paper, random);
  return name;
}
