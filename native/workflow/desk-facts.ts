import type { OutboxEntry } from '../../contract/desktop.ts';
import type { DocumentFile, OfficialDocument } from '../../contract/document.ts';
import type { FileDigest } from '../../contract/identity.ts';

/** An act of this desk that isn't confirmed, as far as the workflow asks. */
export type OpenAct = Pick<OutboxEntry, 'act' | 'state'> & { readonly documentVersion: number };

/** A signature made here, as far as the workflow asks. */
export interface SignedHere {
  readonly purpose: 'approval' | 'seal';
  readonly sourceDigest: FileDigest;
  readonly digest: FileDigest;
  readonly bytes: number;
  readonly name: string;
}

/** What this desk knows of one document beyond the server. */
export interface DeskFacts {
  /** Acts that aren't confirmed, oldest first. */
  readonly open: readonly OpenAct[];
  /** Signatures that stand, oldest first. */
  readonly signed: readonly SignedHere[];
}

/**
 * The file that is signed and sealed; the contract promises at least one file, the main one first where none is
 * marked.
 */
export function mainFile(document: OfficialDocument): DocumentFile | null {
  return document.files.find((file) => file.part === 'main') ?? document.files[0] ?? null;
}

/** The signature of this purpose that was made here on the document's very content as it stands. */
export function signedHere(
  document: OfficialDocument,
  facts: DeskFacts,
  purpose: SignedHere['purpose'],
): SignedHere | null {
  const digest = mainFile(document)?.digest;
  return facts.signed.find((file) => file.purpose === purpose && file.sourceDigest === digest) ?? null;
}

/**
 * The main file as it stands at this desk: with the signature made here, perhaps not yet sent. What was given back goes back as
 * the server has it: a seal put on it here was never sent, and means nothing.
 */
export function fileAtDesk(document: OfficialDocument, facts: DeskFacts): DocumentFile | null {
  const main = mainFile(document);
  if (main === null) return null;
  if (document.state === 'returned') return main;
  const signed = signedHere(document, facts, 'seal') ?? signedHere(document, facts, 'approval');
  if (signed === null) return main;
  return { digest: signed.digest, name: signed.name, bytes: signed.bytes, part: 'main' };
}

/**
 * An act that the server hasn't refused and may yet do. While there is one, the document asks nobody here for
 * anything.
 */
export function onItsWay(facts: DeskFacts): OpenAct | null {
  return facts.open.findLast((act) => act.state !== 'needsAttention') ?? null;
}

/**
 * The newest act that isn't confirmed. One that was refused on an older version is history: the document has gone on
 * without it.
 */
export function pendingAct<A extends OpenAct>(document: OfficialDocument, open: readonly A[]): A | null {
  return (
    open.findLast((act) => act.state !== 'needsAttention' || act.documentVersion >= document.version) ?? null
  );
}
