/** The inspector in a terminal, run as a maintainer runs it. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Damage } from '../../backup/damage.ts';
import { makeBackup, type BackupPlan } from '../../backup/makeBackup.ts';
import { locked, password } from '../core/backup/memory.ts';
import { withoutVitest } from '../project.ts';

const room = mkdtempSync(join(tmpdir(), 'inspect-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));
const program = resolve('scripts/inspect.ts');

let rooms = 0;
function backup(plan: BackupPlan = {}, damages: Damage[] = [], name?: string): string {
  const folder = join(room, name ?? `backup-${(rooms += 1)}`);
  makeBackup(folder, { date: new Date(Date.now() - 3_600_000), files: 30, ...plan }, damages);
  return folder;
}

interface Run {
  status: number | null;
  out: string;
  errors: string;
}

/**
 * @param environment what it has beside ours, where no password stands
 * @param user under whose name it runs, where that is not ours
 */
function run(
  args: string[],
  environment: Record<string, string> = {},
  user: { uid?: number; gid?: number } = {},
): Promise<Run> {
  return new Promise((ended) => {
    const { BACKUP_PASSWORD, ...rest } = withoutVitest(process.env);
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...rest, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 50_000,
      ...user,
    });
    const said = { out: '', errors: '' };
    child.stdout.on('data', (bytes) => (said.out += String(bytes)));
    child.stderr.on('data', (bytes) => (said.errors += String(bytes)));
    child.on('close', (status) => ended({ status, ...said }));
  });
}

/** One line or more for somebody who is no programmer, and nothing of the program's inside. */
function expectSentence({ status, out, errors }: Run): void {
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(errors).toMatch(/^[“A-Z\d/][^]*\S\n$/);
  expect(errors).not.toMatch(/\n\s+at |Error:|\.ts:|node:|undefined|Node\.js/);
}

describe('the status with which it ends', () => {
  it.each([
    ['0: safe, but not encrypted', () => backup(), 0, 'SAFE, BUT…'],
    ['1: files are missing', () => backup({}, [{ kind: 'missing', count: 2 }]), 1, 'DO NOT UPDATE YET'],
    ['2: the password is wanted', () => backup(locked), 2, 'NOT PROVEN'],
    ['2: it is from before iOS 10', () => backup({ era: 'mbdb' }), 2, 'NOT PROVEN'],
  ])('is %s', async (_, made, status, first) => {
    const ended = await run([made()]);
    expect(ended).toMatchObject({ status, errors: '' });
    expect(ended.out.split('\n')[0]).toBe(first);
  }); // prettier-ignore

  it('is 0 with the right password from the environment, 1 with a wrong one, and neither is shown', async () => {
    const folder = backup(locked);
    const [right, wrong] = await Promise.all([
      run([folder], { BACKUP_PASSWORD: password }),
      run([folder], { BACKUP_PASSWORD: 'not this one' }),
    ]);
    expect([right.status, right.out.split('\n')[0]]).toEqual([0, 'SAFE TO UPDATE']);
    expect([wrong.status, wrong.out.split('\n')[0]]).toEqual([1, 'DO NOT UPDATE YET']);
    expect(wrong.out).toContain('The password does not open this backup.');
    for (const { out, errors } of [right, wrong]) {
      expect(out + errors).not.toContain(password);
      expect(out + errors).not.toContain('not this one');
    }
  });

  it('minds contents and the device only where it is asked to', async () => {
    const folder = backup({ digests: true }, [{ kind: 'changed-bytes', of: 'sms.db' }]);
    const [plain, contents] = await Promise.all([
      run([folder, '--device', 'iphone-12']),
      run([folder, '--contents']),
    ]);
    expect(plain.status).toBe(0);
    expect(plain.out).toContain('another model than the one');
    expect(contents.status).toBe(1);
    expect(contents.out).toContain('    HomeDomain-Library/SMS/sms.db');
  });
});

it('as JSON, gives the verdict with its reasons, and no key or number that identifies', async () => {
  const folder = backup({ ...locked, device: { name: 'A\u001b[2J\u009b\u202ex' } });
  const { status, out } = await run([folder, '--json'], { BACKUP_PASSWORD: password });
  expect(status).toBe(0);
  const given = JSON.parse(out) as { found: { about: Record<string, unknown> } };
  expect(given).toMatchObject({
    ...{ verdict: 'safe', obstacles: [], doubts: [], cautions: [] },
    found: { index: { state: 'read' }, password: 'right', files: { count: 30 }, faults: [] },
  });
  expect(given.found.about).toMatchObject({ deviceName: 'A [2J x', productType: 'iPhone8,1' });
  expect(Object.keys(given.found.about)).not.toContain('keyBag');
  for (const secret of [password, 'EXAMPLE12345', '001010123456789', '555-0143', '89abcdef0123', 'anifestKey']) {
    expect(out.toLowerCase()).not.toContain(secret.toLowerCase());
  }
}); // prettier-ignore

it('shows nothing of a backup that would move the cursor or color the terminal', async () => {
  const evil = '\u001b[2J\u001b]0;x\u0007\u009b31m\u202e';
  const folder = backup(
    { device: { name: evil, productVersion: evil }, apps: [evil], files: [`a${evil}`, 'b'].map((relativePath) => ({ domain: 'HomeDomain', relativePath, size: 9 })) },
    [{ kind: 'missing' }],
  );
  writeFileSync(join(folder, 'Status.plist'), `<plist><string>&${evil};</string></plist>`);
  const { out, errors } = await run([folder]);
   
  expect(out + errors).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(out).toContain('    HomeDomain-a [2J ]0;x 31m');
}); // prettier-ignore

describe('what it cannot work with gets a sentence, and no trace of the program', () => {
  const good = backup();
  it.each([
    ['no folder', [], 'Say which folder'],
    ['two folders', [good, good], 'Say which folder'],
    ['a folder that is not there', [join(room, 'nowhere')], 'it is not there.'],
    ['a file', [join(good, 'Info.plist')], 'it is a file, not a folder.'],
    ['a folder without a backup', ['docs/decisions'], 'There is no backup in docs/decisions'],
    ['a device nobody knows', [good, '--device', 'nokia-3310'], 'We know no device “nokia-3310”.'],
    ['an unknown option', [good, '--fast'], '--fast'],
    ['a password as an argument', [good, '--password', 'my secret'], '--password'],
    ['a password as an argument, the other way', [good, '--password=my secret'], '--password'],
  ])('%s', async (_, args, said) => {
    const ended = await run(args);
    expectSentence(ended);
    expect(ended.errors).toContain(said);
    expect(ended.errors).not.toContain('my secret');
  });

  it('several backups, which it lists by folder, name and day', async () => {
    backup({}, [], 'many/one');
    backup({ device: { name: 'Sam\u001b[2J' } }, [], 'many/two');
    const ended = await run([join(room, 'many')]);
    expectSentence(ended);
    expect(ended.errors).toMatch(/^2 backups are in [^]*\n {2}one\/ Alex’s iPhone, [A-Z]/);
    expect(ended.errors).toMatch(/\n {2}two\/ Sam \[2J, /);

    expect(ended.errors).not.toMatch(/\u001b/);
  });
});

it('follows a link that is given, and none that lies in the backup', async () => {
  const folder = backup();
  symlinkSync(folder, join(room, 'link'));
  symlinkSync(room, join(folder, 'around'));
  const linked = await run([join(room, 'link')]);
  expect([linked.status, linked.errors]).toEqual([0, '']);
  // The index as a link to a file elsewhere is no index of this backup.
  rmSync(join(folder, 'Manifest.db'));
  symlinkSync('/etc/hosts', join(folder, 'Manifest.db'));
  const without = await run([folder]);
  expect(without.status).toBe(1);
  expect(without.out).toContain('The index that says which file is which is missing.');
});

// To root every file is open, so it runs as nobody then; on Windows permissions are something else.
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const canRun =
  process.platform !== 'win32' && spawnSync(process.execPath, [program], nobody).status === 2;

it.skipIf(!canRun)('says of what this user may not read that it may not', async () => {
  const folder = backup();
  chmodSync(room, 0o755);
  chmodSync(join(folder, 'Manifest.db'), 0);
  const file = await run([folder], {}, nobody);
  expect(file.status).toBe(1);
  expect(file.out).toContain('Manifest.db: It cannot be read: this user may not.');
  mkdirSync(join(folder, 'ff'), { recursive: true });
  chmodSync(join(folder, 'ff'), 0);
  const below = await run([folder], {}, nobody);
  expectSentence(below);
  expect(below.errors).toContain(`${join(folder, 'ff')} cannot be read: this user may not.`);
  chmodSync(join(folder, 'ff'), 0o755);
});

/* ---- the prompt ---- */

/** Plays somebody at a terminal: waits for a text, then types; in the end prints all that was shown. */
const player = `
import json, os, pty, select, sys, time
turns, command = json.loads(sys.argv[1]), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execv(command[0], command)
shown, seen, ends = b'', 0, time.time() + 50
while time.time() < ends:
    ready, _, _ = select.select([terminal], [], [], 0.1)
    if ready:
        try: piece = os.read(terminal, 65536)
        except OSError: break
        if not piece: break
        shown += piece
    if turns and turns[0][0].encode() in shown[seen:]:
        seen = len(shown)
        # The program listens a moment after it has asked.
        time.sleep(0.3)
        os.write(terminal, turns.pop(0)[1].encode())
else:
    os.kill(child, 9)
status = os.waitpid(child, 0)[1]
print(json.dumps({'status': os.waitstatus_to_exitcode(status), 'shown': shown.decode('utf8', 'replace')}))
`;
const hasPython =
  process.platform !== 'win32' &&
  spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], {}).status === 0;

function atTerminal(folder: string, turns: [string, string][]): { status: number; shown: string } {
  const { BACKUP_PASSWORD, ...environment } = withoutVitest(process.env);
  const { stdout } = spawnSync(
    'python3',
    ['-c', player, JSON.stringify(turns), process.execPath, program, folder],
    { encoding: 'utf8', env: environment },
  );
  return JSON.parse(stdout) as { status: number; shown: string };
}

describe.skipIf(!hasPython)('at a terminal', () => {
  const asks = 'Password of the backup';

  it('asks for the password until it fits, without showing it', () => {
    const { status, shown } = atTerminal(backup(locked), [
      [asks, 'not this one\r'],
      [asks, `${password}\r`],
    ]);
    expect(status).toBe(0);
    expect(shown).toContain('That password does not open this backup.');
    expect(shown).not.toContain('not this one');
    expect(shown).not.toContain(password);
    // The line of the progress is gone when the report begins.
    expect(shown.split('\u001b[K').at(-1)).toMatch(/^SAFE TO UPDATE\r\n/);
  });

  it.each([
    ['Enter', '\r'],
    ['Ctrl-D', '\u0004'],
    ['Ctrl-C', '\u0003'],
  ])('goes on without one after %s, and cannot tell', (_, key) => {
    const { status, shown } = atTerminal(backup(locked), [[asks, key]]);
    expect(status).toBe(2);
    expect(shown).toContain('NOT PROVEN');
    expect(shown).not.toMatch(/Warning|await/);
  });
});
