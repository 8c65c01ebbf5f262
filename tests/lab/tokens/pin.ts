import { randomInt } from 'node:crypto';

const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'] as const;
const all = classes.join('');

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

/**
 * A random PIN of 12 characters with upper case, lower case and digits, as the government's tokens want it (4–16 characters;
 * the rule asks for at least 8). Letters that look like digits are left out, since a person types it in the demo.
 */
export function randomPin(): string {
  const characters = [...classes.map(pick), ...Array.from({ length: 9 }, () => pick(all))];
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
}
