/**
 * Runs every errand in every engine on the built site, and prints who can do what:
 *
 *   node tests/engines/matrix.ts            all engines
 *   node tests/engines/matrix.ts webkit     those whose name has this
 *
 * An engine that this machine does not have is skipped by name, with the reason.
 */
import {
  Absent,
  Skipped,
  TimeLimit,
  within,
  type Browser,
  type Engine,
  type Site,
} from './browser.ts';
import { engines, iPhoneUserAgent, visitor } from './engines.ts';
import { errands, type Errand } from './errands.ts';
import { serveSite } from './site.ts';
import { visitWith } from './visit.ts';

/** Seconds. An engine that hangs fails; it does not keep the others waiting. */
const mostToStart = 60;
const mostForErrand = 60;
const mostToStop = 10;

interface Outcome {
  errand: string;
  result: 'passed' | 'FAILED' | 'skipped';
  /** Why not. */
  reason?: string;
}

interface Row {
  engine: string;
  /** What it is, or why it is not there. */
  about: string;
  outcomes: Outcome[];
}

const wanted = (process.argv[2] ?? '').toLowerCase();
const site = await serveSite('dist', process.env.BASE_PATH ?? '');
const chosen = engines.filter(({ name }) => name.toLowerCase().includes(wanted));
if (chosen.length === 0) {
  const names = engines.map(({ name }) => name).join(', ');
  throw new Error(`No engine has “${wanted}” in its name. There are: ${names}.`);
}
const rows = await twoAtATime(chosen, (engine) => runIn(engine, site));
report(rows);
const failed = rows.some(({ outcomes }) => outcomes.some(({ result }) => result === 'FAILED'));
// Whatever an engine has left open must not keep the tests from ending.
process.stdout.write('', () => process.exit(failed ? 1 : 0));

async function runIn(engine: Engine, onSite: Site): Promise<Row> {
  const started = Date.now();
  let browser: Browser;
  try {
    browser = await within(mostToStart, 'Starting', engine.start(onSite));
  } catch (error) {
    const reason = messageOf(error);
    const result = error instanceof Absent ? 'skipped' : 'FAILED';
    const about = error instanceof Absent ? `skipped: ${reason}` : `did not start: ${reason}`;
    return allThe(result, engine, about);
  }
  const outcomes: Outcome[] = [];
  let starts = 1;
  let hangs = false;
  for (const errand of errands) {
    if (hangs) {
      outcomes.push({ errand: errand.name, result: 'FAILED', reason: 'it hung before' });
      continue;
    }
    let outcome = await run(errand, browser, onSite);
    if (outcome.gone) {
      // A browser of 2018 sometimes dies or hangs; what it was asked to do gets one new browser.
      await within(mostToStop, 'Stopping', browser.stop()).catch(() => undefined);
      try {
        browser = await within(mostToStart, 'Starting', engine.start(onSite));
        starts += 1;
        outcome = await run(errand, browser, onSite);
      } catch (error) {
        outcome = { result: 'FAILED', reason: messageOf(error), gone: true };
      }
      hangs = outcome.gone;
    }
    const { result, reason } = outcome;
    outcomes.push({ errand: errand.name, result, ...(reason === undefined ? {} : { reason }) });
  }
  await within(mostToStop, 'Stopping', browser.stop()).catch(() => undefined);
  const again = starts > 1 ? `, started ${starts} times` : '';
  const remark = (browser.remark === undefined ? '' : `, ${browser.remark}`) + again;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  return { engine: engine.name, about: `${browser.version}${remark} (${seconds} s)`, outcomes };
}

function allThe(result: Outcome['result'], { name }: Engine, about: string): Row {
  return {
    engine: name,
    about,
    outcomes: errands.map((errand) => ({ errand: errand.name, result })),
  };
}

async function run(
  errand: Errand,
  browser: Browser,
  onSite: Site,
): Promise<Omit<Outcome, 'errand'> & { gone: boolean }> {
  try {
    await within(mostForErrand, 'It', perform(errand, browser, onSite));
    return { result: 'passed', gone: false };
  } catch (error) {
    return {
      result: error instanceof Skipped ? 'skipped' : 'FAILED',
      reason: messageOf(error),
      gone:
        error instanceof TimeLimit ||
        /closed the connection|^No connection to/.test(messageOf(error)),
    };
  }
}

async function perform(errand: Errand, browser: Browser, onSite: Site): Promise<void> {
  const page = await browser.open(
    errand.onAnIPhone ? { ...visitor, userAgent: iPhoneUserAgent } : visitor,
  );
  const visit = visitWith(page, onSite);
  try {
    await errand.run(visit);
    assertSilent(await visit.errors());
  } catch (error) {
    const said = (await visit.errors()).join('; ');
    const isSaid = said === '' || error instanceof Skipped || messageOf(error).includes(said);
    throw isSaid ? error : new Error(`${messageOf(error)} The console says: ${said}`);
  } finally {
    await page.close();
  }
}

function assertSilent(wrong: string[]): void {
  if (wrong.length > 0) throw new Error(`The console says: ${wrong.join('; ')}`);
}

/** The engines share two cores with what serves them. */
async function twoAtATime<Given, Made>(
  all: readonly Given[],
  make: (one: Given) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < all.length) {
      const place = next;
      next += 1;
      made[place] = await make(all[place] as Given);
    }
  };
  await Promise.all([lane(), lane()]);
  return made;
}

function report(all: Row[]): void {
  for (const { engine, about } of all) console.log(`${engine}: ${about}`);
  const widest = Math.max(...errands.map(({ name }) => name.length));
  const line = (first: string, cells: string[]): string =>
    [first.padEnd(widest), ...cells.map((cell, at) => cell.padEnd(all[at]?.engine.length ?? 0))]
      .join('  ')
      .trimEnd();
  console.log(
    `\n${line(
      '',
      all.map(({ engine }) => engine),
    )}`,
  );
  errands.forEach(({ name }, at) => {
    console.log(
      line(
        name,
        all.map(({ outcomes }) => outcomes[at]?.result ?? ''),
      ),
    );
  });
  console.log('');
  for (const { engine, outcomes } of all) {
    for (const { errand, result, reason } of outcomes) {
      if (reason !== undefined) console.log(`${result} in ${engine}: ${errand}: ${reason}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
