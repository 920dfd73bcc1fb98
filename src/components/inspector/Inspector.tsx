/**
 * The backup inspector: takes a folder, has it checked in a worker, and shows a verdict. Nothing of
 * it leaves the computer; the password is held in memory while its backup is shown, and nowhere else.
 */
import { useEffect, useErrorBoundary, useRef, useState } from 'preact/hooks';
import { findBackups, type Backup, type Files } from '../../core/backup/folder.ts';
import type { Found, Options, Progress } from '../../core/backup/inspect.ts';
import { listingLine, progressLine, timeLeft } from '../../content/inspector.ts';
import { Backups, readCards, type BackupCard } from './Backups.tsx';
import { filesOfDrop, filesOfInput, type OnLooked } from './givenFiles.ts';
import { startInspection, type Inspection } from './inspector.ts';
import { Report } from './Report.tsx';

type Stage =
  | { at: 'choosing'; problem?: string }
  | { at: 'listing'; done: number; total: number | undefined }
  | { at: 'picking' }
  /** A check with a password keeps what the one before it found in view. */
  | { at: 'working'; progress: Progress | undefined; before: Found | undefined }
  | { at: 'done'; found: Found };

const unreadable = 'What you gave could not be read. Choose the folder with the button.';
const noBackup =
  'There is no backup in what you chose: no Manifest.db, Manifest.plist or Info.plist. Choose the folder with the long name of letters and digits, or the folder “Backup” around it.';

export function Inspector() {
  const [stage, setStage] = useState<Stage>({ at: 'choosing' });
  const [files, setFiles] = useState<Files>();
  const [cards, setCards] = useState<BackupCard[]>([]);
  const [chosen, setChosen] = useState<Backup>();
  const [over, setOver] = useState(false);
  const running = useRef<Inspection>();
  /** Which of the folders given is being looked through; none after Cancel. */
  const listing = useRef(0);
  /** What the check in view was asked for, the password among it. */
  const asked = useRef<Options>({});
  const failure: unknown = useErrorBoundary()[0];
  const device = deviceOfAddress();

  /** Looks through what was given, then goes on with it unless the visitor has cancelled. */
  const list = (look: (onLooked: OnLooked) => Promise<Files>): void => {
    listing.current += 1;
    const turn = listing.current;
    const isOn = (): boolean => turn === listing.current;
    setStage({ at: 'listing', done: 0, total: undefined });
    look((done, total) => {
      if (isOn()) setStage({ at: 'listing', done, total });
    }).then(
      (given) => (isOn() ? take(given) : undefined),
      () => setStage({ at: 'choosing', problem: unreadable }),
    );
  };

  const take = async (given: Files): Promise<void> => {
    const backups = findBackups(given);
    setFiles(given);
    if (backups.length === 0) {
      setStage({ at: 'choosing', problem: noBackup });
      return;
    }
    setCards(await readCards(given, backups));
    if (backups.length === 1) check(given, backups[0] as Backup, {});
    else setStage({ at: 'picking' });
  };

  const check = (given: Files, backup: Backup, options: Options): void => {
    const before = stage.at === 'done' && backup === chosen ? stage.found : undefined;
    asked.current = options;
    setChosen(backup);
    setStage({ at: 'working', progress: undefined, before });
    const inspection = startInspection(given, backup, options, (progress) =>
      setStage({ at: 'working', progress, before }),
    );
    running.current = inspection;
    inspection.found.then(
      (found) => setStage({ at: 'done', found }),
      (error: unknown) =>
        setStage({ at: 'choosing', problem: `The check broke off. ${(error as Error).message}` }),
    );
  };

  const cancel = (): void => {
    running.current?.cancel();
    if (stage.at === 'working' && stage.before) setStage({ at: 'done', found: stage.before });
    else setStage(cards.length > 1 ? { at: 'picking' } : { at: 'choosing' });
  };

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!event.dataTransfer) return;
    const { dataTransfer } = event;
    list((onLooked) => filesOfDrop(dataTransfer, onLooked));
  };

  useEffect(() => () => running.current?.cancel(), []);

  if (failure !== undefined) {
    return (
      <p class="problem" role="alert">
        The inspector failed in this browser. Reload the page to try again, or check by hand as
        described below. Nothing in your backup was changed.
      </p>
    );
  }
  const found =
    stage.at === 'done' ? stage.found : stage.at === 'working' ? stage.before : undefined;
  const busy = stage.at === 'working' || stage.at === 'listing';
  return (
    <div
      class={over ? 'inspector is-over' : 'inspector'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {!busy && (
        <div class="screen-only">
          <FileButton
            label={stage.at === 'done' ? 'Check another folder' : 'Choose the backup folder'}
            folder
            onFiles={(chosen) => list((onLooked) => filesOfInput(chosen, onLooked))}
          />
          <p class="hint">
            Or drop the folder here. The browser may speak of uploading: nothing is sent anywhere,
            it only lets this page read.
          </p>
          {stage.at === 'choosing' && (
            <details>
              <summary>Cannot choose a folder?</summary>
              <p>
                Choose four files in it by hand: Info.plist, Status.plist, Manifest.plist and
                Manifest.db. Then we can read what the backup says of itself, but not whether every
                file is there.
              </p>
              <FileButton
                label="Choose the index files"
                onFiles={(chosen) => list((onLooked) => filesOfInput(chosen, onLooked))}
              />
            </details>
          )}
        </div>
      )}
      {stage.at === 'choosing' && stage.problem !== undefined && (
        <p class="problem" role="alert">
          {stage.problem}
        </p>
      )}
      {stage.at === 'listing' && (
        <Working
          line={listingLine(stage.done, stage.total)}
          done={stage.done}
          total={stage.total}
          onCancel={() => {
            listing.current += 1;
            setStage({ at: 'choosing' });
          }}
        />
      )}
      {stage.at === 'working' && (
        <Working
          line={stage.progress ? progressLine(stage.progress) : 'Starting…'}
          done={stage.progress?.done ?? 0}
          total={stage.progress?.total}
          onCancel={cancel}
        />
      )}
      {(stage.at === 'picking' || (stage.at === 'done' && cards.length > 1)) && files && (
        <Backups
          cards={cards}
          chosen={stage.at === 'done' ? chosen : undefined}
          onChoose={(backup) => check(files, backup, {})}
        />
      )}
      {found && files && chosen && (
        <Report
          key={chosen.root}
          found={found}
          device={device}
          newest={newestOf(cards, found)}
          onAgain={(options) => check(files, chosen, { ...asked.current, ...options })}
        />
      )}
    </div>
  );
}

interface FileButtonProps {
  label: string;
  folder?: boolean;
  onFiles: (files: FileList) => void;
}

/** A button that opens the browser's own dialog; the input itself cannot be styled at the floor. */
function FileButton({ label, folder = false, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <p>
      <button type="button" class="button" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        {...(folder ? { webkitdirectory: true } : {})}
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files && files.length > 0) onFiles(files);
          // The same folder may be chosen again, after it was mended.
          event.currentTarget.value = '';
        }}
      />
    </p>
  );
}

interface WorkingProps {
  /** What is being done, a colon, how far. */
  line: string;
  done: number;
  total: number | undefined;
  onCancel: () => void;
}

function Working({ line, done, total, onCancel }: WorkingProps) {
  const stage = line.split(':')[0] ?? '';
  const began = useRef({ stage, at: Date.now() });
  if (began.current.stage !== stage) began.current = { stage, at: Date.now() };
  const left = timeLeft((Date.now() - began.current.at) / 1000, done, total);
  return (
    <div class="working">
      <label for="inspector-progress">
        {line}
        {left && `, ${left}`}
      </label>
      <progress
        id="inspector-progress"
        {...(total === undefined ? {} : { value: done, max: total })}
      />
      <p class="visually-hidden" role="status">
        {stage}
      </p>
      <button type="button" class="button-quiet" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}

/** The device a checklist sent the visitor here for: `?device=iphone-6s`. */
function deviceOfAddress(): string | undefined {
  if (typeof location === 'undefined') return undefined;
  return new URLSearchParams(location.search).get('device') ?? undefined;
}

/** When the newest of the given backups of the same device was made. */
function newestOf(cards: BackupCard[], { about }: Found): number | undefined {
  const times = cards
    .filter((card) => card.about.uniqueId !== undefined && card.about.uniqueId === about.uniqueId)
    .map((card) => card.about.madeAt ?? 0);
  return times.length > 1 ? Math.max.apply(undefined, times) : undefined;
}
