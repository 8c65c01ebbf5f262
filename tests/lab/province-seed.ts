import type { X509Certificate } from 'node:crypto';
import { type ProvinceSeed, provinceSeed } from '../../server/seed.ts';
import type { PaperName, Papers } from './papers.ts';
import { agencies, members, type PersonName, personNames } from './province.ts';

/** Certificates of the lab's people and of the department itself, as the server is to know them. */
export interface SeedCertificates {
  readonly people: Readonly<Record<PersonName, X509Certificate>>;
  readonly department: X509Certificate;
}

function base64(certificate: X509Certificate): string {
  return certificate.raw.toString('base64');
}

/** What the reference server begins with: the lab's province and three documents that await the leader's signature. */
export function seedOf(papers: Papers, certificates: SeedCertificates): ProvinceSeed {
  const file = (paper: PaperName, name: string, part: 'main' | 'appendix' = 'main') => ({
    path: papers.documents[paper],
    name,
    part,
  });
  const fromDepartment = {
    issuer: agencies.department.code,
    signerPosition: 'GIÁM ĐỐC',
    urgency: 'normal',
  };
  return provinceSeed.parse({
    agencies: Object.values(agencies),
    people: personNames.map((name) => ({
      person: members[name].person,
      certificate: base64(certificates.people[name]),
    })),
    agencyCertificates: [{ agency: agencies.department.code, certificate: base64(certificates.department) }],
    documents: [
      {
        ...fromDepartment,
        type: 'quyet-dinh',
        subject: 'Về việc thành lập Tổ triển khai ký số và gửi, nhận văn bản điện tử',
        symbol: 'QĐ-SKHCN',
        recipients: [agencies.commune.code],
        files: [file('decision', 'quyet-dinh-thanh-lap-to-trien-khai.pdf')],
      },
      {
        ...fromDepartment,
        type: 'cong-van',
        subject: 'V/v rà soát, gia hạn chứng thư số chuyên dùng công vụ năm 2027',
        symbol: 'SKHCN-CĐS',
        urgency: 'urgent',
        recipients: [agencies.commune.code],
        files: [file('officialLetter', 'cong-van-gia-han-chung-thu-so.pdf')],
      },
      {
        ...fromDepartment,
        type: 'to-trinh',
        subject: 'Về việc phê duyệt Kế hoạch bồi dưỡng kỹ năng số cho công chức cấp xã năm 2027',
        symbol: 'TTr-SKHCN',
        recipients: [agencies.province.code],
        files: [
          file('proposal', 'to-trinh-boi-duong.pdf'),
          file('appendix', 'phu-luc-lop-boi-duong.pdf', 'appendix'),
        ],
      },
    ],
  });
}
