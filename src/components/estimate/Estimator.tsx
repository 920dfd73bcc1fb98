/**
 * How long a backup takes. `Circumstances` is the one state, and the page's address is
 * `Circumstances`; everything shown follows from it.
 */
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import {
  noCircumstances,
  readCircumstances,
  writeCircumstances,
  type Circumstances,
} from '../../core/circumstances.ts';
import { estimateFor, readingsOf, type EstimatedDevice } from '../../core/estimate.ts';
import { partsOf, readingWords, spokenEstimate } from '../../content/estimate.ts';
import { planning } from '../../data/planning.ts';
import { forgetTyped, showInAddressBar } from '../addressBar.ts';
import { Announcement } from '../checker/Announcement.tsx';
import { EstimateForm } from './EstimateForm.tsx';
import { EstimateResults } from './EstimateResults.tsx';

interface Props {
  devices: readonly EstimatedDevice[];
  /** What was filled in before this script ran, as a query without its question mark. */
  filledIn?: string;
}

export function Estimator({ devices, filledIn = '' }: Props) {
  const [circumstances, setCircumstances] = useState<Circumstances>(noCircumstances);
  const [ignored, setIgnored] = useState<string[]>([]);
  const [started, setStarted] = useState(false);
  const failure: unknown = useErrorBoundary()[0];

  const follow = (query: string): void => {
    const read = readCircumstances(
      query,
      planning,
      devices.map(({ id }) => id),
    );
    setCircumstances(read.circumstances);
    setIgnored(read.ignored);
  };
  useEffect(() => {
    const onBack = (): void => {
      forgetTyped();
      follow(location.search);
    };
    // Of a name that is there twice the first counts: what was filled in is newer than the address.
    follow(`${filledIn}&${location.search.slice(1)}`);
    setStarted(true);
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);

  const change = (changed: Partial<Circumstances>, how: 'choose' | 'type'): void => {
    const next = { ...circumstances, ...changed };
    setCircumstances(next);
    setIgnored([]);
    showInAddressBar(() => writeCircumstances(next), how);
  };

  const device = devices.filter(({ id }) => id === circumstances.device)[0];
  const readings = readingsOf(circumstances, planning);
  const estimate = estimateFor(circumstances, device, planning);
  const isMade = estimate.backup !== undefined;
  useEffect(() => {
    // The examples stand outside of this component; on paper an estimate goes without them.
    document.documentElement.classList.toggle('has-own-estimate', isMade);
  }, [isMade]);

  if (failure !== undefined) {
    return (
      <p class="problem" role="alert">
        The estimate failed in this browser. Your answers are still in the address: reload the page
        to try again, or read the examples below.
      </p>
    );
  }
  const parts = partsOf(estimate, device, planning);
  const problems = (['used', 'up', 'down', 'taken', 'room'] as const)
    .filter((field) => readings[field].kind === 'unreadable')
    .map((field) =>
      readingWords(readings[field], field === 'up' || field === 'down' ? 'Mbit/s' : 'GB'),
    );
  return (
    <div class="estimator">
      <EstimateForm
        circumstances={circumstances}
        readings={readings}
        devices={devices}
        device={device}
        planning={planning}
        onChange={change}
      />
      <div role="status" class="screen-only">
        {ignored.length > 0 && (
          <p class="note">
            We did not understand a part of the address, and left it out: {ignored.join(', ')}.
          </p>
        )}
      </div>
      {/* Not before the address is read: what was there from the start needs no announcement. */}
      {started && <Announcement text={problems.join(' ') || spokenEstimate(parts)} />}
      <EstimateResults
        circumstances={circumstances}
        device={device}
        estimate={estimate}
        parts={parts}
      />
    </div>
  );
}
