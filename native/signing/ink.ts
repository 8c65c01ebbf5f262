import { deflatedSrgbProfile } from '../pdf/colour/srgb-profile.ts';
import { deflated } from '../pdf/font/embedded-font.ts';
import { PdfName, type PdfObject } from '../pdf/object.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';

/**
 * What stamps are drawn with: black text (NĐ 30/2020 PL I, II.8.b), red for what a rubber stamp prints, blue for what a
 * hand writes.
 */
export type Ink = 'black' | 'red' | 'blue';

const components: Readonly<Record<Ink, string>> = {
  black: '0 0 0',
  red: '0.78 0.08 0.1',
  blue: '0.07 0.2 0.6',
};

/** The name under which an appearance's resources have the colour space. */
const spaceName = 'Colour';

/** Operators that fill and stroke with an ink from now on. */
export function inkOperators(ink: Ink): string {
  return `/${spaceName} cs ${components[ink]} sc /${spaceName} CS ${components[ink]} SC`;
}

const profiles = new WeakMap<RevisionWriter, PdfObject>();

/**
 * sRGB by its profile: a device colour is allowed in PDF/A only beside an output intent that fits it (ISO 19005-2,
 * 6.2.4.3), which a file may have or not. One profile a revision.
 */
export function colourSpace(writer: RevisionWriter): PdfObject {
  const known = profiles.get(writer);
  if (known) return known;
  const profile = writer.add(deflated(deflatedSrgbProfile(), { N: 3 }));
  const space = writer.add([new PdfName('ICCBased'), profile]);
  profiles.set(writer, space);
  return space;
}

/** The entry of an appearance's resources that its ink operators need. */
export function colourResources(writer: RevisionWriter): Record<string, PdfObject> {
  return { [spaceName]: colourSpace(writer) };
}
