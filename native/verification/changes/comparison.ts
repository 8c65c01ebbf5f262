import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';
import { isBlank } from '../integrity/signed-revision.ts';
import { judgeAmbiguity } from './ambiguity.ts';
import { judgeTrailer } from './catalog-rule.ts';
import { changedNumbers } from './changed-numbers.ts';
import { type ContainerKeys, judgeContainers, keysToContainers } from './container-rule.ts';
import { type ChangeLevel, Difference, type Finding } from './difference.ts';
import type { FormContext } from './form-rule.ts';
import { PageMap } from './page-map.ts';
import { judgePages } from './page-rule.ts';
import { Reach } from './reach.ts';
import { sentences } from './sentences.ts';
import { judgeStructure } from './structure-rule.ts';

/** What happened to a document after a signature. */
export interface Changes {
  /** The gravest of them. */
  readonly level: ChangeLevel;
  readonly findings: readonly Finding[];
}

const gravity: readonly ChangeLevel[] = ['none', 'validationData', 'formFilling', 'annotations', 'other'];

export function isGraver(level: ChangeLevel, than: ChangeLevel): boolean {
  return gravity.indexOf(level) > gravity.indexOf(than);
}

/** Objects that later parts may bring. A form of five thousand fields, all filled at once, brings half of it. */
const maxChanged = 20_000;
/** Entries of cross-references that are looked up for all signatures together: under a second's work. */
const maxLookups = 2_000_000;

/**
 * Compares a file's newest state with its signed ones. What costs most, walking everything that a reader can reach, happens
 * once for all signatures.
 */
export class Comparison {
  readonly #after: PdfDocument;
  readonly #signed: readonly PdfDocument[];
  #reach: Reach | null = null;
  #pageMap: PageMap | null = null;
  #containerKeys: ContainerKeys | null = null;
  readonly #lookups = new WorkBudget(maxLookups);
  /** What each of the signed documents looks up differently. */
  readonly #changed = new Map<PdfDocument, ReadonlySet<number> | null>();

  /** `signed`: the documents that signatures saw; `compare` takes each of them. */
  constructor(after: PdfDocument, signed: readonly PdfDocument[]) {
    this.#after = after;
    this.#signed = signed;
  }

  /** `mayRefill`: the signature certifies the document and allows forms to be filled, so also to be filled again. */
  compare(before: PdfDocument, mayRefill: boolean): Changes {
    const { source } = this.#after;
    if (isBlank(source, before.source.length, source.length)) return { level: 'none', findings: [] };
    try {
      const findings = this.#judge(before, mayRefill);
      const level = findings.reduce<ChangeLevel>(
        (worst, finding) => (isGraver(finding.level, worst) ? finding.level : worst),
        'none',
      );
      return { level, findings };
    } catch (error) {
      // A document that can't be followed to its end can't be shown to be the signed one.
      if (error instanceof AppError)
        return { level: 'other', findings: [{ level: 'other', text: sentences.tooMuch() }] };
      throw error;
    }
  }

  #judge(before: PdfDocument, mayRefill: boolean): Finding[] {
    const numbers = this.#changedSince(before);
    if (!numbers) throw new AppError('pdf-too-complex', {});
    const difference = new Difference(before, this.#after, this.#everything(), numbers, this.#lookups);
    this.#pageMap ??= new PageMap(this.#after);
    const context: FormContext = {
      difference,
      pageMap: this.#pageMap,
      mayRefill,
      newWidgets: new Set(),
      visited: new Set(),
    };
    judgeAmbiguity(difference);
    this.#containerKeys ??= keysToContainers(this.#after, difference.reach.containers);
    judgeContainers(difference, numbers, this.#containerKeys);
    judgeTrailer(context);
    judgePages(context);
    judgeTags(context);
    for (const { number, kind } of difference.leftovers()) {
      difference.add(
        'other',
        kind === 'changed' ? sentences.objectChanged(number) : sentences.objectReused(number),
      );
    }
    return difference.findings;
  }

  /** Null where they are too many. */
  #changedSince(before: PdfDocument): ReadonlySet<number> | null {
    const known = this.#changed.get(before);
    if (known !== undefined) return known;
    const changed = changedNumbers(before, this.#after, { most: maxChanged, lookups: this.#lookups });
    this.#changed.set(before, changed);
    return changed;
  }

  #everything(): Reach {
    if (this.#reach) return this.#reach;
    const from = Math.min(...this.#signed.map(({ source }) => source.length));
    const watched = new Set(this.#signed.flatMap((before) => [...(this.#changedSince(before) ?? [])]));
    this.#reach = new Reach(this.#after, from, watched);
    return this.#reach;
  }
}

function judgeTags(context: FormContext): void {
  const { before, after } = context.difference;
  const place = { holder: after.catalogRef?.number ?? 0, path: 'StructTreeRoot' };
  judgeStructure(before.catalog.get('StructTreeRoot'), after.catalog.get('StructTreeRoot'), place, context);
}
