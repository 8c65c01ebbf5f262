import type { Failure } from '../../contract/failure.ts';
import { failureMessage, type Language } from '../../contract/messages/message.ts';
import type { Diagnosis } from './diagnosis.ts';

const vietnamese = {
  title: 'Kiểm tra máy tính này: từng bước để ký được',
  system: 'Máy tính',
  store: 'Dữ liệu của chương trình',
  storeWell: 'không thấy gì bất thường',
  step: {
    module: 'Phần mềm của thiết bị',
    reader: 'Cổng đọc thiết bị',
    token: 'Thiết bị ký số',
    certificate: 'Chứng thư số',
    keyUse: 'Dùng để ký',
    login: 'Mở thiết bị bằng mã PIN',
  },
  state: { done: 'được', waiting: 'chưa tới', failed: 'CHƯA ĐƯỢC' },
  source: {
    configured: 'theo cấu hình',
    added: 'thêm bằng tay',
    known: 'đã biết',
    system: 'hệ thống khai báo',
  },
  noTokens: 'không có thiết bị',
  valid: 'hiệu lực',
  daysLeft: (days: number) => `còn ${days} ngày`,
  mechanisms: 'thuật toán ký',
  alsoSeenBy: 'cũng thấy qua',
};

const english: typeof vietnamese = {
  title: 'This computer, step by step, to a signature',
  system: 'System',
  store: "The program's own data",
  storeWell: 'nothing unusual found',
  step: {
    module: 'Driver',
    reader: 'Reader',
    token: 'Token',
    certificate: 'Certificate',
    keyUse: 'Fit to sign',
    login: 'Opened with its PIN',
  },
  state: { done: 'works', waiting: 'not yet', failed: 'DOES NOT WORK' },
  source: {
    configured: 'configured',
    added: 'added by hand',
    known: 'known maker',
    system: 'named by the system',
  },
  noTokens: 'no token',
  valid: 'valid',
  daysLeft: (days) => `${days} days left`,
  mechanisms: 'signing mechanisms',
  alsoSeenBy: 'also seen by',
};

/** The diagnosis for people: the steps first, then what was found. */
export function diagnosisText(diagnosis: Diagnosis, language: Language): string {
  const words = language === 'en' ? english : vietnamese;
  const { system, steps, modules, checkedAt, store } = diagnosis;
  const sentences = (failure: Failure) => Object.values(failureMessage(failure, language)).join(' ');
  const lines = [words.title, ''];
  for (const { step, state, failure, subject } of steps) {
    lines.push(`[${words.state[state]}] ${words.step[step]}${subject ? `: ${subject}` : ''}`);
    if (failure) lines.push(`    ${sentences(failure)}`);
  }
  lines.push(
    '',
    `${words.system}: ${system.platform} ${system.arch}, ${system.release}, Node ${system.node}, ${checkedAt}`,
  );
  if (store !== undefined) lines.push(`${words.store}: ${store ? sentences(store) : words.storeWell}`);
  for (const module of modules) {
    const facts = [module.description, module.family, module.source && words.source[module.source]];
    lines.push('', `${module.path} (${facts.filter(Boolean).join('; ')})`);
    if (module.error) lines.push(`    ${sentences(module.error)}`);
    for (const reader of module.readers ?? []) {
      lines.push(`  ${reader.description}${reader.tokenPresent ? '' : `: ${words.noTokens}`}`);
      if (reader.failure) lines.push(`    ${sentences(reader.failure)}`);
    }
    for (const token of module.tokens) {
      lines.push(`  “${token.label}” ${token.serial} (${token.manufacturer}, ${token.model})`);
      if (token.mechanisms) lines.push(`    ${words.mechanisms}: ${token.mechanisms.join(', ')}`);
      if (token.alsoSeenBy) lines.push(`    ${words.alsoSeenBy}: ${token.alsoSeenBy.join(', ')}`);
      for (const certificate of token.certificates) {
        const {
          subject,
          organisation,
          notBefore,
          notAfter,
          keyType,
          keyBits,
          daysLeft = 0,
          refusal,
        } = certificate;
        const dates = `${words.valid} ${notBefore.slice(0, 10)} – ${notAfter.slice(0, 10)}, ${words.daysLeft(daysLeft)}`;
        lines.push(
          `    ${[subject, organisation].filter(Boolean).join(', ')}: ${keyType} ${keyBits}, ${dates}`,
        );
        if (refusal) lines.push(`      ${sentences(refusal)}`);
      }
    }
  }
  return lines.join('\n');
}
