import { attacks } from './case.ts';
import { bareBlocks, enciphered, protectedUpdate, protectedVictim, rawStream } from './protected.ts';
import { resources, textField, type Victim } from './victim.ts';

/** Additions to a protected file whose end some programs decipher and others don't. */

const box = `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`;
const update =
  (objects: Readonly<Record<number, string>>) =>
  (victim: Victim): Buffer =>
    protectedUpdate(protectedVictim(victim, 'aes'), 'aes', objects);
const field = (entries: string) => enciphered('aes', 6, textField(entries));
/** A field that says "95", shown by what stands in these bytes. */
const shownBy = (data: Uint8Array) =>
  update({ 6: field('/V (95) /AP << /N 30 0 R >>'), 30: rawStream(`<< ${box}`, data) });

/** Three blocks that show a 5, and a last one with the 9 before it. */
const five = 'BT /F1 12 Tf 9 5 Td (5) Tj -7 0 Td'.padEnd(48);
const hex = (data: Uint8Array) => `<${Buffer.from(data).toString('hex')}>`;

export const decipheredApart = attacks({
  'a look whose last block is a padding to others': shownBy(bareBlocks(30, `${five}(9) Tj ET%     \x10`)),
  'a look without any padding': shownBy(bareBlocks(30, `${five}(9) Tj ET       `)),
  'a look with a part of a block behind it': shownBy(
    Buffer.concat([bareBlocks(30, `${five}(9) Tj ET       `), Buffer.from('part')]),
  ),
  'a value in clear, which is too short to be deciphered': update({
    6: field('').replace(' >>', ' /V (9005) >>'),
  }),
  'a value whose last block is a padding to others': update({
    6: field('').replace(' >>', ` /V ${hex(bareBlocks(6, `95${' '.repeat(14)}${'5'.repeat(15)}\x10`))} >>`),
  }),
  'a default appearance in clear': update({
    6: field('/V (05)').replace(/\/DA <[0-9a-f]*>/, '/DA (/F1 12 Tf 1 g)'),
  }),
  'a value that one byte moves': (victim) => {
    const signed = protectedVictim(victim, 'rc4');
    // As a literal string, in which an end of line is one byte to us and two to poppler.
    const sealed = Buffer.from(
      /\/V <([0-9a-f]*)>/.exec(enciphered('rc4', 6, textField(`/V (${'0'.repeat(40)})`)))?.[1] ?? '',
      'hex',
    );
    sealed.write('\r\n', 1, 'latin1');
    const literal = sealed.toString('latin1').replace(/[()\\]/g, (one) => `\\${one}`);
    return protectedUpdate(signed, 'rc4', {
      6: enciphered('rc4', 6, textField('')).replace(' >>', ` /V (${literal}) >>`),
    });
  },
});
