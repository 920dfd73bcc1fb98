/** The verdict in plain words first, then what it rests on, and what can be done with it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Found, Options } from '../../core/backup/inspect.ts';
import { deviceOfBackup, judge } from '../../core/backup/verdict.ts';
import {
  absenceOf,
  awaitedKinds,
  checkedLine,
  count,
  detailsOf,
  evidenceOf,
  faultLine,
  grouped,
  kindNames,
  remarkOn,
  reasonsOf,
  reportText,
  sizeInWords,
  verdictWords,
} from '../../content/inspector.ts';
import { facts } from '../../data/facts.ts';
import { addressOf } from '../siteAddress.ts';
import { keepProof } from './proof.ts';

interface Props {
  found: Found;
  /** The device that is to be updated, where it is known. */
  device: string | undefined;
  /** When the newest backup of the same device was made. */
  newest: number | undefined;
  onAgain: (options: Options) => void;
}

export function Report({ found, device, newest, onAgain }: Props) {
  const now = Date.now() / 1000;
  const judgment = judge(found, { now, device, newest }, facts);
  const words = verdictWords[judgment.verdict];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [found]);
  const own = deviceOfBackup(found, facts);
  const proves = judgment.verdict === 'safe' || judgment.verdict === 'safe-but';

  return (
    <div class="report">
      <section class={`verdict verdict-${words.mark}`} aria-labelledby="verdict-title">
        <p class="verdict-badge">{words.label}</p>
        <h2 id="verdict-title" tabIndex={-1} ref={heading}>
          {words.sentence}
        </h2>
        <ul class="verdict-reasons">
          {reasonsOf(judgment).map(({ what, then }) => (
            <li key={what}>
              {what} {then && <b>{then}</b>}
            </li>
          ))}
          {detailsOf(found).map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      </section>

      {(found.password === 'wanted' || found.password === 'wrong') && (
        <Password wrong={found.password === 'wrong'} onAgain={onAgain} />
      )}
      <p class="screen-only">
        {proves && own && (
          <a
            class="button"
            href={addressOf(`check/?device=${own.id}`)}
            onClick={() => keepProof(own.id, found)}
          >
            Tick it off in my checklist
          </a>
        )}{' '}
        <CopyButton text={() => reportText(found, judgment, facts, now)} />{' '}
        <button type="button" class="button-quiet" onClick={() => print()}>
          Print the report
        </button>{' '}
        {found.comparable > 0 && found.compared === 0 && (
          <button
            type="button"
            class="button-quiet"
            onClick={() => onAgain({ compareContents: true })}
          >
            Compare the contents of {count(found.comparable, 'file')}, too
          </button>
        )}
      </p>

      <h3>What we found</h3>
      <div class="table-frame">
        <table>
          <tbody>
            {evidenceOf(found, facts, now).map(([what, value]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>

      {found.faults.length > 0 && <Faults found={found} />}
      {found.files && <Contents found={found} />}
      {found.about.apps.length > 0 && (
        <details>
          <summary>{found.about.apps.length} apps</summary>
          <ul>
            {found.about.apps.map((app) => (
              <li key={app}>{app}</li>
            ))}
          </ul>
        </details>
      )}
      <p class="print-only">{checkedLine(facts, now)}</p>
    </div>
  );
}

function Password({ wrong, onAgain }: { wrong: boolean; onAgain: Props['onAgain'] }) {
  const [password, setPassword] = useState('');
  const submit = (): void => {
    if (password !== '') onAgain({ password });
  };
  return (
    <form
      class="password screen-only"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label for="backup-password">The password of this backup</label>
      <p class="hint" id="backup-password-hint">
        It stays in the memory of this page: it is not stored, and not sent anywhere. It is the
        password you chose for backups, maybe years ago; not the passcode of the device.
      </p>
      <input
        id="backup-password"
        type="password"
        autocomplete="off"
        aria-describedby="backup-password-hint"
        aria-invalid={wrong ? 'true' : undefined}
        value={password}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        Check with this password
      </button>
    </form>
  );
}

function CopyButton({ text }: { text: () => string }) {
  const [said, setSaid] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const copy = (): void => {
    const { current } = area;
    if (!current) return;
    current.hidden = false;
    current.value = text();
    current.select();
    // The newer way asks for a permission that Safari 13 does not know, and that our policy refuses.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const copied = document.execCommand('copy');
    current.hidden = copied;
    setSaid(copied ? 'Copied.' : 'Copy it from the field.');
  };
  return (
    <>
      <button type="button" class="button-quiet" onClick={copy}>
        Copy the report
      </button>{' '}
      <span role="status">{said}</span>
      <textarea ref={area} hidden readOnly rows={8} aria-label="The report as text" />
    </>
  );
}

function Faults({ found }: { found: Found }) {
  return (
    <section aria-labelledby="faults-title">
      <h3 id="faults-title">What is missing or damaged, and what it would cost</h3>
      <ul>
        {found.faults.map((fault) => (
          <li key={fault.kind + fault.fault}>
            <b>{kindNames[fault.kind]}</b>: {faultLine(fault)}
            <details>
              <summary>
                {fault.files > fault.examples.length ? 'The first of them' : 'Which'}
              </summary>
              <ul class="paths">
                {fault.examples.map((example) => (
                  <li key={example}>
                    <code>{example}</code>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Contents({ found }: { found: Found }) {
  const absent = awaitedKinds.filter((kind) => !found.kinds.some((one) => one.kind === kind));
  return (
    <section aria-labelledby="contents-title">
      <h3 id="contents-title">What is in it</h3>
      <div class="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">Files</th>
              <th scope="col">Size</th>
            </tr>
          </thead>
          <tbody>
            {found.kinds.map(({ kind, files, bytes }) => (
              <tr key={kind}>
                <th scope="row">{kindNames[kind]}</th>
                <td>{grouped(files)}</td>
                <td>
                  {sizeInWords(bytes)} {remarkOn(kind, found.encrypted)}
                </td>
              </tr>
            ))}
            {absent.map((kind) => (
              <tr key={kind}>
                <th scope="row">{kindNames[kind]}</th>
                <td>none</td>
                <td>{absenceOf(kind, found.encrypted).why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
