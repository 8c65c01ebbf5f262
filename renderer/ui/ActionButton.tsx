import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import styles from './ActionButton.module.css';
import { Icon } from './Icon.tsx';
import type { IconName } from './icon-paths.ts';

interface ActionButtonProps {
  children: ReactNode;
  /** One `primary` a screen at most; `danger` gives something back. */
  look?: 'primary' | 'secondary' | 'danger' | 'quiet';
  icon?: IconName;
  onPress?: () => void;
  isDisabled?: boolean;
  /** What it started goes on: it keeps the focus, and pressing it again does nothing. */
  isPending?: boolean;
  type?: 'button' | 'submit';
  /** Id of the form that a submit button outside of it belongs to. */
  form?: string;
  /** Id of the sentence that says why the button can't be pressed, or what it does. */
  describedBy?: string | undefined;
  /** Only the picture is shown; the words are its name. */
  iconOnly?: boolean;
}

/** The one kind of button: never smaller than a finger, named by its words. */
export function ActionButton({
  children,
  look = 'secondary',
  icon,
  onPress,
  isDisabled = false,
  isPending = false,
  type = 'button',
  form,
  describedBy,
  iconOnly = false,
}: ActionButtonProps) {
  return (
    <Button
      className={`${styles.button} ${styles[look]} ${iconOnly ? styles.iconOnly : ''}`}
      type={type}
      isDisabled={isDisabled}
      isPending={isPending}
      {...(form ? { form } : {})}
      {...(onPress ? { onPress } : {})}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
    >
      {icon && <Icon name={icon} />}
      <span className={iconOnly ? 'visually-hidden' : ''}>{children}</span>
    </Button>
  );
}
