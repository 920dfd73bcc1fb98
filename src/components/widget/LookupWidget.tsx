/** The checker's lookup and verdict for somebody else's page, and the way to the whole checklist. */
import { useErrorBoundary, useState } from 'preact/hooks';
import { areOld, mostDays } from '../../core/age.ts';
import { releaseFor, verdictFor, type Verdict } from '../../core/compatibility.ts';
import { writeAnswers, noAnswers } from '../../core/answers.ts';
import { buildIndex, lookup } from '../../core/lookup/lookup.ts';
import { longDate } from '../../content/checklist/phrases.ts';
import { facts } from '../../data/facts.ts';
import { Lookup } from '../checker/Lookup.tsx';
import { VerdictView } from '../checker/VerdictView.tsx';

const index = buildIndex(facts);

interface Props {
  /** The major that is asked about. */
  major: number;
  /** The site's own address, with a slash at the end. */
  home: string;
  onSelect: (verdict: Verdict) => void;
}

export function LookupWidget({ major, home, onSelect }: Props) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  const failure: unknown = useErrorBoundary()[0];
  const verdict = chosen === undefined ? undefined : verdictOf(chosen, major);

  const choose = (id: string): void => {
    setChosen(id);
    setText('');
    const found = verdictOf(id, major);
    if (found) onSelect(found);
  };

  if (failure !== undefined) {
    return (
      <p class="widget">
        This lookup failed here. <a href={`${home}check/`}>Look your device up at Backup First</a>
      </p>
    );
  }
  return (
    <div class="widget">
      <Lookup
        text={verdict?.device.name ?? text}
        chosen={verdict !== undefined}
        result={verdict ? undefined : lookup(index, text)}
        loading={false}
        asOf={facts.about.asOf}
        onText={(typed) => {
          setChosen(undefined);
          setText(typed);
        }}
        onChoose={choose}
        onInterest={() => undefined}
      />
      {verdict && (
        <>
          <VerdictView verdict={verdict} facts={facts} takeFocus />
          <p>
            <a
              class="button"
              href={`${home}check/${writeAnswers({ ...noAnswers, device: chosen, release: major }, facts)}`}
            >
              Back up first: my checklist for the {verdict.device.name}
            </a>
          </p>
        </>
      )}
      {areOld(Date.parse(facts.about.asOf), Date.now()) && (
        <p class="problem">
          The facts are more than {mostDays} days old: what Apple offers today may differ. Look at
          Software Update on the device.
        </p>
      )}
      <p class="hint widget-foot">
        By <a href={home}>Backup First</a>. Facts of {longDate(facts.about.asOf)}. What is typed
        here stays here.
      </p>
    </div>
  );
}

function verdictOf(id: string, major: number): Verdict | undefined {
  const device = facts.devices.filter((known) => known.id === id)[0];
  const release = device && releaseFor(facts, device, major);
  return device && release && verdictFor(device, release);
}
