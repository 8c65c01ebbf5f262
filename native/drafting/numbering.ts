import { type DraftBlock, type DraftUnit, type UnitKind, unitKinds } from '../../contract/draft.ts';
import { inlineRuns, type Run } from './inline-text.ts';
import { draftFault } from './read-draft.ts';

/** A block as it is printed: numbered, its references resolved. Units come before what they hold, all in one list. */
export type PrintedBlock = PrintedUnit | PrintedParagraph | PrintedTable;

export interface PrintedUnit {
  readonly kind: UnitKind;
  /** "Chương II", "Điều 3.", "1.", "a)". */
  readonly label: string;
  readonly title: readonly Run[];
  readonly text: readonly Run[];
}

export interface PrintedParagraph {
  readonly kind: 'paragraph' | 'note';
  readonly text: readonly Run[];
}

export interface PrintedTable {
  readonly kind: 'table';
  readonly title: readonly Run[];
  readonly rows: readonly (readonly (readonly Run[])[])[];
  readonly columns: readonly number[];
  readonly landscape: boolean;
}

/** Letters of điểm in the order of the Vietnamese alphabet (PL I, II.6). */
const pointLetters = [...'abcdđeghiklmnopqrstuvxy'];

/** What a reference to a unit says, by the unit's id. */
type Labels = ReadonlyMap<string, string>;
type Path = readonly PropertyKey[];

/**
 * Numbers a body's units and resolves its references, also to what stands farther on. `path` is where the body stands
 * in the draft. Throws `draft-invalid` for a reference to nothing, an id given twice, a unit inside a smaller one.
 */
export function numbered(body: readonly DraftBlock[], path: Path): PrintedBlock[] {
  const numbers = numberUnits(body, path);
  const printed: PrintedBlock[] = [];
  for (const { block, at, label } of numbers.found) {
    const runs = (text: string | undefined, key: string) => runsOf(text, [...at, key], numbers.labels);
    switch (block.kind) {
      case 'paragraph':
      case 'note':
        printed.push({ kind: block.kind, text: runs(block.text, 'text') });
        break;
      case 'table': {
        const width = block.rows[0]?.length ?? 0;
        const uneven = block.rows.findIndex((row) => row.length !== width);
        if (uneven >= 0) throw draftFault('draft-table-uneven', [...at, 'rows', uneven]);
        if (block.columns && block.columns.length !== width)
          throw draftFault('draft-table-uneven', [...at, 'columns']);
        printed.push({
          kind: 'table',
          title: runs(block.title, 'title'),
          rows: block.rows.map((row, y) =>
            row.map((cell, x) => runsOf(cell, [...at, 'rows', y, x], numbers.labels)),
          ),
          columns: block.columns ?? [],
          landscape: block.landscape ?? false,
        });
        break;
      }
      default:
        printed.push({
          kind: block.kind,
          label,
          title: runs(block.title, 'title'),
          text: runs(block.text, 'text'),
        });
    }
  }
  return printed;
}

/** Runs of a text that stands at `path`, of which references are looked up in `labels`. */
export function runsOf(text: string | undefined, path: Path, labels: Labels = new Map()): Run[] {
  return inlineRuns(text ?? '', (id) => {
    const label = labels.get(id);
    if (label === undefined) throw draftFault('draft-reference-missing', path);
    return label;
  });
}

interface Numbered {
  readonly found: { block: DraftBlock; at: Path; label: string }[];
  readonly labels: Map<string, string>;
}

function numberUnits(body: readonly DraftBlock[], path: Path): Numbered {
  const result: Numbered = { found: [], labels: new Map() };
  // Phần, chương and điều go on through the whole document; mục, khoản and điểm begin anew in each unit above.
  const running = { part: 0, chapter: 0, article: 0 };
  const visit = (blocks: readonly DraftBlock[], at: Path, above: Above) => {
    const own = { section: 0, clause: 0, point: 0 };
    blocks.forEach((block, index) => {
      const place = [...at, index];
      if (!isUnit(block)) {
        result.found.push({ block, at: place, label: '' });
        return;
      }
      const { kind } = block;
      const rank = unitKinds.indexOf(kind);
      if (rank <= above.rank) throw draftFault('draft-unit-misplaced', [...place, 'kind']);
      const count =
        kind === 'part' || kind === 'chapter' || kind === 'article' ? ++running[kind] : ++own[kind];
      if (kind === 'point' && count > pointLetters.length) throw draftFault('draft-points-too-many', place);
      const { label, reference } = wordsOf(kind, count, above.reference);
      remember(result.labels, block.id, reference, place);
      result.found.push({ block, at: place, label });
      visit(block.children ?? [], [...place, 'children'], { rank, reference });
    });
  };
  visit(body, path, { rank: -1, reference: '' });
  return result;
}

interface Above {
  readonly rank: number;
  /** How a reference names it: "khoản 1 Điều 2". */
  readonly reference: string;
}

function isUnit(block: DraftBlock): block is DraftUnit {
  return (unitKinds as readonly string[]).includes(block.kind);
}

function remember(labels: Map<string, string>, id: string | undefined, label: string, at: Path): void {
  if (id === undefined) return;
  if (labels.has(id)) throw draftFault('draft-id-twice', [...at, 'id']);
  labels.set(id, label);
}

/** A unit's own label, and how a reference from elsewhere names it. */
function wordsOf(kind: UnitKind, count: number, above: string): { label: string; reference: string } {
  const within = (own: string) => (above === '' ? own : `${own} ${above}`);
  switch (kind) {
    case 'part':
      return { label: `Phần ${roman(count)}`, reference: `Phần ${roman(count)}` };
    case 'chapter':
      return { label: `Chương ${roman(count)}`, reference: `Chương ${roman(count)}` };
    case 'section':
      return { label: `Mục ${count}`, reference: within(`Mục ${count}`) };
    case 'article':
      return { label: `Điều ${count}.`, reference: `Điều ${count}` };
    case 'clause':
      // A khoản is named with its điều, never with the chương above.
      return { label: `${count}.`, reference: within(`khoản ${count}`) };
    case 'point': {
      const letter = pointLetters[count - 1] ?? '';
      return { label: `${letter})`, reference: within(`điểm ${letter}`) };
    }
  }
}

const romanValues: readonly (readonly [number, string])[] = [
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

/** A Roman number of a count from 1. */
export function roman(count: number): string {
  let rest = count;
  let text = '';
  for (const [value, sign] of romanValues)
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  return text;
}
