import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { decryptAes, encryptAes } from '../../../native/pdf/encryption/aes.ts';
import { passwordBytes } from '../../../native/pdf/encryption/password.ts';
import { rc4 } from '../../../native/pdf/encryption/rc4.ts';
import { PdfDict, PdfName, PdfRef, PdfStream, PdfString } from '../../../native/pdf/object.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { onePage, onePagePdf } from './handmade-pdf.ts';
import { bareDocument, ProtectedPdf, textbookRc4 } from './protected-pdf.ts';
import { failureOf, readPdf, scratchFolder, writeFile } from './scratch.ts';

const folder = scratchFolder();

describe('RC4', () => {
  it.each([
    ['Key', 'Plaintext', 'bbf316e8d940af0ad3'],
    ['Wiki', 'pedia', '1021bf0420'],
    ['Secret', 'Attack at dawn', '45a01f645fc35b383552544b9bf5'],
  ])('the known answer for %s', (key, plain, expected) => {
    const sealed = rc4(Buffer.from(key), Buffer.from(plain));
    expect(Buffer.from(sealed).toString('hex')).toBe(expected);
  });

  it('agrees with the textbook for any key and any length', () => {
    for (const length of [0, 1, 255, 256, 257, 5000]) {
      const [key, data] = [randomBytes(5 + (length % 12)), randomBytes(length)];
      expect(Buffer.from(rc4(key, data)).equals(textbookRc4(key, data))).toBe(true);
    }
  });
});

describe('AES', () => {
  it.each([16, 32])('with keys of %i bytes: what goes in comes out', (keyLength) => {
    const key = randomBytes(keyLength);
    for (const length of [0, 1, 15, 16, 17, 4096]) {
      const data = randomBytes(length);
      const sealed = encryptAes(key, data);
      expect(sealed.length).toBe(32 + length - (length % 16));
      expect(Buffer.from(decryptAes(key, sealed)).equals(data)).toBe(true);
    }
  });

  it('what was cut short shows what it has; what never was enciphered shows nothing', () => {
    const key = randomBytes(16);
    const sealed = encryptAes(key, Buffer.from('mười sáu byte. và thêm nữa cho đủ'));
    expect(Buffer.from(decryptAes(key, sealed.subarray(0, 37))).toString()).toBe('mười sáu byt');
    for (const length of [0, 1, 15, 16, 17]) expect(decryptAes(key, randomBytes(length)).length).toBe(0);
  });
});

describe('passwords as bytes', () => {
  const hex = (password: string, revision: number) =>
    passwordBytes(password, revision).map((bytes) => Buffer.from(bytes).toString('hex'));

  it('up to revision 4: PDFDocEncoding first, then the characters as UTF-8', () => {
    expect(hex('abc', 3)).toEqual(['616263']);
    expect(hex('œ€', 3)).toEqual(['9ca0', 'c593e282ac']);
    expect(hex('mật', 4)).toEqual(['6de1baad74']);
    expect(passwordBytes('x'.repeat(40), 4)[0]).toHaveLength(32);
  });

  it('from revision 5: SASLprep first (RFC 4013, 3), then as it was typed', () => {
    expect(hex('I\u00adX', 6)).toEqual([
      Buffer.from('IX').toString('hex'),
      Buffer.from('I\u00adX').toString('hex'),
    ]);
    expect(hex('\u00aa', 6)[0]).toBe(Buffer.from('a').toString('hex'));
    expect(hex('\u2168', 6)[0]).toBe(Buffer.from('IX').toString('hex'));
    expect(hex('a\u00a0b', 6)[0]).toBe(Buffer.from('a b').toString('hex'));
    expect(hex('mâ\u0323t', 6)[0]).toBe(Buffer.from('mật'.normalize('NFC')).toString('hex'));
    expect(passwordBytes('ă'.repeat(100), 6)[0]).toHaveLength(127);
  });
});

function data(document: PdfDocument, number: number): string {
  const value = document.object(new PdfRef(number, 0));
  return value instanceof PdfStream
    ? Buffer.from(document.decodedBytes(value)).toString('latin1')
    : 'no stream';
}

describe('what is enciphered', () => {
  const file = new ProtectedPdf();
  const rc4Filters = '/CF<</StdCF<</CFM/V2/Length 16>>>>/StmF/StdCF/StrF/StdCF';
  const aesFilters = '/CF<</StdCF<</CFM/AESV2/Length 16>>>>/StmF/StdCF/StrF/StdCF';

  function text(document: PdfDocument, number: number): string {
    const value = document.object(new PdfRef(number, 0));
    return value instanceof PdfString ? value.toText() : 'no string';
  }

  it('strings and streams by their own filters', () => {
    const mixed = '/CF<</A<</CFM/AESV2>>/R<</CFM/V2>>>>/StmF/A/StrF/R';
    const pdf = bareDocument()
      .object(8, `<${file.rc4(8, 'Kinh gui').toString('hex')}>`)
      .stream(9, file.aes(9, 'noi dung'))
      .table(file.trailer(mixed), 10);
    const document = readPdf(pdf.bytes);
    expect([text(document, 8), data(document, 9)]).toEqual(['Kinh gui', 'noi dung']);
  });

  it('strings alone, streams alone', () => {
    const one = '/CF<</A<</CFM/AESV2>>>>';
    const sealed = bareDocument()
      .object(8, `<${file.aes(8, 'Kinh gui').toString('hex')}>`)
      .stream(9, 'noi dung')
      .table(file.trailer(`${one}/StrF/A`), 10);
    const open = bareDocument()
      .object(8, '(Kinh gui)')
      .stream(9, file.aes(9, 'noi dung'))
      .table(file.trailer(`${one}/StmF/A/StrF/Identity`), 10);
    for (const pdf of [sealed, open]) {
      const document = readPdf(pdf.bytes);
      expect([text(document, 8), data(document, 9)]).toEqual(['Kinh gui', 'noi dung']);
    }
  });

  it('a stream that names its own filter, also one that does nothing, also behind another filter', () => {
    const packed = deflateSync(Buffer.from('noi dung')).toString('latin1');
    const own = (name: string) => `/Filter/Crypt/DecodeParms<</Name/${name}>>`;
    const pdf = bareDocument()
      .stream(8, 'noi dung', '/Filter/Crypt')
      .stream(9, 'noi dung', '/Filter[/Crypt]/DecodeParms[<</Name/Identity>>]')
      .stream(10, file.rc4(10, packed), '/Filter[/Crypt/FlateDecode]/DecodeParms[<</Name/R>> null]')
      .stream(11, file.rc4(11, 'noi dung'), own('R'))
      .stream(12, 'noi dung', own('Unknown'))
      .table(file.trailer('/CF<</A<</CFM/AESV2>>/R<</CFM/V2>>>>/StmF/A/StrF/A'), 13);
    const document = readPdf(pdf.bytes);
    for (const number of [8, 9, 10, 11]) expect(data(document, number)).toBe('noi dung');
    expect(failureOf(() => data(document, 12))).toBe('pdf-damaged');
  });

  it('metadata in clear where the dictionary says so, which also goes into the key', () => {
    const source = writeFile(
      folder,
      'metadata.pdf',
      onePage({ catalog: '/Metadata 8 0 R' })
        .stream(8, '<x:xmpmeta/>', '/Type/Metadata/Subtype/XML')
        .table('/Root 1 0 R', 9).bytes,
    );
    const target = path.join(folder, 'metadata-clear.pdf');
    const options = ['--encrypt', '', 'o', '128', '--use-aes=y', '--cleartext-metadata', '--'];
    execFileSync('qpdf', ['--allow-weak-crypto', ...options, source, target]);
    const document = PdfDocument.open(target);
    const stream = document.resolve(document.catalog.get('Metadata'));
    const decoded = stream instanceof PdfStream ? document.decodedBytes(stream) : Buffer.of();
    expect(Buffer.from(decoded).toString()).toContain('xmpmeta');
  });

  it("not a signature's /Contents, but everything else in it", () => {
    const reason = file.rc4(8, 'Dong y').toString('hex');
    const pdf = bareDocument()
      .object(8, `<</Type/Sig/ByteRange[0 1 2 3]/Contents<30820000>/Reason<${reason}>>>`)
      .object(9, `<</Contents<${file.rc4(9, 'chu thich').toString('hex')}>>>`)
      .table(file.trailer(rc4Filters), 10);
    const document = readPdf(pdf.bytes);
    const entry = (number: number, key: string) => {
      const value = document.dict(new PdfRef(number, 0))?.get(key);
      return value instanceof PdfString ? Buffer.from(value.bytes).toString('latin1') : '';
    };
    expect(entry(8, 'Contents')).toBe('0\x82\0\0');
    expect(entry(8, 'Reason')).toBe('Dong y');
    expect(entry(9, 'Contents')).toBe('chu thich');
  });

  it('an object stream as a whole, its strings not once more; no cross-reference stream', () => {
    const packed = file.aes(8, '9 0 (Kinh gui)');
    const pdf = bareDocument()
      .stream(8, packed, '/Type/ObjStm/N 1/First 4')
      .xrefStream(20, file.trailer(aesFilters), 21, { 9: [8, 0] });
    expect(text(readPdf(pdf.bytes), 9)).toBe('Kinh gui');
  });

  it('an object with the generation that stands before it', () => {
    const sealed = file.rc4(8, 'Kinh gui', 3).toString('hex');
    const pdf = bareDocument().object(8, `<${sealed}>`).table(file.trailer(rc4Filters), 9);
    const bytes = Buffer.from(pdf.bytes.toString('latin1').replace('8 0 obj', '8 3 obj'), 'latin1');
    expect(text(readPdf(bytes), 8)).toBe('Kinh gui');
    expect(text(readPdf(pdf.bytes), 8)).not.toBe('Kinh gui');
  });

  it('only embedded files: everything else opens without the password', () => {
    const filters = '/CF<</A<</CFM/AESV2/AuthEvent/EFOpen>>>>/EFF/A';
    const dictionary = file.dictionary(filters).replace(/\/U<[0-9a-f]{8}/, '/U<00000000');
    const pdf = bareDocument()
      .object(8, '(Kinh gui)')
      .stream(9, 'sealed', '/Type/EmbeddedFile')
      .table(`/Root 1 0 R/ID[<00><00>]/Encrypt ${dictionary}`, 10);
    const document = readPdf(pdf.bytes);
    expect(text(document, 8)).toBe('Kinh gui');
    expect(failureOf(() => data(document, 9))).toBe('pdf-encrypted');
  });
});

describe('updates', () => {
  const passwords = { user: randomBytes(6).toString('hex'), owner: randomBytes(6).toString('hex') };
  let source: Buffer;

  beforeAll(() => {
    const plain = writeFile(folder, 'plain.pdf', onePagePdf({ content: 'BT ET' }));
    const target = path.join(folder, 'protected.pdf');
    const { user, owner } = passwords;
    execFileSync('qpdf', ['--encrypt', user, owner, '256', '--', plain, target]);
    source = readFileSync(target);
  });

  it('are enciphered and read back, by us and by qpdf', () => {
    const document = PdfDocument.read(new MemorySource(source), { password: passwords.user });
    const writer = new RevisionWriter(document);
    const secret = PdfString.fromText('Bí mật');
    const string = writer.add(
      PdfDict.of({ Text: [secret], Sig: PdfDict.of({ ByteRange: [0], Contents: secret }) }),
    );
    const stream = writer.add(new PdfStream(new PdfDict(), { bytes: Buffer.from('noi dung moi') }));
    const whole = Buffer.concat([source, writer.build().bytes]);
    expect(whole.includes('noi dung moi')).toBe(false);
    const again = PdfDocument.read(new MemorySource(whole), { password: passwords.owner });
    const dict = again.dict(string);
    expect(dict?.get('Text')).toMatchObject([{ bytes: secret.bytes }]);
    const contents = again.dict(dict?.get('Sig'))?.get('Contents');
    expect(contents instanceof PdfString && contents.toText()).toBe('Bí mật');
    const value = again.object(stream);
    expect(value instanceof PdfStream && Buffer.from(again.decodedBytes(value)).toString()).toBe(
      'noi dung moi',
    );
    const file = writeFile(folder, 'updated.pdf', whole);
    const shown = ['--show-object', String(stream.number), '--filtered-stream-data'];
    const { user } = passwords;
    expect(
      execFileSync('qpdf', [
        `--password=${user}`,
        `${shown[0]}=${shown[1]}`,
        String(shown[2]),
        file,
      ]).toString(),
    ).toBe('noi dung moi');
  });

  it('a key that is known opens what it would come out the same for, and nothing else, until it is forgotten', () => {
    const first = PdfDocument.read(new MemorySource(source), { password: passwords.user });
    const known = first.encryption;
    // The password isn't asked, since the key is known.
    const again = PdfDocument.read(new MemorySource(source), { password: 'no', known });
    expect(data(again, 4)).toContain('BT ET');
    const file = new ProtectedPdf();
    const other = bareDocument().table(`/Root 1 0 R/Encrypt ${file.dictionary('')}`, 4).bytes;
    expect(failureOf(() => PdfDocument.read(new MemorySource(source), { password: 'no' }))).toBe(
      'pdf-password-wrong',
    );
    const stranger = PdfDocument.read(new MemorySource(other)).encryption;
    expect(
      failureOf(() => PdfDocument.read(new MemorySource(source), { password: 'no', known: stranger })),
    ).toBe('pdf-password-wrong');
    known?.forget();
    const late = PdfDocument.read(new MemorySource(source), { password: passwords.user, known });
    // What comes out by another key can't be decoded, or says nothing.
    let shown = '';
    const failed = failureOf(() => {
      shown = data(late, 4);
    });
    expect(['pdf-damaged', 'no failure']).toContain(failed);
    expect(shown).not.toContain('BT ET');
  });

  it('two of the same text never look alike', () => {
    const document = PdfDocument.read(new MemorySource(source), { password: passwords.user });
    const writer = new RevisionWriter(document);
    const refs = [writer.add(PdfString.fromText('abc')), writer.add(PdfString.fromText('abc'))];
    const { bytes, places, base } = writer.build();
    const written = refs.map(({ number }) => {
      const place = places.get(number) ?? { start: 0, end: 0 };
      return Buffer.from(bytes.subarray(place.start - base, place.end - base))
        .toString()
        .split('obj')[1];
    });
    expect(written[0]).not.toBe(written[1]);
  });

  it('no identity is given to a document that never had one, since its key hangs on it', () => {
    const file = new ProtectedPdf();
    const nameless = `/Root 1 0 R/Encrypt ${file.dictionary('/CF<</A<</CFM/V2>>>>')}`;
    const pdf = bareDocument().table(nameless, 4);
    const writer = new RevisionWriter(readPdf(pdf.bytes));
    writer.add(null);
    expect(Buffer.from(writer.build().bytes).includes('/ID')).toBe(false);
  });

  it('a rebuilt cross-reference finds its object streams enciphered', () => {
    const target = path.join(folder, 'packed.pdf');
    const plain = path.join(folder, 'plain.pdf');
    const { user, owner } = passwords;
    execFileSync('qpdf', ['--object-streams=generate', '--encrypt', user, owner, '256', '--', plain, target]);
    const whole = readFileSync(target);
    const cut = whole.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7');
    const file = writeFile(folder, 'broken.pdf', Buffer.from(cut, 'latin1'));
    const document = PdfDocument.recover(file, { password: user });
    expect(document.dict(document.catalog.get('Pages'))?.get('Type')).toEqual(new PdfName('Pages'));
    expect(failureOf(() => PdfDocument.recover(file))).toBe('pdf-encrypted');
  });
});

describe('what cannot be opened', () => {
  const file = new ProtectedPdf();
  const sound = '/CF<</A<</CFM/AESV2>>>>/StmF/A/StrF/A';

  function opening(encrypt: string, password?: string): string {
    const pdf = bareDocument().table(
      `/Root 1 0 R/ID[<${file.id.toString('hex')}><00>]/Encrypt ${encrypt}`,
      4,
    );
    return failureOf(() => PdfDocument.read(new MemorySource(pdf.bytes), { password }));
  }

  it('the sound dictionary opens', () => {
    expect(opening(file.dictionary(sound))).toBe('no failure');
    expect(opening(file.dictionary(sound), 'needless')).toBe('no failure');
  });

  it.each<[string, string, string]>([
    ['certificates', '<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4>>', 'pdf-encryption-unsupported'],
    ['no handler', '<</V 4/R 4>>', 'pdf-encryption-unsupported'],
    ['version 3', '<</Filter/Standard/V 3/R 3/O()/U()>>', 'pdf-encryption-unsupported'],
    ['revision 9', '<</Filter/Standard/V 5/R 9>>', 'pdf-encryption-unsupported'],
    ['revision 1e99', '<</Filter/Standard/V 4/R 1e99>>', 'pdf-encryption-unsupported'],
    ['a number', '17', 'pdf-damaged'],
    ['no /O', '<</Filter/Standard/V 1/R 2>>', 'pdf-damaged'],
    ['a short /O', '<</Filter/Standard/V 1/R 2/O(a)/U(b)>>', 'pdf-damaged'],
    ['no /UE', `<</Filter/Standard/V 5/R 6/O(${'a'.repeat(48)})/U(${'a'.repeat(48)})>>`, 'pdf-damaged'],
  ])('%s', (_, encrypt, code) => {
    expect(opening(encrypt)).toBe(code);
  });

  it.each([
    ['an unknown method', '/CF<</A<</CFM/ROT13>>>>/StmF/A', 'pdf-encryption-unsupported'],
    ['a filter that is not there', '/StmF/A', 'pdf-damaged'],
  ])('%s', (_, filters, code) => {
    expect(opening(file.dictionary(filters))).toBe(code);
  });

  it.each(['-1', '0', '7', '99999999999', '1e300', '(x)', 'null'])(
    'a key length of %s is only a hint',
    (length) => {
      expect(opening(file.dictionary(sound).replace('/Length 128', `/Length ${length}`))).toBe('no failure');
    },
  );

  it('every password of a revision 6 file is tried once, and soon', () => {
    const entry = createHash('sha384').update('x').digest().toString('hex');
    const wrapped = entry.slice(0, 64);
    const encrypt = `<</Filter/Standard/V 5/R 6/O<${entry}>/U<${entry}>/OE<${wrapped}>/UE<${wrapped}>/P -4>>`;
    expect(opening(encrypt)).toBe('no failure');
    const sealed = encrypt.replace('/P', '/CF<</A<</CFM/AESV3>>>>/StmF/A/P');
    expect(opening(sealed)).toBe('pdf-encrypted');
    expect(opening(sealed, 'ấ'.repeat(100_000))).toBe('pdf-password-wrong');
  });
});
