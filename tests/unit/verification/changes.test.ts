import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { readFieldValues, verifyPdf } from '../../../native/verification/index.ts';
import { handSign, opensslCms } from './hand-signer.ts';
import { appendUpdate, sampleObjects, samplePdf, stream } from './sample-pdf.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let cms: (bytes: Uint8Array) => Uint8Array;
let signed: Buffer;

beforeAll(async () => {
  bench = await openWorkbench();
  cms = opensslCms(bench, await bench.signer());
  signed = handSign(samplePdf(), { cms });
});
afterAll(() => bench.close());

async function verify(file: Uint8Array): Promise<VerificationReport> {
  writeFileSync(bench.path('case.pdf'), file);
  return verifyPdf(bench.path('case.pdf'), bench.trust());
}

async function first(file: Uint8Array): Promise<SignatureReport | undefined> {
  return (await verify(file)).signatures[0];
}

const refs = '[6 0 R 21 0 R]';
const form = (fields: string, extra = '') =>
  `/AcroForm << /Fields ${fields} /SigFlags 3 /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 5 0 R >> >> ${extra} >>`;
const catalog = (rest: string, fields = refs) => `<< /Type /Catalog /Pages 2 0 R ${form(fields)} ${rest} >>`;
const page = (annotations = refs, rest = '/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>') =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${rest} /Annots ${annotations} >>`;
const textField = (rest: string) =>
  `<< /Type /Annot /Subtype /Widget /FT /Tx /T (so) /Rect [72 600 200 620] /P 3 0 R /F 4 /DA (/F1 12 Tf 0 g) ${rest} >>`;
const appearance = stream(
  'BT /F1 12 Tf (05) Tj ET',
  '/Type /XObject /Subtype /Form /BBox [0 0 128 20] /Resources << /Font << /F1 5 0 R >> >>',
);

describe('honest updates behind a signature', () => {
  test('a second and a third signature', async () => {
    const second = handSign(signed, { cms, numbers: [22, 23], fields: [6, 21, 23] });
    const third = handSign(second, { cms, numbers: [24, 25], fields: [6, 21, 23, 25] });
    const report = await verify(third);
    expect(report.verdict).toBe('valid');
    expect(report.signatures.map(({ coverage, changesAfter }) => [coverage, changesAfter])).toEqual([
      ['revision', 'formFilling'],
      ['revision', 'formFilling'],
      ['file', 'none'],
    ]);
  });

  test('an empty text field filled, with its appearance', async () => {
    const filled = appendUpdate(signed, { 6: textField('/V (05) /AP << /N 30 0 R >>'), 30: appearance });
    const report = await verify(filled);
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ changesAfter: 'formFilling' }] });
    expect(report.signatures[0]?.changes).toEqual(['Điền trường “so”.']);
    expect(await readFieldValues(bench.path('case.pdf'))).toEqual(new Map([['so', '05']]));
  });

  test('filled and signed again, as a clerk seals', async () => {
    const filled = appendUpdate(signed, { 6: textField('/V (05) /AP << /N 30 0 R >>'), 30: appearance });
    const sealed = handSign(filled, { cms, numbers: [22, 23], fields: [6, 21, 23] });
    expect((await verify(sealed)).signatures).toMatchObject([
      { verdict: 'valid', changesAfter: 'formFilling' },
      { verdict: 'valid', changesAfter: 'none' },
    ]);
  });

  test('an empty signature field that was there, signed', async () => {
    const prepared = handSign(samplePdf(), { cms });
    const withField = appendUpdate(prepared, {
      1: catalog('', '[6 0 R 21 0 R 23 0 R]'),
      3: page('[6 0 R 21 0 R 23 0 R]'),
      23: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (dau) /Rect [0 0 0 0] /P 3 0 R /F 4 >>',
    });
    expect(await verify(withField)).toMatchObject({
      verdict: 'valid',
      signatures: [{ changesAfter: 'formFilling' }],
    });
    const sealed = handSign(withField, { cms, numbers: [22, 23], fields: [6, 21, 23], name: 'dau' });
    expect((await verify(sealed)).signatures).toMatchObject([{ verdict: 'valid' }, { verdict: 'valid' }]);
  });

  test('validation data', async () => {
    const store = appendUpdate(signed, {
      1: catalog('/DSS 40 0 R'),
      40: '<< /Type /DSS /Certs [41 0 R] /VRI << /AB << /Cert [41 0 R] >> >> >>',
      41: stream('certificate'),
    });
    expect(await verify(store)).toMatchObject({
      verdict: 'valid',
      signatures: [{ changesAfter: 'validationData' }],
    });
    const more = appendUpdate(store, {
      40: '<< /Type /DSS /Certs [41 0 R 42 0 R] >>',
      42: stream('another'),
    });
    expect(await verify(more)).toMatchObject({
      verdict: 'valid',
      signatures: [{ changesAfter: 'validationData' }],
    });
  });

  test('dates, version and extensions', async () => {
    const dated = appendUpdate(
      signed,
      {
        1: catalog('/Version /2.0 /Extensions << /ESIC << /BaseVersion /1.7 >> >>'),
        50: '<< /ModDate (D:2026) >>',
      },
      { extra: '/Info 50 0 R' },
    );
    expect(await verify(dated)).toMatchObject({ verdict: 'valid', signatures: [{ changesAfter: 'none' }] });
  });

  test('objects that nobody refers to, or that say what they said', async () => {
    const [, , , contents = ''] = sampleObjects();
    const same = appendUpdate(signed, { 4: contents, 60: '(nobody)' });
    expect(await verify(same)).toMatchObject({ verdict: 'valid', signatures: [{ changesAfter: 'none' }] });
  });
});

describe('changes that nothing excuses', () => {
  const forged = stream('BT /F1 14 Tf 72 720 Td (Chi tra 900 dong) Tj ET');
  const cases: Record<string, () => Buffer> = {
    'page content replaced in place': () => appendUpdate(signed, { 4: forged }),
    'page content replaced by another object': () =>
      appendUpdate(signed, {
        3: page(refs, '/Contents 30 0 R /Resources << /Font << /F1 5 0 R >> >>'),
        30: forged,
      }),
    'a second content stream laid over': () =>
      appendUpdate(signed, {
        3: page(refs, '/Contents [4 0 R 30 0 R] /Resources << /Font << /F1 5 0 R >> >>'),
        30: forged,
      }),
    'the font replaced': () =>
      appendUpdate(signed, { 5: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>' }),
    'the page made smaller': () =>
      appendUpdate(signed, {
        3: page(refs, '/CropBox [0 0 100 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>'),
      }),
    'a page added': () =>
      appendUpdate(signed, { 2: '<< /Type /Pages /Kids [3 0 R 30 0 R] /Count 2 >>', 30: page('[]') }),
    'the page tree replaced': () =>
      appendUpdate(signed, {
        1: `<< /Type /Catalog /Pages 30 0 R ${form(refs)} >>`,
        30: '<< /Type /Pages /Kids [31 0 R] /Count 1 >>',
        31: page('[]'),
      }),
    'another root': () => appendUpdate(signed, { 30: catalog(''), 31: '(x)' }, { root: '30 0 R' }),
    'an action when the file opens': () =>
      appendUpdate(signed, { 1: catalog('/OpenAction << /S /JavaScript /JS (app.alert) >>') }),
    'a name tree': () => appendUpdate(signed, { 1: catalog('/Names << /EmbeddedFiles << /Names [] >> >>') }),
    'a note': () =>
      appendUpdate(signed, {
        3: page('[6 0 R 21 0 R 30 0 R]'),
        30: '<< /Type /Annot /Subtype /FreeText /Rect [72 700 300 740] /Contents (900) >>',
      }),
    'the form field moved': () =>
      appendUpdate(signed, { 6: textField('/V (05)').replace('[72 600 200 620]', '[0 0 595 842]') }),
    'the field turned into another type': () =>
      appendUpdate(signed, { 6: textField('/V (05)').replace('/FT /Tx', '/FT /Btn') }),
    'an appearance without a value': () =>
      appendUpdate(signed, { 6: textField('/AP << /N 30 0 R >>'), 30: appearance }),
    'a script in a field': () =>
      appendUpdate(signed, { 6: textField('/V (05) /AA << /F << /S /JavaScript /JS (x) >> >>') }),
    'a new text field': () =>
      appendUpdate(signed, {
        1: catalog('', '[6 0 R 21 0 R 30 0 R]'),
        3: page('[6 0 R 21 0 R 30 0 R]'),
        30: textField('/V (900)').replace('(so)', '(moi)'),
      }),
    'an empty signature field with a picture': () =>
      appendUpdate(signed, {
        1: catalog('', '[6 0 R 21 0 R 30 0 R]'),
        3: page('[6 0 R 21 0 R 30 0 R]'),
        30: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (che) /Rect [72 700 300 740] /P 3 0 R /AP << /N 31 0 R >> >>',
        31: appearance,
      }),
    'a filled appearance that replaces the page content on the way': () =>
      appendUpdate(signed, {
        6: textField('/V (05) /AP << /N 30 0 R >>'),
        30: stream('/X Do', '/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>'),
        4: forged,
      }),
    'the signature of the field replaced': () =>
      appendUpdate(signed, { 20: '<< /Type /Sig /SubFilter /ETSI.CAdES.detached >>' }),
    'a title': () =>
      appendUpdate(signed, { 50: '<< /Title (x) >>', 51: '<<>>' }, { extra: '/Info 50 0 R /Forged 51 0 R' }),
  };
  for (const [name, make] of Object.entries(cases)) {
    test(name, async () => {
      const report = await verify(make());
      expect(report.verdict).toBe('invalid');
      if (name !== 'the signature of the field replaced') {
        expect(report.signatures[0]?.reasons).toContain('changed-after-signing');
        expect(report.signatures[0]?.changes.length).toBeGreaterThan(0);
        expect(report.signatures[0]?.intact).toBe(true);
      }
    });
  }

  test('a value that was there when it was signed', async () => {
    const objects = sampleObjects();
    objects[5] = textField('/V (100)');
    const filledFirst = handSign(samplePdf(objects), { cms });
    const report = await first(appendUpdate(filledFirst, { 6: textField('/V (900)') }));
    expect(report).toMatchObject({ verdict: 'invalid', changesAfter: 'other' });
  });

  const dangling = '/Contents [4 0 R 77 0 R] /Resources << /Font << /F1 5 0 R >> >>';

  test('an object that the signed revision referred to but didn’t have', async () => {
    const shadow = handSign(samplePdf(), { cms, pageEntries: dangling });
    expect((await verify(shadow)).verdict).toBe('valid');
    const report = await first(appendUpdate(shadow, { 77: forged }));
    expect(report?.reasons).toContain('changed-after-signing');
  });

  test('a cross-reference that already pointed behind the signed bytes', async () => {
    const length = 40_000;
    const base = samplePdf().toString('latin1');
    // Object 77 is listed at an offset that only the attacker's bytes will fill.
    const section = `xref\n77 1\n${String(length).padStart(10, '0')} 00000 n \n`;
    const previous = /startxref\s+(\d+)/.exec(base)?.[1];
    const trailer = `trailer\n<< /Size 100 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${base.length}\n%%EOF\n`;
    const shadow = handSign(Buffer.from(base + section + trailer, 'latin1'), { cms, pageEntries: dangling });
    expect((await verify(shadow)).verdict).toBe('valid');
    const filling = Buffer.from(`77 0 obj\n${forged}\nendobj\n`, 'latin1');
    const room = Buffer.alloc(length - shadow.length, 0x0a);
    expect((await first(Buffer.concat([shadow, room, filling])))?.reasons).toEqual(
      expect.arrayContaining(['changed-after-signing', 'unexplained-bytes']),
    );
    const update = appendUpdate(Buffer.concat([shadow, room, filling]), { 8: '(x)' });
    expect((await first(update))?.reasons).toContain('changed-after-signing');
  });

  test('bytes behind the end, and objects that no cross-reference knows', async () => {
    const junk = Buffer.concat([signed, Buffer.from('9 0 obj\n(x)\nendobj\n')]);
    expect((await first(junk))?.reasons).toContain('unexplained-bytes');
    const update = appendUpdate(signed, { 60: '(nobody)' }).toString('latin1');
    const hidden = Buffer.from(
      update.replace('60 0 obj\n(nobody)', '4 0 obj\n(forged)\nendobj\n60 0 obj\n(n)'),
      'latin1',
    );
    expect((await verify(hidden)).verdict).not.toBe('valid');
  });

  test('two fields of one name', async () => {
    const report = await verify(
      handSign(signed, { cms, numbers: [22, 23], fields: [6, 21, 23], name: 'ky-21' }),
    );
    expect(report.verdict).not.toBe('valid');
    expect(report.signatures[0]?.reasons).toContain('structure-ambiguous');
  });

  test('a visible signature that covers the page', async () => {
    const cover = handSign(signed, {
      cms,
      numbers: [22, 23],
      fields: [6, 21, 23],
      rect: '[0 0 595 842]',
      fieldEntries: '/AP << /N 4 0 R >>',
    });
    const report = await first(cover);
    expect(report?.reasons).toContain('changed-after-signing');
    expect(report?.changes).toEqual(['Hình hiển thị của trường “ky-23” che quá nhiều trang giấy.']);
    const small = { rect: '[300 100 500 200]', fieldEntries: '/AP << /N 30 0 R >>' };
    const stamped = handSign(appendUpdate(signed, { 30: appearance }), {
      cms,
      numbers: [22, 23],
      fields: [6, 21, 23],
      ...small,
    });
    expect((await first(stamped))?.verdict).toBe('valid');
  });

  test('a page replaced and put back behind a second signature', async () => {
    const replaced = appendUpdate(signed, { 4: forged });
    const again = handSign(replaced, { cms, numbers: [22, 23], fields: [6, 21, 23] });
    expect((await verify(again)).signatures).toMatchObject([{ verdict: 'invalid' }, { verdict: 'valid' }]);
  });
});

describe('updates that readers would read differently', () => {
  const forged = stream('BT /F1 14 Tf 72 720 Td (Chi tra 900 dong) Tj ET');
  const rest = '/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>';

  test('a key given twice', async () => {
    const twice = appendUpdate(signed, { 3: page(refs, `/Contents 30 0 R ${rest}`), 30: forged });
    expect((await first(twice))?.reasons).toContain('changed-after-signing');
  });

  test('a number listed twice', async () => {
    const text = appendUpdate(signed, { 60: '(x)', 61: '(y)' }).toString('latin1');
    const doubled = Buffer.from(text.replace('\n61 1\n', '\n60 1\n'), 'latin1');
    expect((await verify(doubled)).verdict).toBe('invalid');
  });

  test('an object inside another one’s stream', async () => {
    const text = appendUpdate(signed, { 60: stream('4 0 obj (forged) endobj'), 61: '(y)' }).toString(
      'latin1',
    );
    const inside = text.lastIndexOf('4 0 obj (forged)');
    const listed = text.replace(/\n61 1\n\d{10}/, `\n4 1\n${String(inside).padStart(10, '0')}`);
    expect((await verify(Buffer.from(listed, 'latin1'))).verdict).toBe('invalid');
  });

  test('a hybrid section', async () => {
    const hybrid = appendUpdate(signed, { 60: '(x)' }, { extra: '/XRefStm 9' });
    expect((await verify(hybrid)).verdict).not.toBe('valid');
  });

  test('resources that a page shares with the form gain a name that the page’s text awaits', async () => {
    const objects = sampleObjects();
    objects[3] = objects[3]?.replace('/F1', '/F2') ?? '';
    objects[0] = objects[0]?.replace('/DR << /Font << /F1 5 0 R >> >>', '/DR 7 0 R') ?? '';
    objects[2] = objects[2]?.replace('/Resources << /Font << /F1 5 0 R >> >>', '/Resources 7 0 R') ?? '';
    const shared = samplePdf([...objects, '<< /Font << /F1 5 0 R >> >>']);
    const base = handSign(shared, {
      cms,
      pageEntries: '/Contents 4 0 R /Resources 7 0 R',
      formResources: '7 0 R',
    });
    expect((await verify(base)).verdict).toBe('valid');
    const gained = appendUpdate(base, {
      7: '<< /Font << /F1 5 0 R /F2 30 0 R >> >>',
      30: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
    });
    expect((await first(gained))?.reasons).toContain('changed-after-signing');
  });

  test('fields made to show what they say instead of what they showed', async () => {
    const objects = sampleObjects();
    objects[5] = textField('/V (900) /AP << /N 8 0 R >>');
    const base = handSign(samplePdf([...objects, '(7)', appearance]), { cms });
    const switched = appendUpdate(base, {
      1: `<< /Type /Catalog /Pages 2 0 R ${form(refs, '/NeedAppearances true')} >>`,
    });
    expect((await first(switched))?.reasons).toContain('changed-after-signing');
  });
});

describe('what a signature itself allows', () => {
  const certify = (level: number) =>
    handSign(samplePdf(), {
      cms,
      dictEntries: `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${level} /V /1.2 >> >>]`,
    });
  const filling = { 6: textField('/V (05)') };

  test('P=1 forbids filling and signing', async () => {
    expect((await first(appendUpdate(certify(1), filling)))?.reasons).toEqual(['change-not-permitted']);
    const second = handSign(certify(1), { cms, numbers: [22, 23], fields: [6, 21, 23] });
    expect((await first(second))?.reasons).toEqual(['change-not-permitted']);
  });

  test('P=2 allows both, and filling again', async () => {
    const filled = appendUpdate(certify(2), filling);
    expect((await first(filled))?.verdict).toBe('valid');
    expect((await first(appendUpdate(filled, { 6: textField('/V (06)') })))?.verdict).toBe('valid');
  });

  test('a locked field may not be filled', async () => {
    const locked = handSign(samplePdf(), {
      cms,
      fieldEntries: '/Lock << /Type /SigFieldLock /Action /Include /Fields [(so)] >>',
    });
    expect((await first(appendUpdate(locked, filling)))?.reasons).toEqual(['change-not-permitted']);
  });
});
