import { useEffect, useState } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import type { SigningAct, StampWish } from '../../contract/signing-act.ts';
import { keySituation } from '../token/key-choice.ts';
import { firstTyped, type Typed, wishOf } from './wish.ts';

/** A place isn't looked for at every key, in milliseconds. */
const calmMs = 400;

/** What a person wants on a file: chosen, typed, and as a wish once it is whole. */
export function useStampWish(tokens: TokenState) {
  const [act, setAct] = useState<SigningAct>(() => firstAct(tokens));
  const [typed, setTyped] = useState<Typed>({});
  const whole = { ...firstTyped(act, today()), ...typed };
  const wish = wishOf(act, whole);
  const choose = (next: SigningAct) => {
    setAct(next);
    setTyped({});
  };
  return { act, typed: whole, wish, choose, setTyped };
}

/** What an office's people do most; with a token that can't, what every token can. */
function firstAct(tokens: TokenState): SigningAct {
  return keySituation(tokens, 'approve', new Date()).kind === 'ready' ? 'approve' : 'plain';
}

/** YYYY-MM-DD in Viet Nam. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
}

/** The wish as it stood when the person last paused in their typing. */
export function useCalmWish(wish: StampWish | null): StampWish | null {
  const text = JSON.stringify(wish);
  const [calm, setCalm] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(text), calmMs);
    return () => clearTimeout(timer);
  }, [text]);
  return calm === text ? wish : null;
}
