import { useId } from 'react';
import type { SigningAct } from '../../contract/signing-act.ts';
import {
  copyForms,
  fileWords,
  initialRoles,
  type StampField,
  stampFieldHints,
  stampFieldNames,
} from '../words/local-file.ts';
import { stampNames } from '../words/vi.ts';
import styles from './StampFields.module.css';
import { fieldsOf, offeredActs, type Typed } from './wish.ts';

interface StampFieldsProps {
  act: SigningAct;
  typed: Typed;
  onAct(act: SigningAct): void;
  onTyped(typed: Typed): void;
}

/** Which stamp, and what it is to say. */
export function StampFields({ act, typed, onAct, onTyped }: StampFieldsProps) {
  return (
    <>
      <fieldset className={styles.kinds}>
        <legend className={styles.legend}>{fileWords.kind}</legend>
        {offeredActs.map((each) => (
          <label key={each} className={styles.kind}>
            <input type="radio" name="stamp" checked={each === act} onChange={() => onAct(each)} />
            <span>
              <span className={styles.name}>{stampNames[each].name}</span>
              <span className={styles.hint}>{stampNames[each].hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {fieldsOf[act].map((field) => (
        <Field
          key={field}
          field={field}
          value={typed[field] ?? ''}
          onChange={(value) => onTyped({ ...typed, [field]: value })}
        />
      ))}
    </>
  );
}

const choices: Partial<Record<StampField, Readonly<Record<string, string>>>> = {
  form: copyForms,
  answersFor: initialRoles,
};

interface FieldProps {
  field: StampField;
  value: string;
  onChange(value: string): void;
}

function Field({ field, value, onChange }: FieldProps) {
  const id = useId();
  const hint = stampFieldHints[field];
  const common = {
    id,
    value,
    className: styles.input ?? '',
    'aria-describedby': hint ? `${id}-hint` : undefined,
  };
  const options = choices[field];
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.name}>
        {stampFieldNames[field]}
      </label>
      {options ? (
        <select {...common} onChange={(event) => onChange(event.target.value)}>
          {Object.entries(options).map(([option, name]) => (
            <option key={option} value={option}>
              {name}
            </option>
          ))}
        </select>
      ) : field === 'text' ? (
        <textarea {...common} rows={3} maxLength={1000} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...common}
          type={field === 'date' ? 'date' : 'text'}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
