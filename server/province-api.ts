import { implement } from '@orpc/server';
import { AppError } from '../contract/failure.ts';
import { provinceContract } from '../contract/province.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { IncomingActs } from './incoming-acts.ts';
import type { OutgoingActs } from './outgoing-acts.ts';
import type { Receipts } from './receipts.ts';
import type { Session, Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';

/** What the listener knows of a request before a procedure sees it. */
export interface RequestContext {
  /** Null only on the two routes that open a session. */
  session: Session | null;
  /** The other end's address, for the rate limit. */
  address: string;
}

export interface ApiParts {
  signIn: SignIn;
  sessions: Sessions;
  feed: ChangeFeed;
  outgoing: OutgoingActs;
  incoming: IncomingActs;
  receipts: Receipts;
}

function signedIn({ session }: RequestContext): Session {
  if (!session) throw new AppError('session-missing');
  return session;
}

/** The province contract, each procedure handed to the part that knows. */
export function provinceApi(parts: ApiParts) {
  const { signIn, sessions, feed, outgoing, incoming, receipts } = parts;
  const os = implement(provinceContract).$context<RequestContext>();
  return os.router({
    auth: {
      challenge: os.auth.challenge.handler(({ input, context }) =>
        signIn.challenge(input.certificate, context.address),
      ),
      open: os.auth.open.handler(({ input, context }) => signIn.open(input, context.address)),
      close: os.auth.close.handler(({ context }) => {
        sessions.close(signedIn(context));
        return {};
      }),
    },
    sync: {
      changes: os.sync.changes.handler(({ input, context, signal }) =>
        feed.page(signedIn(context), input, signal),
      ),
    },
    documents: {
      approve: os.documents.approve.handler(({ input, context }) =>
        outgoing.approve(signedIn(context).person, input),
      ),
      return: os.documents.return.handler(({ input, context }) =>
        outgoing.return(signedIn(context).person, input),
      ),
      assignNumber: os.documents.assignNumber.handler(({ input, context }) =>
        outgoing.assignNumber(signedIn(context).person, input),
      ),
      issue: os.documents.issue.handler(({ input, context }) =>
        outgoing.issue(signedIn(context).person, input),
      ),
    },
    incoming: {
      acknowledge: os.incoming.acknowledge.handler(({ input, context }) =>
        incoming.acknowledge(signedIn(context).person, input),
      ),
      register: os.incoming.register.handler(({ input, context }) =>
        incoming.register(signedIn(context).person, input),
      ),
      refuse: os.incoming.refuse.handler(({ input, context }) =>
        incoming.refuse(signedIn(context).person, input),
      ),
    },
    outcomes: {
      find: os.outcomes.find.handler(({ input, context }) => {
        const document = receipts.find(input.key, signedIn(context).person.id);
        return document ? { known: true as const, document } : { known: false as const };
      }),
    },
  });
}
