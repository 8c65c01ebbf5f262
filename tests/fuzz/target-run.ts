import { X509Certificate } from 'node:crypto';
import { readTrust, type TrustOptions } from '../../native/verification/certificate/trust.ts';
import { judgeAnswer, judgeCertificateInput, judgeList, judgeMessage } from './blob-oracle.ts';
import type { Corpus } from './corpus.ts';
import { judgePdf } from './pdf-oracle.ts';
import type { Input, Outcome } from './target.ts';

/** Whom an input is judged by: the lab's root, its lists as they were, and no responder. */
export function trustOf(corpus: Corpus): TrustOptions {
  const root = new X509Certificate(corpus.root);
  return {
    anchors: [root],
    intermediates: [new X509Certificate(corpus.issuing)],
    time: corpus.time,
    fetcher: {
      get: async (url) => corpus.lists.get(url) ?? Promise.reject(new Error(`nothing at ${url}`)),
      post: async () => Promise.reject(new Error('no responder here')),
    },
  };
}

/** Gives an input to what it is for. What is thrown there is a finding: nothing that bytes say may throw. */
export async function runInput(input: Input, corpus: Corpus, trust: TrustOptions): Promise<Outcome> {
  try {
    switch (input.target) {
      case 'pdf':
        return await judgePdf(input, readTrust(trust));
      case 'message':
        return await judgeMessage(input);
      case 'certificate':
        return await judgeCertificateInput(input, trust);
      case 'list':
        return await judgeList(input, corpus, trust);
      case 'answer':
        return judgeAnswer(input, corpus);
    }
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      outcome: `${input.target} crash`,
      finding: `thrown: ${stack.split('\n').slice(0, 6).join(' | ')}`,
    };
  }
}
