/** The personal checklist with its ticks, and what printing adds to it. */
import { useRef, useState } from 'preact/hooks';
import { checklistFor } from '../../core/checklist/checklist.ts';
import type { Situation } from '../../core/checklist/situation.ts';
import { longDate } from '../../content/checklist/phrases.ts';
import { Announcement } from './Announcement.tsx';
import { ChecklistView } from './ChecklistView.tsx';
import { readProof, writeProof, type Proof } from './proof.ts';
import { readTicks, today, writeTicks, type Ticks } from './ticks.ts';

interface Props {
  situation: Situation;
  /** The answers as they stand in the page's address: where to come back to. */
  query: string;
}

export function Checklist({ situation, query }: Props) {
  const checklist = situation.device?.id ?? 'any';
  const [ticks, setTicks] = useState<Ticks>(() => readTicks(checklist));
  const [proof, setProof] = useState<Proof | undefined>(() => readProof(checklist));
  const [kept, setKept] = useState(true);
  const title = useRef<HTMLHeadingElement>(null);

  const phases = checklistFor(situation);
  const shown = phases.flatMap((phase) => phase.steps.map((step) => step.id as string));
  const done = shown.filter((id) => ticks[id] !== undefined);
  const oldest = done.map((id) => ticks[id] ?? '').sort()[0];

  const keep = (next: Ticks): void => {
    setTicks(next);
    setKept(writeTicks(checklist, next));
  };
  const onTick = (id: string, on: boolean): void => {
    const { [id]: ticked, ...others } = ticks;
    keep(on ? { ...others, [id]: today() } : others);
  };
  const clear = (): void => {
    keep({});
    setProof(undefined);
    writeProof(checklist, undefined);
    // The button that was pressed goes away.
    title.current?.focus();
  };

  return (
    <section class="plan" aria-labelledby="plan-title">
      <h2 id="plan-title" tabIndex={-1} ref={title}>
        Your checklist{situation.device ? ` for the ${situation.device.name}` : ''}
      </h2>
      <p class="screen-only">
        <button type="button" class="button" onClick={() => print()}>
          Print it
        </button>{' '}
        {done.length > 0 && (
          <button type="button" class="button-quiet" onClick={clear}>
            Clear my ticks
          </button>
        )}
      </p>
      <div class="screen-only">
        <p>
          {done.length} of {shown.length} steps done.
        </p>
        {/* Without their number, which answers change as well. */}
        <Announcement text={`Steps done: ${done.length}.`} />
        <div role="status">
          {!kept && (
            <p>This browser does not keep ticks: print the list, or leave this page open.</p>
          )}
        </div>
      </div>
      {proof && (
        <p>
          Proven on {longDate(proof.on)}. {proof.what}
        </p>
      )}
      {oldest !== undefined && oldest < today() && (
        <p class="note screen-only">
          Some ticks are from {longDate(oldest)}. A backup older than a day is worth making again:
          clear the ticks to start over.
        </p>
      )}
      <p class="print-only plan-address">
        Facts of {longDate(situation.facts.about.asOf)}. This plan, with your answers:{' '}
        <span class="address">{location.origin + location.pathname + query}</span>
      </p>
      <ChecklistView
        level={3}
        situation={situation}
        query={query}
        phases={phases}
        ticked={(id) => ticks[id] !== undefined}
        onTick={onTick}
      />
    </section>
  );
}
