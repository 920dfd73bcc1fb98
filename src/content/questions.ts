/** How the checker asks. Which answers there are is in `core/checklist/questions.ts`. */
import type { QuestionId, ValueOf } from '../core/checklist/questions.ts';

export interface QuestionWords<Value extends string> {
  ask: string;
  hint?: string;
  values: Record<Value, string>;
}

const unknown = 'I don’t know';

export const questionWords: { [Id in QuestionId]: QuestionWords<ValueOf<Id>> } = {
  computer: {
    ask: 'Which computer can you use?',
    hint: 'A backup on a computer is the most complete one.',
    values: {
      mac: 'Mac with macOS 10.15 or later',
      'old-mac': 'Older Mac',
      windows: 'Windows',
      linux: 'Linux',
      none: 'None',
      unknown,
    },
  },
  icloud: {
    ask: 'Is there room in your iCloud for a backup?',
    hint: 'Every account has 5 GB for nothing. Most backups need more.',
    values: {
      enough: 'Yes, enough',
      'not-enough': 'No, or only the 5 GB',
      no: 'I don’t want to use iCloud',
      unknown,
    },
  },
  encrypted: {
    ask: 'Do you want a password on the computer backup?',
    hint: 'Only then it holds saved passwords, Health data and call history. You must not lose that password.',
    values: { yes: 'Yes', no: 'No', unknown },
  },
  space: {
    ask: 'How full is it?',
    hint: 'A large update needs several gigabytes free.',
    values: { plenty: '10 GB or more are free', tight: 'Less is free', unknown },
  },
  uses: {
    ask: 'Which of these do you use on it?',
    hint: 'Some things need a step of their own. Choose all that fit.',
    values: {
      watch: 'Apple Watch',
      whatsapp: 'WhatsApp',
      authenticator: 'An app for sign-in codes',
      esim: 'eSIM',
      cards: 'Apple Pay cards',
      work: 'A work or school profile',
      none: 'None of these',
      unknown,
    },
  },
};
