import type { Asn1 } from '../asn1/element.ts';
import { type Certificate, isSelfIssued } from './certificate.ts';
import { namePart } from './name.ts';

/**
 * Name constraints (RFC 5280, 4.2.1.10). Directory names are compared; a constraint on another kind of name (mail, host,
 * address) isn't evaluated, so a certificate that bears such a name is refused under it rather than waved through.
 */

const directoryName = 0xa4;
const mailName = 0x81;

interface Constraints {
  readonly permitted: readonly Asn1[];
  readonly excluded: readonly Asn1[];
}

/** Whether `certificate` keeps within what the authority above it was limited to. */
export function withinConstraints(constraints: Asn1, certificate: Certificate, isLeaf: boolean): boolean {
  if (isSelfIssued(certificate) && !isLeaf) return true;
  const { permitted, excluded } = read(constraints);
  const others = [...permitted, ...excluded].filter((base) => base.tag !== directoryName);
  const kinds = new Set(others.map((base) => base.tag));
  if (certificate.alternativeNames.some((name) => kinds.has(name.tag))) return false;
  if (kinds.has(mailName) && namePart(certificate.subject, 'E') !== '') return false;
  const names = [certificate.subject, ...certificate.alternativeNames.filter(isDirectoryName).map(explicit)];
  const allowed = permitted.filter(isDirectoryName).map(explicit);
  const forbidden = excluded.filter(isDirectoryName).map(explicit);
  return names
    .filter((name) => name.children().length > 0)
    .every(
      (name) =>
        (allowed.length === 0 || allowed.some((base) => isWithin(name, base))) &&
        !forbidden.some((base) => isWithin(name, base)),
    );
}

function read(constraints: Asn1): Constraints {
  const trees = (kind: number) =>
    constraints
      .sequence()
      .filter((part) => part.tag === kind)
      .flatMap((part) => part.children())
      .flatMap((subtree) => subtree.sequence().slice(0, 1));
  return { permitted: trees(0xa0), excluded: trees(0xa1) };
}

function isDirectoryName(name: Asn1): boolean {
  return name.tag === directoryName;
}

/** A directoryName is tagged explicitly, since Name is a CHOICE. */
function explicit(name: Asn1): Asn1 {
  return name.children()[0] ?? name;
}

/** Within a subtree: the base's relative names are the first ones of the name. */
function isWithin(name: Asn1, base: Asn1): boolean {
  const own = name.children();
  return base
    .children()
    .every((part, index) => own[index] !== undefined && Buffer.compare(part.bytes, own[index].bytes) === 0);
}
