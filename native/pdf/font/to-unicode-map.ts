function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

/** A /ToUnicode CMap (ISO 32000-2, 9.10.3) from characters to their two-byte codes. */
export function toUnicodeMap(codes: ReadonlyMap<string, number>): Uint8Array {
  const lines = [...codes].map(([character, code]) => {
    const units = Array.from({ length: character.length }, (_, index) => hex(character.charCodeAt(index)));
    return `<${hex(code)}> <${units.join('')}>`;
  });
  // CMap files allow at most 100 entries a block (Adobe Technical Note 5014).
  const blocks: string[] = [];
  for (let from = 0; from < lines.length; from += 100) {
    const block = lines.slice(from, from + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return Buffer.from(
    [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      '1 begincodespacerange <0000> <FFFF> endcodespacerange',
      ...blocks,
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n'),
  );
}
