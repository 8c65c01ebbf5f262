/** An object's source text taken apart as far as mutations need it: entries of its dictionary, data behind it. */
export interface Entries {
  readonly list: [key: string, value: string][];
  /** Data of a stream, as Latin-1; null where it is none. */
  data: string | null;
}

const delimiter = /[\s()<>[\]{}/%]/;

/**
 * Where the value that begins there ends. Knows brackets, strings and names; takes what it doesn't know as one token.
 */
function valueEnd(text: string, start: number): number {
  const first = text[start] ?? '';
  if (text.startsWith('<<', start)) return bracketEnd(text, start + 2, '>>');
  if (first === '[') return bracketEnd(text, start + 1, ']');
  if (first === '(') return stringEnd(text, start);
  if (first === '<') return text.indexOf('>', start) + 1 || text.length;
  let at = start + 1;
  while (at < text.length && !delimiter.test(text[at] ?? '')) at++;
  const reference = /^\d+\s+\d+\s+R\b/.exec(text.slice(start, start + 40));
  return reference ? start + reference[0].length : at;
}

function bracketEnd(text: string, start: number, close: string): number {
  let at = start;
  while (at < text.length) {
    if (text.startsWith(close, at)) return at + close.length;
    at = /\s/.test(text[at] ?? '') ? at + 1 : valueEnd(text, at);
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** Takes `<<…>>` apart, with a stream behind it or without; null where the text is none. */
export function entriesOf(body: string): Entries | null {
  if (!body.startsWith('<<')) return null;
  const list: [string, string][] = [];
  const end = bracketEnd(body, 2, '>>');
  for (let at = 2; at < end - 2; ) {
    if (body[at] !== '/') {
      at++;
      continue;
    }
    const keyEnd = valueEnd(body, at);
    let start = keyEnd;
    while (/\s/.test(body[start] ?? '')) start++;
    const stop = valueEnd(body, start);
    list.push([body.slice(at + 1, keyEnd), body.slice(start, stop)]);
    at = stop;
  }
  const data = /^\s*stream\r?\n([\s\S]*?)\n?endstream\s*$/.exec(body.slice(end));
  return { list, data: data ? (data[1] ?? '') : null };
}

/** Puts it together again; /Length says what there is, unless a mutation has put another one. */
export function bodyOf({ list, data }: Entries): string {
  const written = list.map(([key, value]) => `/${key} ${value}`).join(' ');
  return data === null ? `<<${written}>>` : `<<${written}>>\nstream\n${data}\nendstream`;
}

export function get(body: string, key: string): string | undefined {
  return entriesOf(body)?.list.find(([name]) => name === key)?.[1];
}

/** With an entry added or replaced; without it where `value` is null. Anything but a dictionary stays as it is. */
export function put(body: string, key: string, value: string | null): string {
  const entries = entriesOf(body);
  if (!entries) return body;
  const at = entries.list.findIndex(([name]) => name === key);
  if (value === null) entries.list.splice(at, at < 0 ? 0 : 1);
  else if (at < 0) entries.list.push([key, value]);
  else entries.list[at] = [key, value];
  return bodyOf(entries);
}

/** With other data, its /Length put right. */
export function withData(body: string, data: string): string {
  const entries = entriesOf(put(body, 'Length', String(data.length)));
  return entries?.data == null ? body : bodyOf({ ...entries, data });
}
