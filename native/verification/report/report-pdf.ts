import { findingSentence, type Language, sizeText, verdictText } from '../../../contract/messages/message.ts';
import {
  reportTime,
  reportWords,
  signatureFacts,
  signatureTitle,
  verdictSentence,
} from '../../../contract/messages/verdict-report.ts';
import { plainLine } from '../../../contract/plain-text.ts';
import type { FileVerdict, VerificationReport } from '../../../contract/verdict.ts';
import { deflatedSrgbProfile } from '../../pdf/colour/srgb-profile.ts';
import { deflated } from '../../pdf/font/embedded-font.ts';
import { NewFile } from '../../pdf/new-file.ts';
import { PdfDict, PdfName, type PdfRef, PdfStream, PdfString } from '../../pdf/object.ts';
import { Paper } from './paper.ts';
import { placePictures } from './place-picture.ts';
import { addSheets, type Mark, sheet, widthOf } from './sheet.ts';

/** What was verified, as the report names it. */
export interface VerifiedFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly checkedAt: Date;
  /**
   * The verdict that was kept with its evidence, nearest to the signing; today's may say less of a certificate that
   * has ended.
   */
  readonly kept?: { readonly verdict: FileVerdict; readonly at: Date } | null;
}

const program = 'Ấn Tín';

/**
 * A report to file (TT 15/2025 Đ6 K3): A4, fonts embedded, built to PDF/A-2b's rules; the same report gives the same
 * bytes. What it says is what `verifyPdf` found, nothing is verified anew.
 */
export function reportPdf(report: VerificationReport, file: VerifiedFile, language: Language = 'vi'): Buffer {
  const words = reportWords(language);
  const paper = new Paper();
  paper.text(words.title, { face: 'bold', size: 15, isCentred: true });
  paper.text(words.basis, { size: 11, isCentred: true });
  paper.space(14);
  paper.fact(words.file, [plainLine(file.name)]);
  paper.fact(words.size, [sizeText(file.bytes, language)]);
  paper.fact(words.digest, [file.digest]);
  paper.fact(words.checkedAt, [reportTime(file.checkedAt, language)]);
  paper.fact(words.program, [program]);
  heading(paper, words.conclusion);
  paper.text(verdictSentence(report, language), { face: 'bold' });
  if (file.kept && file.kept.verdict !== report.verdict) {
    const { word } = verdictText(file.kept.verdict, language);
    paper.space(4);
    paper.fact(words.keptVerdict, [words.keptAt(word, reportTime(file.kept.at, language))]);
  }
  if (report.findings?.length) {
    const sentences = report.findings.map((finding) => findingSentence(finding, language));
    paper.space(4);
    paper.fact(words.findings, [...new Set(sentences)]);
  }
  const pictures = placePictures(report.signatures, words);
  for (const [index, { height, draw }] of pictures.entries()) {
    if (index === 0) heading(paper, words.places, height);
    paper.block(height, draw);
  }
  report.signatures.forEach((signature, index) => {
    heading(
      paper,
      `${signatureTitle(signature, index + 1, language)}: ${verdictText(signature.verdict, language).word}`,
      60,
    );
    for (const { name, values } of signatureFacts(signature, language)) paper.fact(name, values);
  });
  return compose(withPageNumbers(paper.sheets, words.pageOf), words.title, file.checkedAt, language);
}

function heading(paper: Paper, text: string, together = 30): void {
  paper.space(12);
  paper.keep(20 + together);
  paper.text(text, { face: 'bold', size: 12.5 });
  paper.space(4);
}

function withPageNumbers(
  sheets: readonly (readonly Mark[])[],
  pageOf: (page: number, pages: number) => string,
): Mark[][] {
  const size = 10;
  return sheets.map((marks, index) => {
    const text = pageOf(index + 1, sheets.length);
    const x = sheet.width - sheet.right - widthOf(text, 'regular', size);
    return [...marks, { kind: 'text', x, y: sheet.height - 34, size, face: 'regular', text }];
  });
}

function compose(sheets: readonly Mark[][], title: string, at: Date, language: Language): Buffer {
  const file = new NewFile();
  const pagesRoot = addSheets(file, sheets);
  const profile = file.add(deflated(deflatedSrgbProfile(), { N: 3 }));
  const intent = PdfDict.of({
    Type: new PdfName('OutputIntent'),
    S: new PdfName('GTS_PDFA1'),
    OutputConditionIdentifier: PdfString.fromText('sRGB'),
    DestOutputProfile: profile,
  });
  const seconds = `${at.toISOString().slice(0, 19)}Z`;
  const catalog = file.add(
    PdfDict.of({
      Type: new PdfName('Catalog'),
      Pages: pagesRoot,
      Lang: PdfString.fromText(language),
      Metadata: metadata(file, title, seconds),
      OutputIntents: [intent],
      ViewerPreferences: PdfDict.of({ DisplayDocTitle: true }),
    }),
  );
  const date = PdfString.fromText(`D:${seconds.replaceAll(/[-T:]/g, '')}`);
  const info = file.add(
    PdfDict.of({
      Title: PdfString.fromText(title),
      Producer: PdfString.fromText(program),
      CreationDate: date,
    }),
  );
  return file.build(catalog, info);
}

/** XMP that says the same as /Info (ISO 19005-2, 6.6.3) and which part of the standard the file is built to. */
function metadata(file: NewFile, title: string, at: string): PdfRef {
  const packet = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>${program}</pdf:Producer><xmp:CreateDate>${at}</xmp:CreateDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
  const entries = PdfDict.of({ Type: new PdfName('Metadata'), Subtype: new PdfName('XML') });
  return file.add(new PdfStream(entries, { bytes: Buffer.from(packet) }));
}
