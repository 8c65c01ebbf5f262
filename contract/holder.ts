/**
 * Whose key a certificate speaks for: a person's approves and signs in, an agency's seals. No attribute says it, so it
 * is read off the subject's name by these rules, the first that applies. Where none does, it is a person:
 * a wrong guess then only leaves the seal to be chosen by hand.
 *
 * 1. A personal identifier (UID or serialNumber with a prefix for an identity card, a passport, a civil servant's number or the
 *    like; given name, surname) makes a person; an organisation's (agency code MDD, tax code MST, budget code MNS) an agency.
 * 2. A common name equal to the organisation's or unit's (O, OU) makes an agency: "CN=Sở Y tế, O=Sở Y tế".
 * 3. A common name that begins as organisations' names do makes an agency: "CN=Ủy ban nhân dân xã …, O=…".
 */
export type Holder = 'person' | 'agency';

/** The attributes of a subject, by short name (RFC 4519, X.520); several of one kind as a list. */
export type SubjectName = Readonly<Record<string, string | readonly string[] | undefined>>;

const personalIdentifier = /^(CMND|CMTND|CCCD|CBCC|CC|HC|HCHIEU|PID|PAS|IDC|BHXH)\b/i;
const organisationIdentifier = /^(MST|MNS|MDD|MĐD|MDVQHNS|MSDN)\b/i;

/** Without accents as well where that can't be a person's name ("Van phong …" could be nobody, "So" could be Mr Sơ). */
const organisationWords = [
  'ủy ban|uỷ ban|uy ban|ubnd|hđnd|hdnd|ubmttq|hội đồng|hoi dong',
  'văn phòng|van phong|trung tâm|trung tam|thanh tra|kiểm toán|kiểm sát|viện kiểm sát|tòa án|toà án',
  'sở|bộ|cục|chi cục|chi cuc|tổng cục|tong cuc|vụ|viện|học viện|phòng|trường|đại học|cao đẳng|bệnh viện|trạm',
  'ban quản lý|ban tổ chức|ban tuyên giáo|ban dân vận|ban nội chính|ban cơ yếu|ban chỉ huy|ban dân tộc|ban tiếp công dân',
  'đảng ủy|đảng uỷ|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|huyện ủy|huyện uỷ|xã ủy|đảng bộ|mặt trận',
  'công an|cong an|bộ chỉ huy|kho bạc|bảo hiểm xã hội|bao hiem xa hoi|ngân hàng|thuế|hải quan',
  'công ty|cong ty|tổng công ty|tong cong ty|tập đoàn|quỹ|liên đoàn|hội liên hiệp|hội nông dân|hội cựu chiến binh|đoàn thanh niên',
].join('|');
const organisationName = new RegExp(`^(?:${organisationWords})(?=\\s|$)`, 'iu');

function values(name: SubjectName, attribute: string): readonly string[] {
  const value = name[attribute];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** For comparing: composed letters, one case, single spaces. */
function plain(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/gu, ' ').trim();
}

export function holderOf(subject: SubjectName): Holder {
  const identifiers = [...values(subject, 'UID'), ...values(subject, 'serialNumber')];
  if (identifiers.some((identifier) => organisationIdentifier.test(identifier))) return 'agency';
  if (identifiers.some((identifier) => personalIdentifier.test(identifier))) return 'person';
  if (values(subject, 'GN').length > 0 || values(subject, 'SN').length > 0) return 'person';
  const [commonName] = values(subject, 'CN').map(plain);
  if (commonName === undefined) return values(subject, 'O').length > 0 ? 'agency' : 'person';
  const units = [...values(subject, 'O'), ...values(subject, 'OU')].map(plain);
  if (units.includes(commonName)) return 'agency';
  // An identifier of a kind that we don't know is a person's far more often than an agency's.
  if (identifiers.length > 0) return 'person';
  return organisationName.test(commonName) ? 'agency' : 'person';
}
