import { beforeAll, describe, expect, it } from 'vitest';
import { readOptions } from '../../../native/cli/options.ts';
import { readStamp, stampOptions } from '../../../native/cli/stamp-options.ts';
import { failureOf, scratchFolder, writeFile } from '../pdf/scratch.ts';

const folder = scratchFolder();
let jpeg = '';

beforeAll(() => {
  jpeg = writeFile(
    folder,
    'signature.jpg',
    Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.alloc(60)]),
  );
});

function stamp(...args: string[]) {
  return readStamp(readOptions(args, stampOptions).values);
}

describe('what is to be seen, and where', () => {
  it.each([
    [[], { kind: 'plain' }],
    [
      ['--as', 'approval', '--field', 'cho-ky', '--page', '2', '--box', '1,2,3,4'],
      { kind: 'approval', field: 'cho-ky', page: 2, box: { x: 1, y: 2, width: 3, height: 4 } },
    ],
    [
      ['--as', 'seal', '--number', '05', '--date', '2026-02-03', '--seal-size', '34'],
      { kind: 'seal', number: '05', date: '2026-02-03', diameter: 34 },
    ],
    [['--as', 'appendix', '--number', '05/QĐ-SKHCN'], { kind: 'appendix', referenceCode: '05/QĐ-SKHCN' }],
    [
      ['--as', 'copy', '--copy-form', 'sao-luc', '--agency', 'UBND xã'],
      { kind: 'copy', form: 'sao-luc', agency: 'UBND xã' },
    ],
    [
      [
        '--as',
        'incoming',
        '--number',
        '12',
        '--date',
        '2026-03-06',
        '--forward-to',
        'VP',
        '--case-file',
        '1-HS',
      ],
      { kind: 'incoming', arrivalNumber: '12', date: '2026-03-06', forwardedTo: 'VP', caseFile: '1-HS' },
    ],
    [['--as', 'directive', '--text', ' Giao VP. '], { kind: 'directive', text: 'Giao VP.' }],
    [['--as', 'initial', '--initial-for', 'form'], { kind: 'initial', answersFor: 'form' }],
  ])('%j', (args, expected) => {
    expect(stamp(...args)).toEqual(expected);
  });

  it('an arrival without a day arrived today', () => {
    expect(stamp('--as', 'incoming', '--number', '12')).toMatchObject({
      date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
  });

  it.each([
    [['--as', 'stamp']],
    [['--as', 'appendix']],
    [['--as', 'appendix', '--number', '']],
    [['--as', 'copy']],
    [['--as', 'copy', '--copy-form', 'photo']],
    [['--as', 'incoming']],
    [['--as', 'directive']],
    [['--as', 'directive', '--text', '   ']],
    [['--as', 'directive', '--text', 'x'.repeat(1001)]],
    [['--as', 'initial']],
    [['--as', 'initial', '--initial-for', 'fun']],
    [['--as', 'copy', '--copy-form', 'sao-y', '--image', 'seal.png']],
    [['--as', 'seal', '--seal-size', '5']],
    [['--as', 'seal', '--seal-size', '1e9']],
  ])('%j is refused', (args) => {
    expect(failureOf(() => stamp(...args))).toBe('input-invalid');
  });

  it('a picture that can not be used is told of before anybody is asked for a PIN', () => {
    expect(failureOf(() => stamp('--as', 'approval', '--image', jpeg))).toBe('image-unusable');
    expect(failureOf(() => stamp('--as', 'approval', '--image', `${folder}/none.png`))).toBe('file-missing');
  });
});
