/**
 * The checker. `Answers` is its one state, and the page's address is `Answers`; everything shown
 * follows from it and the facts. Facts, lookup and plan come when the visitor shows interest.
 */
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { noAnswers, type Answers } from '../../core/answers.ts';
import type { Device } from '../../data/schema.ts';
import { isAppleMobile } from './browser.ts';
import { Lookup } from './Lookup.tsx';
import { Picker } from './Picker.tsx';

type Engine = typeof import('./engine.ts');

interface Props {
  /** What was typed into the built page before this script ran. */
  typed?: string;
}

export function Checker({ typed = '' }: Props) {
  const [engine, setEngine] = useState<Engine>();
  const [loading, setLoading] = useState<'not-yet' | 'wanted' | 'failed' | 'again'>('not-yet');
  const [answers, setAnswers] = useState<Answers>({ ...noAnswers, find: typed });
  const [ignored, setIgnored] = useState<string[]>([]);
  const [justChosen, setJustChosen] = useState(false);
  const failure: unknown = useErrorBoundary()[0];

  const followAddress = (loaded: Engine): void => {
    const read = loaded.answersOfAddress(loaded.facts);
    setAnswers(read.answers);
    setIgnored(read.ignored);
    setJustChosen(false);
  };
  const start = (loaded: Engine): void => {
    if (location.search.length > 1) {
      const read = loaded.answersOfAddress(loaded.facts);
      // Text typed while the facts were on their way is newer than the address.
      setAnswers(({ find }) =>
        find === '' ? read.answers : { ...read.answers, device: undefined, find },
      );
      setIgnored(read.ignored);
    }
    setEngine(() => loaded);
  };
  const wantEngine = (): void => {
    if (engine || loading === 'wanted' || loading === 'again') return;
    setLoading(loading === 'failed' ? 'again' : 'wanted');
    import('./engine.ts').then(start, () => setLoading('failed'));
  };

  useEffect(() => {
    if (typed !== '' || location.search.length > 1 || isAppleMobile()) wantEngine();
  }, []);

  useEffect(() => {
    if (!engine) return;
    // What was typed before the facts came is not in the address yet.
    if (answers.find !== '') engine.showInAddress(answers, engine.facts, 'type');
    const onBack = (): void => {
      const focused = document.activeElement;
      followAddress(engine);
      // What had the focus may be gone with the step that was taken back.
      setTimeout(() => {
        if (focused?.isConnected) return;
        const verdict = document.getElementById('verdict-title');
        (verdict ?? document.getElementById('lookup-input'))?.focus();
      });
    };
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, [engine]);

  const change = (next: Answers, how: 'choose' | 'type'): void => {
    setAnswers(next);
    if (ignored.length > 0) setIgnored([]);
    engine?.showInAddress(next, engine.facts, how);
  };
  const type = (find: string): void => {
    wantEngine();
    change({ ...answers, device: undefined, find }, answers.device ? 'choose' : 'type');
  };
  const choose = (device: string): void => {
    setJustChosen(true);
    change({ ...answers, device, find: '' }, 'choose');
  };

  const device = engine && deviceOf(engine, answers.device);
  const hasDevice = device !== undefined;
  useEffect(() => {
    // The page's own "Where do I find the model?" stands outside of this component.
    document.documentElement.classList.toggle('has-device', hasDevice);
  }, [hasDevice]);

  if (failure !== undefined) return <Failure />;
  return (
    <div class="checker">
      <div class="screen-only">
        <Lookup
          text={device?.name ?? answers.find}
          chosen={hasDevice}
          result={engine && !device ? engine.find(answers.find) : undefined}
          loading={loading === 'wanted' && !engine}
          asOf={engine?.facts.about.asOf}
          onText={type}
          onChoose={choose}
          onInterest={wantEngine}
        />
        {(loading === 'failed' || loading === 'again') && !engine && (
          <p class="problem" role="alert">
            The list of devices could not be loaded. Check the connection, then{' '}
            <a
              href={
                answers.find
                  ? `?${new URLSearchParams({ find: answers.find }).toString()}`
                  : location.search || './'
              }
            >
              load this page again
            </a>
            . What you typed stays.
          </p>
        )}
        <div role="status">
          {ignored.length > 0 && (
            <p class="note">
              We did not understand a part of the address, and left it out: {ignored.join(', ')}.
            </p>
          )}
        </div>
        {!device && engine && answers.find === '' && (
          <engine.Guess facts={engine.facts} onChoose={choose} />
        )}
        {!device && <Picker facts={engine?.facts} onChoose={choose} onInterest={wantEngine} />}
      </div>
      {device && (
        <engine.Plan
          facts={engine.facts}
          answers={answers}
          takeFocus={justChosen}
          onChange={change}
        />
      )}
    </div>
  );
}

/** Never a blank page: what can be read without the checker comes back into view. */
function Failure() {
  useEffect(() => document.documentElement.classList.remove('has-checker', 'has-device'), []);
  return (
    <p class="problem" role="alert">
      The checker failed in this browser. Your answers are still in the address: reload the page to
      try again, or use what can be read below.
    </p>
  );
}

function deviceOf({ facts }: Engine, id: string | undefined): Device | undefined {
  if (id === undefined) return undefined;
  return facts.devices.filter((device) => device.id === id)[0];
}
