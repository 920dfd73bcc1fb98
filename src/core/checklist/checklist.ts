/** Situation -> the steps that apply to it, in the order to do them. */
import { conditions, phases, steps, type Phase, type StepId, type StepRule } from './steps.ts';
import type { Route, Situation } from './situation.ts';

export interface Step {
  id: StepId;
  phase: Phase;
  /** The backup this step makes is the one we recommend. */
  recommended: boolean;
}

export interface PhaseOfSteps {
  phase: Phase;
  steps: Step[];
}

/** @returns every phase, in order, with at least one step each */
export function checklistFor(situation: Situation): PhaseOfSteps[] {
  return phases.map((phase) => ({
    phase,
    steps: steps
      .filter((step) => step.phase === phase && applies(step, situation))
      .map((step, index) => ({ step, index, rank: rankOf(step, situation.routes) }))
      .sort((a, b) => a.rank - b.rank || a.index - b.index)
      .map(({ step }) => ({
        id: step.id,
        phase,
        recommended: step.id.startsWith('back-up-') && routeOf(step) === situation.routes[0],
      })),
  }));
}

function applies({ when }: StepRule, situation: Situation): boolean {
  return when.every((condition) => conditions[condition](situation));
}

function routeOf(step: StepRule): Route | 'computer' | undefined {
  return step.route;
}

/** Steps of no method first, then method by method, the recommended one leading. */
function rankOf(step: StepRule, routes: readonly Route[]): number {
  const route = routeOf(step);
  if (route === undefined) return -1;
  if (route !== 'computer') return routes.indexOf(route);
  return routes[0] === 'icloud' ? 1 : 0;
}
