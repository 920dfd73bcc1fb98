/**
 * What we do where an upstream record is doubtful. Each ruling that changes what a reader sees
 * leaves a note in the record. The reasons are in docs/decisions/0002-doubtful-facts.md.
 */

/** Names upstream has wrong. */
export const renamed: Record<string, string> = {
  'iPhone19,3': 'iPhone 18 Pro Max',
  'iPhone19,7': 'iPhone 18 Pro Max (Global)',
};

/** The first of each line had no number; a bare "iPad Air" in a list would be taken for any. */
export const firstGenerationNames: Record<string, string> = {
  iPhone: 'iPhone (1st generation)',
  iPad: 'iPad (1st generation)',
  'iPad Air': 'iPad Air (1st generation)',
  'iPad mini': 'iPad mini (1st generation)',
};

/** A-numbers upstream lacks. */
export const addedModels: Record<string, string[]> = {
  'iPad7,2': ['A1821'],
};

/** Variants whose signing upstream left out: treated as the identifier named. */
export const signedLike: Record<string, string> = {
  'iPhone11,4': 'iPhone11,6',
};

/** First days that upstream gives as the day developers got the build. */
export const releaseDates: Record<string, { released: string; source: string; note: string }> = {
  'ios-5': {
    released: '2011-10-12',
    source: 'endoflife',
    note: 'AppleDB gives 2011-10-07, the day developers got this build; the public got it on 2011-10-12.',
  },
  'ios-6': {
    released: '2012-09-19',
    source: 'endoflife',
    note: 'AppleDB gives 2012-09-14, the day developers got this build; the public got it on 2012-09-19.',
  },
};

export const notesOfIdentifier: Record<string, string[]> = {
  'iPhone19,3': [
    'That the identifiers iPhone19,3 and iPhone19,7 are both the iPhone 18 Pro Max is inferred, not confirmed.',
  ],
  'iPhone11,4': [
    'The record of what Apple offers leaves out the model for mainland China (A2103); we treat it as the others.',
  ],
  'iPad7,2': ['A1821, sold in mainland China, is in a second list of A-numbers only.'],
};
