/**
 * Every step of a checklist, in order, as data: what it is, its phase, and the conditions that
 * must all hold for it to apply. What a step says is in `content/checklist/`.
 */
import { canUpdateItself } from '../compatibility.ts';
import type { Route, Situation } from './situation.ts';

export const phases = ['get-ready', 'back-up', 'prove', 'update', 'after', 'trouble'] as const;
export type Phase = (typeof phases)[number];

const hasRoute = (route: Route) => (situation: Situation) => situation.routes.includes(route);
const uses = (use: Situation['uses'][number]) => (situation: Situation) =>
  situation.uses.includes(use);

/** What a step may ask of a situation. */
export const conditions = {
  'device-known': ({ device }) => device !== undefined,
  'device-unknown': ({ device }) => device === undefined,
  'version-unknown': ({ now }) => now?.kind !== 'known' && now?.kind !== 'newer-than-facts',
  'space-not-plenty': ({ space }) => space !== 'plenty',
  'with-finder': hasRoute('finder'),
  'with-itunes': hasRoute('itunes'),
  'with-windows': hasRoute('windows'),
  'with-linux': hasRoute('linux'),
  'with-any-computer': hasRoute('any-computer'),
  'with-borrowed-computer': hasRoute('borrow'),
  'with-icloud': hasRoute('icloud'),
  'own-computer': ({ routes }) => routes.some((route) => route !== 'icloud' && route !== 'borrow'),
  'icloud-lacks-room': ({ icloud, routes }) => icloud === 'not-enough' && routes.includes('icloud'),
  'password-wanted': ({ encrypted }) => encrypted !== 'no',
  'can-archive': ({ computer }) =>
    computer === 'mac' || computer === 'old-mac' || computer === 'windows',
  'uses-watch': uses('watch'),
  'uses-whatsapp': uses('whatsapp'),
  'uses-authenticator': uses('authenticator'),
  'uses-esim': uses('esim'),
  'uses-cards': uses('cards'),
  'uses-work': uses('work'),
  'uses-unknown': uses('unknown'),
  'something-to-install': (situation) => !isUpToDate(situation),
  'nothing-to-install': (situation) => isUpToDate(situation),
  'updates-itself': ({ software }) => canUpdateItself(software.newest),
  'only-computer-updates': ({ software }) => !canUpdateItself(software.newest),
  'computer-cannot-update': ({ computer }) => computer === 'linux' || computer === 'none',
  'computer-can-update': ({ computer }) => computer !== 'linux' && computer !== 'none',
} satisfies Record<string, (situation: Situation) => boolean>;

export type Condition = keyof typeof conditions;

export interface StepRule {
  id: string;
  phase: Phase;
  /** All must hold; a step without any always applies. */
  when: readonly Condition[];
  /**
   * The backup method this step belongs to: the recommended method's steps come first.
   * "computer" stands for whichever computer method there is.
   */
  route?: Route | 'computer';
}

export const steps = [
  { id: 'find-model', phase: 'get-ready', when: ['device-unknown'] },
  { id: 'confirm-model', phase: 'get-ready', when: ['device-known'] },
  { id: 'note-version', phase: 'get-ready', when: ['version-unknown'] },
  { id: 'know-passwords', phase: 'get-ready', when: [] },
  { id: 'power-and-wifi', phase: 'get-ready', when: [] },
  { id: 'ask-work', phase: 'get-ready', when: ['uses-work'] },
  { id: 'back-up-whatsapp', phase: 'get-ready', when: ['uses-whatsapp'] },
  { id: 'secure-codes', phase: 'get-ready', when: ['uses-authenticator'] },
  { id: 'keep-esim', phase: 'get-ready', when: ['uses-esim'] },
  { id: 'keep-watch-near', phase: 'get-ready', when: ['uses-watch'] },
  { id: 'separate-things', phase: 'get-ready', when: ['uses-unknown'] },

  {
    id: 'choose-backup-password',
    phase: 'back-up',
    when: ['own-computer', 'password-wanted'],
    route: 'computer',
  },
  { id: 'back-up-finder', phase: 'back-up', when: ['with-finder'], route: 'finder' },
  { id: 'back-up-itunes', phase: 'back-up', when: ['with-itunes'], route: 'itunes' },
  { id: 'back-up-windows', phase: 'back-up', when: ['with-windows'], route: 'windows' },
  { id: 'back-up-linux', phase: 'back-up', when: ['with-linux'], route: 'linux' },
  {
    id: 'back-up-any-computer',
    phase: 'back-up',
    when: ['with-any-computer'],
    route: 'any-computer',
  },
  { id: 'make-icloud-room', phase: 'back-up', when: ['icloud-lacks-room'], route: 'icloud' },
  { id: 'back-up-icloud', phase: 'back-up', when: ['with-icloud'], route: 'icloud' },
  { id: 'borrow-computer', phase: 'back-up', when: ['with-borrowed-computer'], route: 'borrow' },

  { id: 'prove-finder', phase: 'prove', when: ['with-finder'], route: 'finder' },
  { id: 'prove-itunes', phase: 'prove', when: ['with-itunes'], route: 'itunes' },
  { id: 'prove-windows', phase: 'prove', when: ['with-windows'], route: 'windows' },
  { id: 'prove-linux', phase: 'prove', when: ['with-linux'], route: 'linux' },
  { id: 'prove-any-computer', phase: 'prove', when: ['with-any-computer'], route: 'any-computer' },
  { id: 'prove-icloud', phase: 'prove', when: ['with-icloud'], route: 'icloud' },
  { id: 'prove-borrowed', phase: 'prove', when: ['with-borrowed-computer'], route: 'borrow' },
  { id: 'archive-backup', phase: 'prove', when: ['can-archive'], route: 'computer' },

  { id: 'make-space', phase: 'update', when: ['space-not-plenty', 'something-to-install'] },
  { id: 'read-offer', phase: 'update', when: ['updates-itself'] },
  { id: 'install-on-device', phase: 'update', when: ['something-to-install', 'updates-itself'] },
  {
    id: 'install-from-computer',
    phase: 'update',
    when: ['something-to-install', 'computer-can-update'],
  },
  {
    id: 'borrow-to-update',
    phase: 'update',
    when: ['something-to-install', 'only-computer-updates', 'computer-cannot-update'],
  },
  { id: 'already-newest', phase: 'update', when: ['nothing-to-install'] },

  { id: 'look-around', phase: 'after', when: [] },
  { id: 'open-codes', phase: 'after', when: ['uses-authenticator'] },
  { id: 'check-cards', phase: 'after', when: ['uses-cards'] },
  { id: 'update-watch', phase: 'after', when: ['uses-watch'] },
  { id: 'back-up-again', phase: 'after', when: [] },

  { id: 'wait-and-restart', phase: 'trouble', when: [] },
  { id: 'recovery-mode', phase: 'trouble', when: [] },
  { id: 'restore-backup', phase: 'trouble', when: [] },
  { id: 'no-way-back', phase: 'trouble', when: [] },
] as const satisfies readonly StepRule[];

export type StepId = (typeof steps)[number]['id'];

function isUpToDate({ now }: Situation): boolean {
  return now?.kind === 'newer-than-facts' || (now?.kind === 'known' && now.newest === 'same');
}
