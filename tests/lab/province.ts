import * as z from 'zod';
import { type Agency, agency, type Person, person } from '../../contract/document.ts';
import type { Subject } from './pki/subject.ts';
import type { TokenOrder } from './tokens/machine.ts';

/** The make-believe province: two tiers, as since 1 July 2025. Codes after QĐ 20/2020/QĐ-TTg; H99 is nobody's. */
export const agencies = z.record(z.enum(['province', 'department', 'commune']), agency).parse({
  province: { code: 'H99', name: 'Ủy ban nhân dân tỉnh Thử Nghiệm', level: 'province' },
  department: {
    code: 'H99.18',
    name: 'Sở Khoa học và Công nghệ tỉnh Thử Nghiệm',
    level: 'province',
    // Merged into it in 2025; certificates in the old name run on.
    aliases: ['Sở Thông tin và Truyền thông tỉnh Thử Nghiệm'],
    parent: 'Ủy ban nhân dân tỉnh Thử Nghiệm',
  },
  commune: { code: 'H99.166', name: 'Ủy ban nhân dân xã Thử Nghiệm', level: 'commune' },
});

export const personNames = ['leader', 'specialist', 'clerk', 'communeClerk'] as const;
export type PersonName = (typeof personNames)[number];

interface Member {
  person: Person;
  /** What the person's computer has plugged in. */
  tokens: TokenOrder[];
}

function personal(holder: Person, commonName: string, unit: string): TokenOrder {
  const subject: Subject = {
    commonName,
    unit,
    organisation: holder.agency.name,
    locality: 'Tỉnh Thử Nghiệm',
    uid: `CBCC:${holder.id}`,
  };
  return { kind: 'personal', label: commonName, subject };
}

/** An agency's certificate names the agency itself; NĐ 30/2020 Đ32 leaves its token in the clerk's hands. */
function seal(owner: Agency, label: string): TokenOrder {
  const subject: Subject = {
    commonName: owner.name,
    organisation: owner.name,
    locality: 'Tỉnh Thử Nghiệm',
    uid: `MDD:${owner.code}`,
  };
  return { kind: 'seal', label, subject };
}

function member(id: string, position: string, role: Person['role'], agency: Agency): Person {
  return person.parse({ id, position, role, agency });
}

const leader = member('H99.18.001', 'Giám đốc', 'leader', agencies.department);
const specialist = member('H99.18.014', 'Chuyên viên', 'specialist', agencies.department);
const clerk = member('H99.18.007', 'Văn thư', 'clerk', agencies.department);
const communeClerk = member('H99.166.003', 'Văn thư', 'clerk', agencies.commune);

/** Everybody who has a desk, with the tokens at it. Positions instead of names throughout. */
export const members: Record<PersonName, Member> = {
  leader: { person: leader, tokens: [personal(leader, 'Giám đốc Sở', 'Ban Giám đốc')] },
  specialist: { person: specialist, tokens: [personal(specialist, 'Chuyên viên', 'Phòng Chuyển đổi số')] },
  clerk: {
    person: clerk,
    tokens: [personal(clerk, 'Văn thư Sở', 'Văn phòng Sở'), seal(agencies.department, 'Dấu Sở KH&CN')],
  },
  communeClerk: {
    person: communeClerk,
    tokens: [personal(communeClerk, 'Văn thư xã', 'Văn phòng HĐND và UBND')],
  },
};
