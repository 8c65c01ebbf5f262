import { type PinLength, type PinRule, pinRules } from '../token/pin-rules.ts';
import { Icon } from '../ui/Icon.tsx';
import { changePinWords, pinRuleWords } from '../words/token.ts';
import styles from './PinRules.module.css';

interface PinRulesProps {
  id: string;
  met: ReadonlySet<PinRule>;
  length: PinLength;
}

/** What a new PIN has to be, each rule ticked as it is met while the person types. */
export function PinRules({ id, met, length }: PinRulesProps) {
  const all = pinRules.every((rule) => met.has(rule));
  return (
    <div className={styles.rules}>
      <p id={`${id}-title`} className={styles.title}>
        {changePinWords.rules}
      </p>
      <ul id={id} className={styles.list} aria-labelledby={`${id}-title`}>
        {pinRules.map((rule) => (
          <li key={rule} className={styles.rule} data-met={met.has(rule)}>
            <Icon name={met.has(rule) ? 'check' : 'circle'} size={1.2} />
            <span>
              <span className="visually-hidden">
                {met.has(rule) ? changePinWords.met : changePinWords.unmet}:{' '}
              </span>
              {pinRuleWords[rule](length.min, length.max)}
            </span>
          </li>
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {all ? changePinWords.allMet : ''}
      </p>
    </div>
  );
}
