import type { Agency } from '../../../contract/document.ts';
import { type BodyName, type BodyRelation, bodyName, nearest, relationOf } from './body-name.ts';

type Places = BodyName['places'];

/** What any name of an agency, its own or another that it bears, is to a name out of a certificate or a page. */
export function agencyRelation(agency: Agency, theirs: BodyName, around: Places): BodyRelation {
  const ours = agency.parent === undefined ? [] : bodyName(agency.parent).places;
  return nearest(
    [agency.name, ...(agency.aliases ?? [])].map((name) =>
      relationOf(bodyName(name), theirs, { ours, theirs: around }),
    ),
  );
}

/** Whether a name is that of the agency above. */
export function isParent({ parent }: Agency, theirs: BodyName, around: Places): boolean {
  if (parent === undefined) return false;
  return ['same', 'unplaced'].includes(relationOf(bodyName(parent), theirs, { ours: [], theirs: around }));
}
