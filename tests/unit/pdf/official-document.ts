import { createRequire } from 'node:module';
import path from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const fonts = path.dirname(
  path.dirname(
    createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'),
  ),
);

let compiler: NodeCompiler | undefined;

/** A PDF from Typst source, in Tinos; with a `standard` such as "a-2b", one that claims to keep to it. */
export function typeset(source: string, standard?: string): Buffer {
  compiler ??= NodeCompiler.create({
    fontArgs: [
      { fontPaths: ['400Regular', '700Bold', '400Regular_Italic'].map((style) => path.join(fonts, style)) },
    ],
  });
  return Buffer.from(
    compiler.pdf({ mainFileContent: source }, standard ? { pdfStandard: standard } : undefined),
  );
}

/** A decision with blanks for number and date and a place for the signature, as NĐ 30/2020 lays it out. */
export function officialDocument(pages = 1): Buffer {
  return typeset(`#set document(title: "Quyết định", date: none)
#set page(paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm))
#set text(font: "Tinos", size: 13pt, lang: "vi")
#grid(columns: (1fr, 1.2fr), align: center,
  [SỞ KHOA HỌC VÀ CÔNG NGHỆ \\ Số: #h(12mm)/QĐ-SKHCN],
  [CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \\ _Thử Nghiệm, ngày #h(8mm) tháng #h(8mm) năm 2026_])
#align(center)[*QUYẾT ĐỊNH*]
Nội dung văn bản tiếng Việt có dấu: ăn uống, đường sá, nghị quyết.
${'#pagebreak()\nTrang sau.\n'.repeat(pages - 1)}
#v(2cm)
#grid(columns: (1fr, 1fr), align: center, [*Nơi nhận:*], [*GIÁM ĐỐC* #v(30mm) Nguyễn Văn Thử])`);
}
