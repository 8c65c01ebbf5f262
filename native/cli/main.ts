import type { Language } from '../../contract/messages/message.ts';
import { type CommandIo, processIo, usageError } from './command-io.ts';
import { words } from './words.ts';

/** Runs one command with its arguments and returns the exit code. */
type Command = (args: string[], io: CommandIo) => Promise<number>;

/** Commands are loaded when they are called: `tokens` needn't wait for the PDF code, nor `verify` for the token's. */
const commands: Record<string, () => Promise<Command>> = {
  tokens: async () => (await import('./tokens.ts')).runTokens,
  sign: async () => (await import('./sign.ts')).runSign,
  check: async () => (await import('./check.ts')).runCheck,
  draft: async () => (await import('./draft.ts')).runDraft,
  diagnose: async () => (await import('./diagnose.ts')).runDiagnose,
  extend: async () => (await import('./extend.ts')).runExtend,
  verify: async () => (await import('./verify.ts')).runVerify,
  flatten: async () => (await import('./flatten.ts')).runFlatten,
  revision: async () => (await import('./revision.ts')).runRevision,
};

/** Takes `--lang xx` (or `--lang=xx`) out of the arguments, wherever it stands. */
function takeLanguage(args: readonly string[]): { language: Language; rest: string[] } {
  const at = args.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  if (at < 0) return { language: 'vi', rest: [...args] };
  const isJoined = args[at]?.includes('=') ?? false;
  const value = isJoined ? args[at]?.slice('--lang='.length) : args[at + 1];
  return { language: value === 'en' ? 'en' : 'vi', rest: args.toSpliced(at, isJoined ? 1 : 2) };
}

async function main(): Promise<number> {
  const { language, rest } = takeLanguage(process.argv.slice(2));
  const io = processIo(language);
  const [name = '', ...args] = rest;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load) return (await load())(args, io);
  const isHelp = name === '--help' || name === '-h' || name === 'help';
  if (isHelp) io.out(words(language).usage);
  else io.err(words(language).usage);
  return isHelp ? 0 : usageError;
}

process.exitCode = await main();
