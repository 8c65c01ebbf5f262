import { samplePdf, stream } from '../../unit/verification/sample-pdf.ts';

/** A draft that has a little of everything that mutations look for, each of which shows something. */
export function manyThings(): Buffer {
  return samplePdf([
    '<< /Type /Catalog /Pages 2 0 R /AcroForm 16 0 R /OCProperties << /OCGs [17 0 R] /D << /ON [17 0 R] >> >> >>',
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] /Resources 5 0 R >>',
    '<< /Type /Page /Parent 2 0 R /Contents [6 0 R 7 0 R] /Annots [14 0 R 15 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /Contents 8 0 R /Rotate 90 /CropBox [20 20 575 822] >>',
    '<< /Font << /F1 9 0 R /F2 10 0 R >> /XObject << /Hinh 11 0 R /Khung 12 0 R >> /Properties << /L 17 0 R >> /ExtGState << /GS0 << /ca 0.5 >> >> >>',
    stream('q BT /F1 14 Tf 72 720 Td (Chi tra 100 dong) Tj 0 -20 Td [(Quyet) -250 (dinh 2026)] TJ ET'),
    stream(
      "BT /F2 12 Tf 72 660 Td (Dieu 1. Muc chi 100) Tj T* (Dieu 2. Hieu luc 2026) ' ET Q /OC /L BDC BT /F1 10 Tf 72 600 Td (Lop 100) Tj ET EMC",
    ),
    stream(
      'q 100 0 0 60 72 500 cm /Hinh Do Q q 1 0 0 1 72 300 cm /Khung Do Q q 40 0 0 40 300 500 cm BI /W 4 /H 4 /BPC 8 /CS /G ID \0\0\xff\xff\0\0\xff\xff\xff\xff\0\0\xff\xff\0\0 EI Q BT /F1 14 Tf 72 720 Td (Trang 2: 100) Tj ET',
    ),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [200 /Abreve /Dcroat] >> >>',
    stream(
      `${'\0'.repeat(32)}${'\xff'.repeat(32)}`,
      '/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray',
    ),
    stream(
      '0.8 g 0 0 200 60 re f 0 g BT /F1 16 Tf 10 20 Td (Khung 100) Tj ET',
      '/Type /XObject /Subtype /Form /BBox [0 0 200 60] /Resources << /Font << /F1 9 0 R >> >>',
    ),
    stream(
      '1 1 0.6 rg 0 0 120 20 re f 0 g BT /F1 10 Tf 4 6 Td (Ghi chu 100) Tj ET',
      '/Type /XObject /Subtype /Form /BBox [0 0 120 20] /Resources << /Font << /F1 9 0 R >> >>',
    ),
    '<< /Type /Annot /Subtype /Stamp /Rect [300 700 420 720] /F 4 /P 3 0 R /AP << /N 13 0 R >> >>',
    '<< /Type /Annot /Subtype /Widget /FT /Tx /T (so) /Rect [300 600 428 620] /P 3 0 R /F 4 /DA (/F1 12 Tf 0 g) >>',
    '<< /Fields [15 0 R] /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 9 0 R >> >> >>',
    '<< /Type /OCG /Name (Lop) >>',
  ]);
}
