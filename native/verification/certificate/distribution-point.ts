import { type Asn1, MalformedAsn1 } from '../../asn1/element.ts';
import { text } from '../../asn1/value.ts';
import { directoryName, generalNameKey, generalNameTag } from './general-name.ts';
import { nameKey, relativeNameKey } from './name.ts';

/** Where a list lies that names the certificate if it is revoked (RFC 5280, 4.2.1.13). */
export interface DistributionPoint {
  readonly name: PointName | null;
  /** The reasons that its list covers, by ReasonFlags' bits; all of them where it doesn't say. */
  readonly reasons: number;
  /** Keys of the names of whoever issues the list; null: the certificate's own issuer. */
  readonly issuerKeys: readonly string[] | null;
  readonly urls: readonly string[];
}

/** The name of a point: in full, or as what is to be put behind the list issuer's name. */
export interface PointName {
  /** Keys of the names, any of which may fit. */
  readonly keys: readonly string[];
  readonly relativeKey: string | null;
}

/** ReasonFlags without the unused first bit: keyCompromise (1) to aACompromise (8). */
export const allReasons = 0x1fe;
const maxPoints = 16;

export function readDistributionPoints(element: Asn1 | undefined): DistributionPoint[] {
  return (element?.sequence() ?? []).slice(0, maxPoints).map((point) => {
    const parts = point.sequence();
    const part = (tag: number) => parts.find((each) => each.tag === tag);
    const [name, reasons, issuer] = [part(0xa0), part(0x81), part(0xa2)];
    return {
      name: name ? readPointName(name) : null,
      reasons: reasons ? reasonMask(reasons) : allReasons,
      issuerKeys: issuer
        ? issuer
            .children()
            .filter(({ tag }) => tag === generalNameTag.directory)
            .map((each) => nameKey(directoryName(each)))
        : null,
      urls: name ? urlsOf(name) : [],
    };
  });
}

/** A DistributionPointName, under the tag of whatever holds it. */
export function readPointName(wrapper: Asn1): PointName {
  const choice = wrapper.children()[0];
  if (choice?.tag === 0xa0) return { keys: choice.children().map(generalNameKey), relativeKey: null };
  if (choice?.tag === 0xa1) return { keys: [], relativeKey: relativeNameKey(choice) };
  throw new MalformedAsn1('distribution point');
}

function urlsOf(wrapper: Asn1): string[] {
  const names = wrapper.children().flatMap((part) => (part.tag === 0xa0 ? part.children() : []));
  return names.filter(({ tag }) => tag === generalNameTag.uri).map(text);
}

/** Bits of a ReasonFlags under an implicit tag. */
export function reasonMask(element: Asn1): number {
  const [, first = 0, second = 0] = element.content;
  let mask = 0;
  for (let bit = 1; bit <= 8; bit++) {
    const octet = bit < 8 ? first : second;
    if ((octet & (0x80 >> (bit & 7))) !== 0) mask |= 1 << bit;
  }
  return mask;
}
