/** Several backups in one folder: which one? */
import { readAbout, type About } from '../../core/backup/about.ts';
import type { Backup, Files } from '../../core/backup/folder.ts';
import { dayAndTime } from '../../content/inspector.ts';

export interface BackupCard {
  backup: Backup;
  about: About;
}

/** Newest first. */
export async function readCards(files: Files, backups: Backup[]): Promise<BackupCard[]> {
  const cards = await Promise.all(
    backups.map(async (backup) => ({ backup, about: await readAbout(files, backup) })),
  );
  return cards.sort((a, b) => (b.about.madeAt ?? 0) - (a.about.madeAt ?? 0));
}

interface Props {
  cards: BackupCard[];
  chosen: Backup | undefined;
  onChoose: (backup: Backup) => void;
}

export function Backups({ cards, chosen, onChoose }: Props) {
  return (
    <section class="screen-only" aria-labelledby="backups-title">
      <h2 id="backups-title">{cards.length} backups are in this folder</h2>
      <ul class="backup-cards">
        {cards.map(({ backup, about }) => (
          <li key={backup.root}>
            <button
              type="button"
              class="button-quiet"
              aria-pressed={backup.root === chosen?.root ? 'true' : 'false'}
              onClick={() => onChoose(backup)}
            >
              {about.deviceName ?? about.productType ?? 'A device without a name'}
              {about.madeAt === undefined ? '' : `, ${dayAndTime(about.madeAt)}`}
              <span class="option-detail"> {backup.root.split('/').slice(-2)[0]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
