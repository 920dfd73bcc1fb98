/** Everything below the lookup, once a device is chosen. */
import { withAnswer, writeAnswers, type Answers } from '../../core/answers.ts';
import { situationOf } from '../../core/checklist/situation.ts';
import type { Facts } from '../../data/schema.ts';
import { useMemo } from 'preact/hooks';
import { Checklist } from './Checklist.tsx';
import { Questions, ReleaseSelect } from './Questions.tsx';
import { Announcement } from './Announcement.tsx';
import { addressOf } from '../siteAddress.ts';
import { spokenVerdict, VerdictView } from './VerdictView.tsx';

interface Props {
  facts: Facts;
  answers: Answers;
  /** Set when the device was chosen just now, not read from the address. */
  takeFocus: boolean;
  onChange: (answers: Answers, how: 'choose' | 'type') => void;
}

export function Plan({ facts, answers, takeFocus, onChange }: Props) {
  const situation = useMemo(() => situationOf(answers, facts), [answers, facts]);
  const { verdict, now } = situation;
  return (
    <>
      <div class="screen-only">
        <ReleaseSelect
          situation={situation}
          onRelease={(release) => onChange({ ...answers, release }, 'choose')}
        />
        <Announcement text={verdict ? spokenVerdict({ verdict, now, facts }) : ''} />
      </div>
      {verdict && <VerdictView verdict={verdict} now={now} facts={facts} takeFocus={takeFocus} />}
      <section class="screen-only" aria-labelledby="questions-title">
        <h2 id="questions-title">A few questions, to fit the plan to you</h2>
        <p>Leave out any you like. Your answers stay in this page’s address and go nowhere else.</p>
        <Questions
          answers={answers}
          situation={situation}
          onAnswer={(id, value, on) => onChange(withAnswer(answers, id, value, on), 'choose')}
          onNow={(now) => onChange({ ...answers, now }, 'type')}
        />
      </section>
      <Checklist key={answers.device} situation={situation} query={writeAnswers(answers, facts)} />
      <p class="screen-only">
        <a class="target" href={addressOf(`devices/${situation.device?.id}/`)}>
          All about this device
        </a>
      </p>
    </>
  );
}
