/** What the program itself, its installer and a person with an old graphics card may say. */
const known: ReadonlySet<string> = new Set([
  'profile',
  'updated',
  'force-run',
  'disable-gpu',
  'force-device-scale-factor',
]);

/**
 * The first switch that a released program is started with and doesn't know, by its name; null where there is none.
 * Chromium and Node obey switches before any code of ours runs, and some of them hand the program over: to a
 * debugger, an extension, another proxy. So what isn't known is refused, whatever it means.
 */
export function foreignSwitch(args: readonly string[], platform: NodeJS.Platform): string | null {
  // Chromium takes "/name" for a switch on Windows; elsewhere that is a file.
  const form = platform === 'win32' ? /^(?:--?|\/)([^=]*)/ : /^--?([^=]*)/;
  for (const arg of args) {
    const name = form.exec(arg)?.[1]?.toLowerCase();
    if (name !== undefined && !known.has(name)) return name;
  }
  return null;
}
