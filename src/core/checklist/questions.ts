/** The questions a personal checklist rests on, as data. Their wording is in `content/`. */

export const questions = [
  {
    id: 'computer',
    values: ['mac', 'old-mac', 'windows', 'linux', 'none', 'unknown'],
    multiple: false,
  },
  { id: 'icloud', values: ['enough', 'not-enough', 'no', 'unknown'], multiple: false },
  { id: 'encrypted', values: ['yes', 'no', 'unknown'], multiple: false },
  { id: 'space', values: ['plenty', 'tight', 'unknown'], multiple: false },
  {
    id: 'uses',
    values: ['watch', 'whatsapp', 'authenticator', 'esim', 'cards', 'work', 'none', 'unknown'],
    multiple: true,
  },
] as const;

export type Question = (typeof questions)[number];
export type QuestionId = Question['id'];
export type ValueOf<Id extends QuestionId> = Extract<Question, { id: Id }>['values'][number];

/** Of several answers to one question, these stand alone. */
export const exclusiveValues: readonly string[] = ['none', 'unknown'];
