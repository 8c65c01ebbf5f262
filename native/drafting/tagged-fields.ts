import { PdfDict, PdfName, type PdfObject, PdfRef } from '../pdf/object.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';

/**
 * Names fields in the document's structure, so that a tagged file stays one for whoever has it read aloud: each a
 * Form element with the widget as its content (ISO 32000-2, 14.8.4.8.3), and the widget's way back by /StructParent.
 * A file without a structure stays without.
 */
export function tagFields(writer: RevisionWriter, fields: readonly PdfRef[]): void {
  const { document } = writer;
  const rootRef = document.catalog.get('StructTreeRoot');
  const root = document.dict(rootRef);
  if (!(rootRef instanceof PdfRef) || !root) return;
  const parentTree = document.dict(root.get('ParentTree')) ?? new PdfDict();
  let key = nextKey(writer, root, parentTree);
  const entries: PdfObject[] = [];
  const elements: PdfRef[] = [];
  const top = topElement(writer, rootRef, root);
  for (const field of fields) {
    const widget = writer.resolve(field);
    if (!(widget instanceof PdfDict)) continue;
    const page = widget.get('P');
    const element = writer.add(
      PdfDict.of({
        Type: new PdfName('StructElem'),
        S: new PdfName('Form'),
        P: top.ref,
        ...(page ? { Pg: page } : {}),
        K: PdfDict.of({ Type: new PdfName('OBJR'), Obj: field, ...(page ? { Pg: page } : {}) }),
        ...(widget.has('TU') ? { Alt: widget.get('TU') ?? null } : {}),
      }),
    );
    writer.set(field, widget.with({ StructParent: key }));
    entries.push(key, element);
    elements.push(element);
    key += 1;
  }
  const changed = withKids(writer, top.dict, elements);
  const tree = withNumbers(writer, parentTree, entries);
  const rootEntries = { ParentTree: tree, ParentTreeNextKey: key };
  if (top.ref.equals(rootRef)) writer.set(rootRef, changed.with(rootEntries));
  else {
    writer.set(top.ref, changed);
    writer.set(rootRef, root.with(rootEntries));
  }
}

/** The Document element that holds all others; the root itself where there is none. */
function topElement(writer: RevisionWriter, rootRef: PdfRef, root: PdfDict): { ref: PdfRef; dict: PdfDict } {
  const kids = root.get('K');
  const only = Array.isArray(kids) && kids.length === 1 ? kids[0] : kids;
  const dict = only instanceof PdfRef ? writer.document.dict(only) : null;
  return only instanceof PdfRef && dict ? { ref: only, dict } : { ref: rootRef, dict: root };
}

function withKids(writer: RevisionWriter, element: PdfDict, more: readonly PdfRef[]): PdfDict {
  const kids = element.get('K');
  const resolved = writer.resolve(kids);
  const before = Array.isArray(resolved) ? resolved : kids === undefined ? [] : [kids];
  return element.with({ K: [...before, ...more] });
}

/** A number tree of one level more: what was there, and a leaf of our keys, which are greater than all others. */
function withNumbers(writer: RevisionWriter, tree: PdfDict, entries: readonly PdfObject[]): PdfObject {
  const own = writer.add(PdfDict.of({ Nums: [...entries], Limits: limits(entries) }));
  const numbers = writer.document.array(tree.get('Nums'));
  if (numbers) {
    const old = writer.add(PdfDict.of({ Nums: [...numbers], Limits: limits(numbers) }));
    return writer.add(PdfDict.of({ Kids: numbers.length > 0 ? [old, own] : [own] }));
  }
  return writer.add(PdfDict.of({ Kids: [...(writer.document.array(tree.get('Kids')) ?? []), own] }));
}

function limits(entries: readonly PdfObject[]): PdfObject {
  return [entries[0] ?? 0, entries.at(-2) ?? 0];
}

function nextKey(writer: RevisionWriter, root: PdfDict, tree: PdfDict): number {
  const { document } = writer;
  const told = document.number(root.get('ParentTreeNextKey')) ?? 0;
  return Math.max(told, greatestKey(writer, tree) + 1);
}

function greatestKey({ document }: RevisionWriter, tree: PdfDict): number {
  const own = document.array(tree.get('Nums')) ?? [];
  const inKids = (document.array(tree.get('Kids')) ?? []).flatMap((kid) => {
    const [, last] = document.array(document.dict(kid)?.get('Limits')) ?? [];
    return [document.number(last) ?? -1];
  });
  return Math.max(-1, ...inKids, document.number(own.at(-2)) ?? -1);
}
