import type {
  Confirmation,
  ConfirmationAnswer,
  ConsentAnswer,
  ConsentQuestion,
} from '../../../contract/consent.ts';
import { sealPin } from '../../../contract/sealed-pin.ts';
import type { PersonPort } from '../../../native/core/ports.ts';

/** A person who says yes to all that they are asked, with a PIN where one is wanted; tests put other answers in. */
export class WillingPerson implements PersonPort {
  readonly questions: ConsentQuestion[] = [];
  readonly confirmations: Confirmation[] = [];
  readonly ended: string[] = [];
  pin = 'Sample-PIN-1';
  /** Answers in place of the person's yes; undefined: the yes. */
  answers: (question: ConsentQuestion) => Promise<ConsentAnswer | undefined> | ConsentAnswer | undefined =
    () => undefined;
  confirms: (confirmation: Confirmation) => ConfirmationAnswer = () => ({ answer: 'confirmed' });

  async askConsent(question: ConsentQuestion): Promise<ConsentAnswer> {
    this.questions.push(question);
    const own = await this.answers(question);
    if (own) return own;
    const { pin } = question;
    const sealed =
      pin.asks === 'field' ? await sealPin(new TextEncoder().encode(this.pin), pin.sealFor) : null;
    const isLast = pin.asks !== 'nothing' && pin.tries === 'last';
    return { answer: 'confirmed', pin: sealed, lastTryConfirmed: isLast };
  }

  async endConsent(id: string): Promise<void> {
    this.ended.push(id);
  }

  async confirm(confirmation: Confirmation): Promise<ConfirmationAnswer> {
    this.confirmations.push(confirmation);
    return this.confirms(confirmation);
  }
}
