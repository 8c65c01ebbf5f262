import { deflateSync } from 'node:zlib';
import type { Random } from '../../random.ts';
import { entriesOf, get, put, withData } from '../paper/dictionary.ts';
import type { Paper } from '../paper/paper.ts';
import type { Mutation } from './mutation.ts';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

const encoders: Readonly<Record<string, (data: string) => string>> = {
  FlateDecode: (data) => latin1(deflateSync(Buffer.from(data, 'latin1'))),
  ASCIIHexDecode: (data) => `${Buffer.from(data, 'latin1').toString('hex')}>`,
  ASCII85Decode: (data) => `${ascii85(Buffer.from(data, 'latin1'))}~>`,
  RunLengthDecode: (data) =>
    `${(data.match(/[\s\S]{1,128}/g) ?? []).map((run) => String.fromCharCode(run.length - 1) + run).join('')}\x80`,
};

function ascii85(data: Buffer): string {
  let text = '';
  for (let at = 0; at < data.length; at += 4) {
    const rest = Math.min(4, data.length - at);
    let value = Buffer.concat([data.subarray(at, at + rest), Buffer.alloc(4 - rest)]).readUInt32BE(0);
    const digits: string[] = [];
    for (let count = 0; count < 5; count++) {
      digits.unshift(String.fromCharCode(33 + (value % 85)));
      value = Math.floor(value / 85);
    }
    text +=
      value === 0 && digits.every((one) => one === '!') && rest === 4
        ? 'z'
        : digits.slice(0, rest + 1).join('');
  }
  return text;
}

function onStream(change: (body: string, data: string, random: Random, paper: Paper) => string): Mutation {
  return (paper, random) => {
    const streams = [...paper.objects].filter(
      ([, body]) => get(body, 'Filter') === undefined && body.endsWith('endstream'),
    );
    if (streams.length === 0) return;
    const [number, body] = random.pick(streams);
    paper.set(number, change(body, entriesOf(body)?.data ?? '', random, paper));
  };
}

const names = Object.keys(encoders);
const shortNames: Readonly<Record<string, string>> = {
  FlateDecode: 'Fl',
  ASCIIHexDecode: 'AHx',
  ASCII85Decode: 'A85',
  RunLengthDecode: 'RL',
};

export const streamMutations: Readonly<Record<string, Mutation>> = {
  'stream: encoded': onStream((body, data, random) => {
    const chosen = Array.from({ length: 1 + random.below(3) }, () => random.pick(names));
    const encoded = chosen.toReversed().reduce((now, name) => encoders[name]?.(now) ?? now, data);
    const written = chosen.map((name) => `/${random.oneIn(6) ? shortNames[name] : name}`);
    const filter = written.length === 1 && random.oneIn(2) ? (written[0] ?? '') : `[${written.join(' ')}]`;
    return withData(put(body, random.oneIn(8) ? 'F' : 'Filter', filter), encoded);
  }),
  'stream: encoded otherwise than it says': onStream((body, data, random) => {
    const encoded = encoders[random.pick(names)]?.(data) ?? data;
    const filter = random.pick([
      `/${random.pick(names)}`,
      '/Nope',
      '/Crypt',
      '[/Crypt /FlateDecode]',
      'null',
      '[null]',
      '/LZWDecode',
      '[]',
      '/JBIG2Decode',
      '/DCTDecode',
    ]);
    return withData(put(body, 'Filter', filter), encoded);
  }),
  'stream: damaged in its encoding': onStream((body, data, random) => {
    const name = random.pick(names);
    const encoded = encoders[name]?.(data) ?? data;
    const at = random.below(encoded.length);
    const damaged = random.pick([
      ...[encoded.slice(0, at), encoded.slice(0, -4), `${encoded}junk`, `\n${encoded}`, encoded.slice(0, -1)],
      ...[
        encoded.slice(0, at) + String.fromCharCode(random.below(256)) + encoded.slice(at + 1),
        `${encoded.slice(0, at)} ${encoded.slice(at)}`,
      ],
    ]);
    return withData(put(body, 'Filter', `/${name}`), damaged);
  }),
  'stream: parameters': onStream((body, data, random) => {
    const parameters = random.pick([
      ...[
        '<</Predictor 12 /Columns 4>>',
        '<</Predictor 2 /Columns 8>>',
        '<</Predictor 1>>',
        '[null]',
        '[<</Predictor 15>>]',
        '<</Predictor 99>>',
      ],
      ...[
        '<</EarlyChange 0>>',
        '<</Columns 5>>',
        '[null null]',
        'null',
        '<</Predictor 10 /Columns 0>>',
        '<</Predictor 12 /Colors 3 /Columns 2>>',
      ],
    ]);
    const key = random.pick(['DecodeParms', 'DecodeParms', 'DP', 'FDecodeParms']);
    return withData(
      put(put(body, 'Filter', '/FlateDecode'), key, parameters),
      encoders['FlateDecode']?.(data) ?? data,
    );
  }),
  'stream: of another file': onStream((body, _, random) =>
    put(body, 'F', random.pick(['(/etc/hostname)', '<</Type /Filespec /F (x.txt)>>', 'null', '(x)'])),
  ),
  'stream: two filters': onStream((body, data) =>
    withData(
      put(put(body, 'Filter', '/FlateDecode'), 'Filter2', '/None').replace(
        '/Filter2 /None',
        '/Filter /ASCIIHexDecode',
      ),
      encoders['FlateDecode']?.(data) ?? data,
    ),
  ),
  'stream: its keyword': onStream((body, _, random) =>
    body.replace(
      'stream\n',
      random.pick(['stream\r', 'stream\r\n', 'stream \n', 'stream', 'stream\n\n', 'stream%\n', '\rstream\n']),
    ),
  ),
  'stream: a word of its end in it': onStream((body, data, random) =>
    withData(
      body,
      `${data.slice(0, random.below(data.length))}\n${random.pick(['endstream', 'endobj', 'endstream endobj', 'stream', '9 0 obj', 'xref', 'startxref', '%%EOF'])}\n${data}`,
    ),
  ),
};
