import type { ActiveKind, FileFinding, HiddenKind } from '../../../contract/file-finding.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, type PdfDict, PdfName, type PdfObject, type PdfStream } from '../../pdf/object.ts';
import { pages } from '../../pdf/page.ts';
import { shown } from '../shown.ts';
import { actionKind, opensWebPage } from './action.ts';
import { mediaAnnotations, subtypeOf, visibilityKind } from './annotation-visibility.ts';
import { Layers, textOf } from './layers.ts';

/** As many of one kind as are told: each is a sentence that somebody has to read. */
const mostOfKind = 8;
const mostOperations = 64;

/**
 * Gathers what runs, what is hidden and which files are inside: nothing of it closes signing, all of it is told. Each
 * kind once, with the first page on which it stands. Told of everything reachable, after the pages.
 */
export class ContentWatch {
  readonly #document: PdfDocument;
  readonly #layers: Layers;
  readonly #found = new Map<string, FileFinding>();
  readonly #counts = new Map<string, number>();

  constructor(document: PdfDocument) {
    this.#document = document;
    this.#layers = new Layers(document);
    this.#visitPages();
    this.#visitCatalog();
  }

  get findings(): FileFinding[] {
    return [...this.#found.values()];
  }

  onDictionary(dict: PdfDict, stream: PdfStream | null): void {
    const document = this.#document;
    const kind = actionKind(document, dict);
    if (kind) this.#runs(kind, null);
    if (dict.has('XFA') && document.resolve(dict.get('XFA')) !== null) this.#runs('xfa', null);
    if (dict.has('AA')) this.#visitTriggers(dict.get('AA'), null);
    if (dict.has('EF')) this.#holdsFile(dict);
    if (isName(dict.get('Type'), 'OCMD') && !this.#layers.isShown(dict)) this.#hides('layer-off', '', null);
    if (!stream) return;
    if (dict.has('F') || dict.has('Ref')) this.#hides('outside-content', '', null);
    if (dict.has('Alternates')) this.#hides('other-picture', '', null);
  }

  #visitPages(): void {
    const document = this.#document;
    let page = 0;
    for (const { dict } of pages(document)) {
      page++;
      if (dict.has('AA')) this.#visitTriggers(dict.get('AA'), page);
      for (const item of document.array(dict.get('Annots')) ?? []) {
        const annotation = document.dict(item);
        if (annotation) this.#visitAnnotation(annotation, page);
      }
    }
  }

  #visitAnnotation(annotation: PdfDict, page: number): void {
    const document = this.#document;
    if (mediaAnnotations.has(subtypeOf(document, annotation))) this.#runs('media', page);
    this.#visitAction(annotation.get('A'), page);
    this.#visitTriggers(annotation.get('AA'), page);
    const hidden = visibilityKind(document, annotation);
    if (hidden) this.#hides(hidden, textOf(document, annotation.get('T')), page);
  }

  #visitTriggers(value: PdfObject | undefined, page: number | null): void {
    for (const action of this.#document.dict(value)?.entries.values() ?? []) {
      if (opensWebPage(this.#document, this.#document.dict(action))) this.#runs('web', page);
      this.#visitAction(action, page);
    }
  }

  /** An action and those behind it (/Next), for the page's sake: all are met again wherever they stand. */
  #visitAction(value: PdfObject | undefined, page: number | null): void {
    const waiting = [value];
    for (let count = 0; waiting.length > 0 && count < mostOperations; count++) {
      const next = waiting.pop();
      const dict = this.#document.dict(next);
      if (!dict) {
        waiting.push(...(this.#document.array(next) ?? []).slice(0, mostOperations));
        continue;
      }
      const kind = actionKind(this.#document, dict);
      if (kind) this.#runs(kind, page);
      waiting.push(dict.get('Next'));
    }
  }

  #visitCatalog(): void {
    const document = this.#document;
    const { catalog } = document;
    if (opensWebPage(document, document.dict(catalog.get('OpenAction')))) this.#runs('web', null);
    if (catalog.has('Collection')) this.#add('embedded-file', {}, null);
    for (const { kind, name } of this.#layers.hidden()) this.#hides(kind, name, null);
    const preferences = document.dict(catalog.get('ViewerPreferences'));
    const isOther = ['ViewArea', 'ViewClip', 'PrintArea', 'PrintClip'].some((key) => {
      const box = document.resolve(preferences?.get(key));
      return box instanceof PdfName && box.value !== 'CropBox';
    });
    if (isOther || preferences?.has('PrintPageRange')) this.#hides('other-extent', '', null);
  }

  /** A file specification (7.11.3) with the file itself. */
  #holdsFile(specification: PdfDict): void {
    const name =
      textOf(this.#document, specification.get('UF')) || textOf(this.#document, specification.get('F'));
    this.#add('embedded-file', name ? { name: shown(name) } : {}, null);
  }

  #runs(kind: ActiveKind, page: number | null): void {
    const known = this.#found.has(`active-content ${kind} `);
    if (!known) this.#add('active-content', { kind }, page);
  }

  #hides(kind: HiddenKind, name: string, page: number | null): void {
    this.#add('hidden-content', name ? { kind, name: shown(name) } : { kind }, page);
  }

  #add(code: FileFinding['code'], params: { kind?: string; name?: string }, page: number | null): void {
    const kind = `${code} ${params.kind ?? ''}`;
    const key = `${kind} ${params.name ?? ''}`;
    const count = this.#counts.get(kind) ?? 0;
    if (this.#found.has(key) || count >= mostOfKind) return;
    this.#counts.set(kind, count + 1);
    this.#found.set(key, { code, weight: 'warns', page, params });
  }
}
