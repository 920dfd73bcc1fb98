/** The fields of the estimate's form. */
import type { AmountReading } from '../../core/amount.ts';
import { readingWords } from '../../content/estimate.ts';

interface TypedProps {
  name: string;
  label: string;
  hint?: string;
  unit: 'GB' | 'Mbit/s';
  /** What is typed; kept as it is, whatever it means. */
  value: string;
  reading: AmountReading;
  onType: (text: string) => void;
}

/** An amount to type, and under it how it was understood. */
export function TypedField({ name, label, hint, unit, value, reading, onType }: TypedProps) {
  const id = `estimate-${name}`;
  const words = value === '' ? '' : readingWords(reading, unit);
  const wrong = words !== '' && reading.kind === 'unreadable';
  const described = [hint && `${id}-hint`, words && `${id}-reading`].filter(Boolean).join(' ');
  return (
    <div class="estimate-field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        name={name}
        type="text"
        autocomplete="off"
        maxLength={80}
        value={value}
        {...(described ? { 'aria-describedby': described } : {})}
        aria-invalid={wrong ? 'true' : 'false'}
        onInput={(event) => onType(event.currentTarget.value)}
      />
      {words && (
        <p class={wrong ? 'problem' : 'hint'} id={`${id}-reading`}>
          {words}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  /** What the first line says, which chooses nothing. */
  none: string;
  options: readonly (readonly [value: string, words: string])[];
  value: string;
  onChoose: (value: string) => void;
}

export function ChoiceField({ name, label, none, options, value, onChoose }: ChoiceProps) {
  const id = `estimate-${name}`;
  return (
    <div class="estimate-field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{none}</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
