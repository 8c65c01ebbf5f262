import { implement } from '@orpc/server';
import { AppError, type Failure } from '../../contract/failure.ts';
import { toBase64 } from '../../contract/sealed-pin.ts';
import { tokenContract } from './contract.ts';
import { reportFault } from './fault.ts';
import type { TokenService } from './token-service.ts';

/** The seam's one error, as oRPC's typed constructor makes it. */
interface SeamErrors {
  FAILURE(options: { data: Failure }): Error;
}

/** Lets a failure cross as `{code, params, retryable}`: no stack, no text of a driver's. */
async function answer<Result>(errors: SeamErrors, act: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (thrown) {
    const failed = AppError.from(thrown);
    reportFault(failed);
    throw errors.FAILURE({ data: failed.toFailure() });
  }
}

/** The contract's procedures over the service; the service comes as a promise since PIN keys take a moment to make. */
export function tokenRouter(service: Promise<TokenService>) {
  const os = implement(tokenContract);
  return {
    list: os.list.handler(({ input, errors }) =>
      answer(errors, async () => (await service).list(input.modulePath, input.wanted)),
    ),
    pinKey: os.pinKey.handler(({ errors }) => answer(errors, async () => (await service).pinKey())),
    login: os.login.handler(({ input, errors }) =>
      answer(errors, async () => {
        await (await service).login(input);
        return {};
      }),
    ),
    logout: os.logout.handler(({ errors }) =>
      answer(errors, async () => {
        (await service).logout();
        return {};
      }),
    ),
    changePin: os.changePin.handler(({ input, errors }) =>
      answer(errors, async () => {
        await (await service).changePin(input);
        return {};
      }),
    ),
    certificate: os.certificate.handler(({ input, errors }) =>
      answer(errors, async () => ({ der: toBase64((await service).certificate(input.key)) })),
    ),
  };
}
