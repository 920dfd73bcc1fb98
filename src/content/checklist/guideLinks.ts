/** Where each step of a checklist is explained at length: a guide, and a heading in it. */
import type { StepId } from '../../core/checklist/steps.ts';

export interface GuideLink {
  guide: string;
  /** The id of a heading; '' for the whole guide. */
  heading: string;
}

const link = (guide: string, heading = ''): GuideLink => ({ guide, heading });

export const guideLinks: Record<StepId, GuideLink> = {
  'find-model': link('which-model', 'where-do-i-look'),
  'confirm-model': link('which-model', 'how-do-i-read-it-on-the-screen'),
  'note-version': link('which-model', 'how-do-i-read-it-on-the-screen'),
  'know-passwords': link('restore-from-icloud', 'what-should-i-have-ready'),
  'power-and-wifi': link('update-on-the-device', 'how-do-i-install-it'),
  'ask-work': link('what-moves-separately', 'what-about-a-work-or-school-profile'),
  'back-up-whatsapp': link('what-moves-separately', 'how-do-i-keep-my-whatsapp-chats'),
  'secure-codes': link('what-moves-separately', 'how-do-i-keep-my-sign-in-codes'),
  'keep-esim': link('what-moves-separately', 'what-happens-to-my-esim'),
  'keep-watch-near': link('what-moves-separately', 'what-happens-to-my-apple-watch'),
  'separate-things': link('what-moves-separately'),
  'choose-backup-password': link('backup-password', 'how-do-i-choose-and-keep-it'),
  'back-up-finder': link('finder-backup', 'how-do-i-back-up'),
  'back-up-itunes': link('itunes-backup', 'how-do-i-back-up-with-itunes'),
  'back-up-windows': link('apple-devices-backup', 'how-do-i-back-up'),
  'back-up-linux': link('linux-backup', 'how-do-i-make-the-full-backup'),
  'back-up-any-computer': link('which-backup', 'which-one-fits-what-i-have'),
  'make-icloud-room': link('icloud-backup', 'not-enough-icloud-space-what-can-i-do'),
  'back-up-icloud': link('icloud-backup', 'how-do-i-start-a-backup-now'),
  'borrow-computer': link('which-backup', 'which-one-fits-what-i-have'),
  'prove-finder': link('finder-backup', 'how-do-i-check-the-backup'),
  'prove-itunes': link('prove-your-backup', 'a-computer-is-it-in-the-list'),
  'prove-windows': link('apple-devices-backup', 'how-do-i-check-the-backup-and-keep-it'),
  'prove-linux': link('prove-your-backup', 'linux-is-the-folder-whole'),
  'prove-any-computer': link('prove-your-backup', 'a-computer-is-it-in-the-list'),
  'prove-icloud': link('prove-your-backup', 'icloud-did-it-finish'),
  'prove-borrowed': link('prove-your-backup', 'a-computer-is-it-in-the-list'),
  'archive-backup': link('prove-your-backup', 'how-do-i-keep-a-copy-that-nothing-changes'),
  'make-space': link('free-up-space', 'what-can-i-remove-safely'),
  'read-offer': link('update-on-the-device', 'what-does-the-software-update-screen-tell-me'),
  'install-on-device': link('update-on-the-device', 'how-do-i-install-it'),
  'install-from-computer': link('update-from-a-computer', 'how-do-i-update-from-the-computer'),
  'borrow-to-update': link('update-from-a-computer', 'can-i-use-a-borrowed-computer'),
  'already-newest': link('update-on-the-device', 'what-does-the-software-update-screen-tell-me'),
  'look-around': link('why-back-up', 'what-may-look-different-after-the-update'),
  'open-codes': link('what-moves-separately', 'how-do-i-keep-my-sign-in-codes'),
  'check-cards': link('what-moves-separately', 'what-about-apple-pay-and-transit-cards'),
  'update-watch': link('what-moves-separately', 'what-happens-to-my-apple-watch'),
  'back-up-again': link('which-backup', 'why-are-two-backups-better'),
  'wait-and-restart': link('when-it-goes-wrong', 'it-is-stuck-on-a-bar-or-the-apple-logo'),
  'recovery-mode': link('when-it-goes-wrong', 'what-is-recovery-mode-and-does-it-erase'),
  'restore-backup': link('restore-from-a-computer'),
  'no-way-back': link('when-it-goes-wrong', 'can-i-go-back-to-the-older-version'),
};
