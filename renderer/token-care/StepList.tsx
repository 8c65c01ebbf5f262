import { failureMessage } from '../../contract/messages/message.ts';
import type { TokenStep } from '../../contract/token.ts';
import { stepLook } from '../token/token-steps.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { careWords, stepTitles, stepWords } from '../words/token.ts';
import styles from './TokenHelp.module.css';

interface StepListProps {
  steps: readonly TokenStep[];
  /** Null where no token wants another PIN. */
  onChangePin: (() => void) | null;
}

/** The steps to a signature in their order; the one that fails says what is wrong and what to do now. */
export function StepList({ steps, onChangePin }: StepListProps) {
  return (
    <ol className={styles.steps} aria-label={stepWords.list}>
      {steps.map((step, index) => {
        const look = stepLook(step, steps);
        const title = stepTitles[step.step];
        return (
          <li
            key={step.step}
            className={styles.step}
            aria-label={`${stepWords.number(index + 1)}: ${title}`}
            data-state={step.state}
          >
            <div className={styles.head}>
              <span className={styles.number} aria-hidden="true">
                {index + 1}
              </span>
              <span className={styles.title}>
                <span className={styles.strong}>{title}</span>
                {step.subject && <span className={styles.quiet}>{step.subject}</span>}
              </span>
              <Status tone={look.tone} icon={look.icon}>
                {look.word}
              </Status>
            </div>
            {step.failure && <Advice step={step} onChangePin={onChangePin} />}
          </li>
        );
      })}
    </ol>
  );
}

function Advice({
  step: { failure },
  onChangePin,
}: { step: TokenStep } & Pick<StepListProps, 'onChangePin'>) {
  if (!failure) return null;
  const { happened, why, todo } = failureMessage(failure);
  return (
    <div className={styles.advice}>
      <p className={styles.strong}>{happened}</p>
      <p>{why}</p>
      <p className={styles.todo}>
        <Icon name="chevronRight" />
        <span>
          <span className={styles.strong}>{stepWords.todo}</span> {todo}
        </span>
      </p>
      {failure.code === 'pin-must-change' && onChangePin && (
        <ActionButton icon="key" onPress={onChangePin}>
          {careWords.changePin}
        </ActionButton>
      )}
    </div>
  );
}
