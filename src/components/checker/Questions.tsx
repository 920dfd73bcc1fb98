/** The short questions; every one may be left alone. */
import { canUse, matters, type Situation } from '../../core/checklist/situation.ts';
import { exclusiveValues, questions, type Question } from '../../core/checklist/questions.ts';
import { releaseFor } from '../../core/compatibility.ts';
import { valuesOf, type Answers } from '../../core/answers.ts';
import type { ValueOf } from '../../core/checklist/questions.ts';
import { questionWords } from '../../content/questions.ts';
import { nowSentence } from '../../content/verdict.ts';
import { Announcement } from './Announcement.tsx';

interface Props {
  answers: Answers;
  situation: Situation;
  onAnswer: (id: Question['id'], value: string, on: boolean) => void;
  onNow: (text: string) => void;
}

export function Questions({ answers, situation, onAnswer, onNow }: Props) {
  return (
    <form class="questions" onSubmit={(event) => event.preventDefault()}>
      <NowQuestion answers={answers} situation={situation} onNow={onNow} />
      {questions
        .filter((question) => matters(question.id, situation))
        .map((question) => (
          <QuestionFields
            key={question.id}
            question={question}
            answers={answers}
            situation={situation}
            onAnswer={onAnswer}
          />
        ))}
    </form>
  );
}

function NowQuestion({ answers, situation, onNow }: Omit<Props, 'onAnswer'>) {
  const { now, verdict, facts } = situation;
  const unknown = answers.now === 'unknown';
  const wrong = now !== undefined && now.kind !== 'known' && verdict !== undefined;
  const reading = wrong ? nowSentence(now, verdict, facts) : '';
  return (
    <fieldset>
      <legend>Which version does it have now?</legend>
      <p class="hint" id="now-hint">
        Settings, General, About shows it: a number such as 13.7.
      </p>
      <label for="now-input">Version it has now</label>
      <input
        id="now-input"
        class="short-input"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        maxLength={80}
        value={unknown ? '' : answers.now}
        aria-describedby={wrong ? 'now-hint now-reading' : 'now-hint'}
        aria-invalid={wrong && now.kind !== 'newer-than-facts' ? 'true' : 'false'}
        onInput={(event) => onNow(event.currentTarget.value)}
      />
      <label class="choice">
        <input
          type="checkbox"
          checked={unknown}
          onChange={(event) => onNow(event.currentTarget.checked ? 'unknown' : '')}
        />
        <span>I don’t know</span>
      </label>
      {wrong && (
        <p class="problem" id="now-reading">
          {reading}
        </p>
      )}
      <Announcement text={reading} />
    </fieldset>
  );
}

interface FieldsProps {
  question: Question;
  answers: Answers;
  situation: Situation;
  onAnswer: Props['onAnswer'];
}

function QuestionFields({ question, answers, situation, onAnswer }: FieldsProps) {
  const words = questionWords[question.id];
  const chosen = valuesOf(answers, question.id);
  const values = question.values.filter(
    (value) => question.id !== 'uses' || isOffered(value as ValueOf<'uses'>, situation),
  );
  return (
    <fieldset>
      <legend>{words.ask}</legend>
      {words.hint && <p class="hint">{words.hint}</p>}
      {values.map((value) => (
        <label class="choice" key={value}>
          <input
            type={question.multiple ? 'checkbox' : 'radio'}
            name={question.id}
            value={value}
            checked={chosen.includes(value)}
            onChange={(event) => onAnswer(question.id, value, event.currentTarget.checked)}
          />
          <span>{(words.values as Record<string, string>)[value]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function isOffered(use: ValueOf<'uses'>, { device }: Situation): boolean {
  return exclusiveValues.includes(use) || canUse(device, use);
}

interface ReleaseProps {
  situation: Situation;
  onRelease: (major: number) => void;
}

/** Which release the question is about; iPads see iPadOS. */
export function ReleaseSelect({ situation, onRelease }: ReleaseProps) {
  const { facts, device, verdict } = situation;
  if (!device || !verdict) return null;
  const majors = facts.releases
    .map(({ major }) => major)
    .filter((major, index, all) => all.indexOf(major) === index);
  return (
    <p class="release-select">
      <label for="release-input">Asking about</label>{' '}
      <select
        id="release-input"
        value={String(verdict.release.major)}
        onChange={(event) => onRelease(Number(event.currentTarget.value))}
      >
        {majors.map((major) => (
          <option key={major} value={String(major)}>
            {releaseFor(facts, device, major)?.name}
          </option>
        ))}
      </select>
    </p>
  );
}
