import { type ConsentQuestion, type ConsentReply, consentQuestion } from '../../contract/consent.ts';

/**
 * What this window has to do with the shell: questions come, replies go, over the one port that the preload script
 * passes on.
 */
export interface ShellPort {
  reply(reply: ConsentReply): void;
}

/**
 * Waits for the port; `onQuestion` is told each question, also one that is asked again. Only the window itself is
 * listened to.
 */
export function listenToShell(onQuestion: (question: ConsentQuestion, shell: ShellPort) => void): void {
  window.addEventListener('message', ({ source, data, ports }: MessageEvent) => {
    const [port] = ports;
    if (source !== window || !port || (data as { antin?: unknown } | null)?.antin !== 'consent') return;
    const shell: ShellPort = { reply: (reply) => port.postMessage(reply) };
    port.addEventListener('message', (event) => {
      const question = consentQuestion.safeParse(event.data);
      // Our own shell asks nothing else; what isn't understood is answered with no.
      if (question.success) onQuestion(question.data, shell);
      else shell.reply({ say: 'cancel' });
    });
    port.start();
  });
}
