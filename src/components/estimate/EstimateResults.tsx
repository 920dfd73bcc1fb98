/** The estimate: each way with its sums, and what to do tonight. */
import {
  queryForChecker,
  writeCircumstances,
  type Circumstances,
} from '../../core/circumstances.ts';
import type { Estimate, EstimatedDevice } from '../../core/estimate.ts';
import { adviceWords, amount, backupSum, type Part } from '../../content/estimate.ts';
import { RichText } from '../RichText.tsx';
import { addressOf } from '../siteAddress.ts';

interface Props {
  circumstances: Circumstances;
  device: EstimatedDevice | undefined;
  estimate: Estimate;
  parts: readonly Part[];
}

export function EstimateResults({ circumstances, device, estimate, parts }: Props) {
  return (
    <section class="estimate" aria-labelledby="estimate-title">
      <h2 id="estimate-title">How long it takes{device ? `: ${device.name}` : ''}</h2>
      {estimate.backup === undefined && (
        <p>Say how much is used on the device, typed or in words, and the times appear here.</p>
      )}
      {estimate.tonight.length > 0 && (
        <>
          <h3>What to do tonight</h3>
          <ol>
            {estimate.tonight.map((advice) => (
              <li key={advice}>
                <RichText text={adviceWords(advice, estimate, device)} />
              </li>
            ))}
          </ol>
        </>
      )}
      {estimate.backup && (
        <>
          <h3>How much there is to back up</h3>
          <p class="estimate-answer">{amount(estimate.backup, 'GB')}.</p>
          <ul class="estimate-sums" aria-label="The sum">
            <li>{backupSum(estimate)}</li>
          </ul>
        </>
      )}
      {parts.map((part) => (
        <PartView key={part.id} part={part} />
      ))}
      {parts.length > 0 && (
        <>
          <p class="screen-only">
            <button type="button" class="button" onClick={() => print()}>
              Print it
            </button>
          </p>
          <p class="print-only">
            This estimate, with your answers:{' '}
            <span class="address">
              {location.origin + location.pathname + writeCircumstances(circumstances)}
            </span>
          </p>
        </>
      )}
      <p class="screen-only">
        <a class="target" href={addressOf(`check/${queryForChecker(circumstances)}`)}>
          {device ? `The checklist for the ${device.name}` : 'Make a checklist for your device'}
        </a>
      </p>
    </section>
  );
}

function PartView({ part: { id, title, answer, sums, notes } }: { part: Part }) {
  return (
    <div id={`estimate-part-${id}`}>
      <h3>{title}</h3>
      <p class="estimate-answer">{answer}</p>
      {notes.length > 0 && <p>{notes.join(' ')}</p>}
      {sums.length > 0 && (
        <ul class="estimate-sums" aria-label="The sums">
          {sums.map((sum) => (
            <li key={sum}>{sum}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
