/** One line of a bench's table: what was measured, what is wanted, what came out. */
export interface Row {
  readonly what: string;
  readonly goal: string;
  readonly reached: string;
  readonly ok: boolean;
  readonly beside: string;
}

/** The rows as a table for people. */
export function table({ rows }: { readonly rows: readonly Row[] }): string {
  const cells = rows.map(({ what, goal, reached, ok, beside }) => [
    ...[what, goal, reached, ok ? 'reached' : 'MISSED', beside],
  ]);
  const lines = [['what', 'goal', 'result', '', 'beside it'], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
