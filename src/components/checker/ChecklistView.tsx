import type { PhaseOfSteps, Step } from '../../core/checklist/checklist.ts';
import type { Situation } from '../../core/checklist/situation.ts';
import { phaseTitles, recommendations, wordsOf } from '../../content/checklist/words.ts';
import { guideLinks } from '../../content/checklist/guideLinks.ts';
import { RichText } from '../RichText.tsx';
import { addressOf } from '../siteAddress.ts';

interface Props {
  /** The level of the phases' headings: one below the heading above the list. */
  level: 2 | 3;
  situation: Situation;
  phases: PhaseOfSteps[];
  /** The answers as an address has them, for the estimate to go on with. */
  query?: string;
  /** Ids of ticked steps, and what to do when one is ticked or not any more. */
  ticked?: (id: string) => boolean;
  onTick?: (id: string, on: boolean) => void;
}

/** The steps by phase, each with a box to tick on screen or by hand. */
export function ChecklistView({ level, situation, phases, query = '', ticked, onTick }: Props) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div class="checklist">
      {phases.map(({ phase, steps }) => (
        <section class={`phase phase-${phase}`} aria-labelledby={`phase-${phase}`} key={phase}>
          <Heading class="phase-title" id={`phase-${phase}`}>
            {phaseTitles[phase]}
          </Heading>
          {phase === 'back-up' && (
            <>
              <p class="phase-advice">{recommendations[situation.routeReason]}</p>
              <p class="screen-only">
                <a class="target" href={addressOf(`plan/${query}`)}>
                  How long will it take?
                </a>
              </p>
            </>
          )}
          <ol>
            {steps.map((step) => (
              <StepView
                key={step.id}
                step={step}
                situation={situation}
                on={ticked?.(step.id)}
                onTick={onTick}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

interface StepProps {
  step: Step;
  situation: Situation;
  on: boolean | undefined;
  onTick: Props['onTick'];
}

function StepView({ step, situation, on, onTick }: StepProps) {
  const { title, why, how } = wordsOf(step.id, situation);
  const { guide, heading } = guideLinks[step.id];
  return (
    <li class="step" id={`step-${step.id}`}>
      <label class="step-title">
        <input
          type="checkbox"
          {...(on === undefined ? {} : { checked: on })}
          onChange={(event) => onTick?.(step.id, event.currentTarget.checked)}
        />
        <span>
          {title}
          {step.recommended && situation.routes.length > 1 && (
            <span class="recommended"> Recommended</span>
          )}
        </span>
      </label>
      <div class="step-body">
        <p class="step-why">{why}</p>
        <ul class="step-how">
          {how.map((line, index) => (
            <li key={index}>
              <RichText text={line} />
            </li>
          ))}
        </ul>
        <p class="step-more screen-only">
          <a
            class="target"
            href={addressOf(`guides/${guide}/${heading && `#${heading}`}`)}
            aria-label={`More in the guide: ${title}`}
          >
            More in the guide
          </a>
        </p>
      </div>
    </li>
  );
}
