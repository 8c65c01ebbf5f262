/**
 * Measurements, each against something plain in the same run: `npm run bench -- NAME…`, all of them without a name. Each prints
 * one JSON object.
 */
const benches: Readonly<Record<string, () => Promise<{ measure(): Promise<object> }>>> = {
  token: () => import('./token.ts'),
};

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!load) throw new Error(`no such measurement: ${name}; there are ${Object.keys(benches).join(', ')}`);
  const { measure } = await load();
  console.log(JSON.stringify({ bench: name, ...(await measure()) }, null, 2));
}

export {};
