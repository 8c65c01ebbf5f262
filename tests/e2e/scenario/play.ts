import { documentTypes } from '../../../contract/document-type.ts';
import type { ConsentWindow } from './consent-window.ts';
import type { Desk } from './desk.ts';
import type { Stage } from './stage.ts';

/** Told at each moment worth a picture: whose desk it is, and which window to look at where it isn't the main one. */
export type Witness = (moment: string, desk: Desk, window?: ConsentWindow) => Promise<void>;

export interface Played {
  readonly leader: Desk;
  readonly clerk: Desk;
  readonly commune: Desk;
  /** The decision's versions at the server: original, approved, sealed. */
  readonly versions: readonly string[];
}

/**
 * The main job, end to end: a leader signs, the clerk numbers and seals, the line fails, the document goes out once,
 * and a commune registers it.
 */
export async function playMainJob(stage: Stage, witness: Witness): Promise<Played> {
  const { lab } = stage;
  const decision = lab.seed.documents.find(({ type }) => type === 'quyet-dinh');
  if (!decision) throw new Error(`the lab has no ${documentTypes['quyet-dinh'].name}`);
  const { subject } = decision;

  await lab.people.leader.machine.unplug();
  const leader = await stage.open('leader');
  await leader.sees('Cắm thiết bị ký số vào máy tính');
  await witness('no-token', leader);
  await lab.people.leader.machine.plugIn();
  await leader.sees('Giám đốc Sở');
  await witness('token-found', leader);
  await leader.signsIn();
  await leader.goesTo('Chờ ký');
  await leader.row(subject).waitFor();
  await witness('to-sign', leader);
  await leader.opens('Chờ ký', subject);
  await witness('document', leader);
  const dialog = await leader.asksToSign('Ký duyệt');
  await dialog.locator('canvas[data-drawn]').waitFor();
  await witness('sign-dialog', leader);
  const consent = await leader.asksForConsent(dialog);
  await consent.settled();
  await witness('consent', leader, consent);
  await consent.confirms(lab.people.leader.token.pin);
  await leader.sees(/^Đã ký duyệt lúc/);
  await leader.pageDrawn();
  await witness('signed', leader);

  const clerk = await stage.open('clerk');
  await clerk.signsIn();
  await clerk.opens('Chờ phát hành', subject);
  await witness('to-number', clerk);
  await clerk.takesNumber();
  await clerk.sees(/01\/QĐ-SKHCN/);
  const sealing = await clerk.asksToSign('Đóng dấu cơ quan');
  await witness('seal-dialog', clerk);
  await clerk.confirmsSigning(sealing, lab.people.clerk.seal?.pin);
  await clerk.sees(/^Đã đóng dấu cơ quan lúc/);
  await clerk.pageDrawn();
  await witness('sealed', clerk);

  await stage.stopServer();
  await clerk.sees('Mất kết nối');
  await clerk.issues();
  await clerk.goesTo('Hộp gửi');
  await clerk.outboxEntry('Phát hành').getByText('Đang chờ gửi').waitFor();
  await witness('waiting', clerk);
  await stage.startServer();
  await clerk.outboxEntry('Phát hành').getByText('Đã gửi xong').waitFor();
  await witness('sent', clerk);

  const commune = await stage.open('communeClerk');
  await commune.signsIn();
  await commune.opens('Văn bản đến', subject);
  await commune.sees('Hợp lệ');
  await witness('incoming', commune);
  await clerk.opens('Văn bản đi', subject);
  await clerk.sees('Đã đến');
  await witness('arrived', clerk);
  await commune.registers();
  await commune.sees(/Số đến/);
  await witness('registered', commune);
  await clerk.sees('Đã tiếp nhận');
  await witness('received', clerk);

  const paper = lab.papers.documents.decision;
  return { leader, clerk, commune, versions: await stage.versionsOf(paper) };
}
