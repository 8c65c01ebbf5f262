/** XMP metadata, compared by what it says rather than by how it is written. */

/** Properties that every program which touches a file renews. */
const volatile = new Set([
  'ModifyDate',
  'MetadataDate',
  'Producer',
  'InstanceID',
  'History',
  'x:xmptk',
  'xmptk',
  'when',
  'changed',
  'softwareAgent',
  'instanceID',
  'action',
  'parameters',
]);

const structural = new Set(['xmpmeta', 'RDF', 'Description', 'Seq', 'Bag', 'Alt', 'li', 'xpacket']);
const maxCharacters = 4 * 1024 * 1024;

/** Whether two packets say the same but for dates, producer and editing history. */
export function isSameMetadata(before: Uint8Array, after: Uint8Array): boolean {
  if (before.length > maxCharacters || after.length > maxCharacters) return false;
  const [old, now] = [statements(before), statements(after)];
  return old !== null && now !== null && JSON.stringify(old) === JSON.stringify(now);
}

const token =
  /<\/([^\s>]+)\s*>|<([^\s/>?!]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|<\?[^>]*>|<!--[\s\S]*?-->|([^<]+)/y;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** "path=text" for each text and attribute, sorted; null for what isn't plain XML. */
function statements(bytes: Uint8Array): string[] | null {
  const xml = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  const found: string[] = [];
  const path: string[] = [];
  const say = (names: readonly string[], text: string) => {
    const properties = names.filter((name) => !structural.has(name));
    if (text === '' || properties.some((name) => volatile.has(name))) return;
    found.push(`${properties.join('/')}=${text}`);
  };
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const match = token.exec(xml);
    if (!match) return null;
    const [, closed, opened, attributes = '', empty, text] = match;
    if (closed !== undefined && path.pop() !== local(closed)) return null;
    if (text !== undefined) say(path, text.trim());
    if (opened === undefined) continue;
    for (const [, name = '', double, single] of attributes.matchAll(attribute)) {
      if (name.startsWith('xmlns') || local(name) === 'about' || local(name) === 'parseType') continue;
      say([...path, local(opened), local(name)], double ?? single ?? '');
    }
    if (empty !== '/') path.push(local(opened));
    if (path.length > 64) return null;
  }
  return path.length === 0 ? found.sort() : null;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
