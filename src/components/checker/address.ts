/** Keeps the page's address and the answers the same thing. */
import { readAnswers, writeAnswers, type Answers, type ReadAnswers } from '../../core/answers.ts';
import type { Facts } from '../../data/schema.ts';
import { forgetTyped, showInAddressBar } from '../addressBar.ts';

export function answersOfAddress(facts: Facts): ReadAnswers {
  forgetTyped();
  return readAnswers(location.search, facts);
}

/** @param how as in `showInAddressBar` */
export function showInAddress(answers: Answers, facts: Facts, how: 'choose' | 'type'): void {
  showInAddressBar(() => writeAnswers(answers, facts), how);
}
