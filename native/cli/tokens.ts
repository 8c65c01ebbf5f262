import { AppError, type Failure } from '../../contract/failure.ts';
import { failureMessage, type Language } from '../../contract/messages/message.ts';
import type { CertificateInfo, ModuleInfo, TokenInfo } from '../../contract/token.ts';
import { ForkedTokenHost } from '../token/forked-token-host.ts';
import { TokenClient } from '../token/token-client.ts';
import { type CommandIo, failureLines, usageError } from './command-io.ts';
import { modulesToAsk } from './modules-to-ask.ts';
import { readOptions } from './options.ts';

const options = {
  module: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
} as const;

/**
 * `antin tokens` (cli.md): what each module sees, without a PIN. Exit 0: every module asked for could be used (without
 * `--module`: one of those on this system); 1: not so.
 */
export async function runTokens(args: string[], io: CommandIo): Promise<number> {
  let values: { module?: string[] | undefined; json: boolean };
  try {
    const read = readOptions(args, options);
    if (read.positionals.length > 0) throw new AppError('input-invalid', { field: 'option' });
    values = read.values;
  } catch (error) {
    io.err(failureLines(AppError.from(error), io.language));
    return usageError;
  }
  const client = new TokenClient(new ForkedTokenHost());
  try {
    const modules = await modulesToAsk(client, values.module);
    io.out(values.json ? JSON.stringify({ modules }) : describe(modules, io.language));
    const usable = modules.filter((module) => module.ok).length;
    return usable > 0 && (values.module === undefined || usable === modules.length) ? 0 : 1;
  } catch (error) {
    io.err(failureLines(AppError.from(error), io.language));
    return 1;
  } finally {
    await client.close();
  }
}

const vietnamese = {
  token: 'Thiết bị',
  serial: 'số sê-ri',
  noToken: 'Không có thiết bị nào đang cắm.',
  noCertificate: 'Không có chứng thư số nào trên thiết bị.',
  certificateSerial: 'Số chứng thư',
  issuer: 'Cơ quan cấp',
  valid: 'Hiệu lực',
  key: 'Khóa',
  person: 'cá nhân',
  agency: 'cơ quan, tổ chức',
  canSign: 'ký được',
  cannotSign: 'không dùng để ký',
  noKey: 'không có khóa đi kèm',
  pinCountLow: 'Đã có lần nhập sai mã PIN.',
  pinFinalTry: 'Chỉ còn một lần nhập mã PIN trước khi thiết bị bị khóa.',
  pinLocked: 'Thiết bị đã bị khóa vì nhập sai mã PIN quá số lần cho phép.',
  protectedPath: 'Mã PIN được nhập trên chính thiết bị.',
};

const english: typeof vietnamese = {
  token: 'Token',
  serial: 'serial number',
  noToken: 'No token is plugged in.',
  noCertificate: 'There is no certificate on the token.',
  certificateSerial: 'Certificate number',
  issuer: 'Issued by',
  valid: 'Valid',
  key: 'Key',
  person: 'person',
  agency: 'agency, organisation',
  canSign: 'can sign',
  cannotSign: 'not for signing',
  noKey: 'without its private key',
  pinCountLow: 'A wrong PIN has been entered.',
  pinFinalTry: 'Only one try is left before the token locks.',
  pinLocked: 'The token has locked itself after too many wrong PINs.',
  protectedPath: 'The PIN is typed on the token itself.',
};

type Words = typeof vietnamese;

/** For people: one block a module, a token indented once, a certificate twice. */
function describe(modules: readonly ModuleInfo[], language: Language): string {
  const words = language === 'en' ? english : vietnamese;
  if (modules.length === 0) return sentences({ code: 'module-missing', params: {} }, language);
  return modules.map((module) => describeModule(module, words, language)).join('\n\n');
}

function sentences(failure: Pick<Failure, 'code' | 'params'>, language: Language): string {
  const { happened, why, todo } = failureMessage(failure, language);
  return `${happened} ${why}\n${todo}`;
}

function describeModule(module: ModuleInfo, words: Words, language: Language): string {
  const lines = [module.description === '' ? module.path : `${module.path} (${module.description})`];
  if (module.error) lines.push(indent(1, sentences(module.error, language)));
  for (const token of module.tokens) lines.push(describeToken(token, words));
  if (module.ok && !module.error && module.tokens.length === 0) lines.push(indent(1, words.noToken));
  return lines.join('\n');
}

function describeToken(token: TokenInfo, words: Words): string {
  const maker = [token.manufacturer, token.model].filter(Boolean).join(', ');
  const lines = [
    `${words.token} “${token.label}”, ${words.serial} ${token.serial}${maker ? ` (${maker})` : ''}`,
  ];
  const { pinCountLow, pinFinalTry, pinLocked, protectedPath } = token.flags;
  // The gravest one alone: a locked token's other flags only confuse.
  if (pinLocked) lines.push(words.pinLocked);
  else if (pinFinalTry) lines.push(words.pinFinalTry);
  else if (pinCountLow) lines.push(words.pinCountLow);
  if (protectedPath) lines.push(words.protectedPath);
  if (token.certificates.length === 0) lines.push(words.noCertificate);
  const certificates = token.certificates.map((certificate) => describeCertificate(certificate, words));
  return [indent(1, lines.join('\n')), ...certificates].join('\n');
}

function describeCertificate(certificate: CertificateInfo, words: Words): string {
  const { subject, organisation, holder, serial, issuer, notBefore, notAfter, keyType, keyBits } =
    certificate;
  const use = !certificate.canSign
    ? words.cannotSign
    : certificate.hasPrivateKey
      ? words.canSign
      : words.noKey;
  const lines = [
    `${subject}${organisation ? `, ${organisation}` : ''} (${words[holder]}; ${use})`,
    `  ${words.certificateSerial}: ${serial}`,
    `  ${words.issuer}: ${issuer}`,
    `  ${words.valid}: ${day(notBefore)} – ${day(notAfter)}`,
    `  ${words.key}: ${keyType} ${keyBits}`,
  ];
  return indent(2, lines.join('\n'));
}

/** A day in Viet Nam, as people write it. */
function day(instant: string): string {
  const date = new Date(instant);
  return date.toLocaleDateString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' });
}

function indent(depth: number, text: string): string {
  return text.replace(/^/gm, '  '.repeat(depth));
}
