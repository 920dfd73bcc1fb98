/** What each step of a checklist says. The rules that choose the steps are in `core/checklist`. */
import type { RouteReason, Situation } from '../../core/checklist/situation.ts';
import type { Phase, StepId } from '../../core/checklist/steps.ts';
import type { Rich } from '../rich.ts';
import { afterWords } from './words-after.ts';
import { backUpWords } from './words-back-up.ts';
import { getReadyWords } from './words-get-ready.ts';
import { proveWords } from './words-prove.ts';
import { updateWords } from './words-update.ts';

export interface StepWords {
  /** What to do, starting with a verb. */
  title: string;
  /** Why this step is on the list. */
  why: string;
  /** How, one action a line. */
  how: Rich[];
}

export type WordsOf<Ids extends StepId> = Record<Ids, (situation: Situation) => StepWords>;

const words: WordsOf<StepId> = {
  ...getReadyWords,
  ...backUpWords,
  ...proveWords,
  ...updateWords,
  ...afterWords,
};

export function wordsOf(id: StepId, situation: Situation): StepWords {
  return words[id](situation);
}

export const phaseTitles: Record<Phase, string> = {
  'get-ready': 'Get ready',
  'back-up': 'Back up',
  prove: 'Prove the backup',
  update: 'Update',
  after: 'After the update',
  trouble: 'If it goes wrong',
};

/** Why the first backup method is the one we recommend. */
export const recommendations: Record<RouteReason, string> = {
  'complete-with-password':
    'We recommend the computer: with a password its backup holds the most, and you can keep a copy that nothing overwrites. Make the second backup too if you can.',
  complete:
    'We recommend the computer: you can keep a copy there that nothing overwrites. Without a password it leaves out saved passwords, Health data and call history.',
  'no-password-wanted':
    'We recommend iCloud: a computer backup without a password leaves out saved passwords, Health data and call history.',
  simplest:
    'We recommend iCloud: there is room for it, and it takes one button. A second backup on a computer is a good reserve.',
  'no-computer':
    'We recommend iCloud, because it needs no computer. For a second backup, borrow one.',
  'only-way': 'This is the way to back up that your answers allow.',
};
