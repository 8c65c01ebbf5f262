/** A one-page draft, written object by object: enough of a decision to be signed and sealed. `text` is ASCII. */
export function draftPdf(text = 'Noi dung'): Buffer {
  const content = `BT /F1 13 Tf 72 760 Td (So:      /QD-STN) Tj 0 -40 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let whole = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = whole.length;
    whole += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = whole.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  whole += `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\n`;
  return Buffer.from(`${whole}startxref\n${start}\n%%EOF\n`, 'latin1');
}
