/** The parts of sentences that depend on the device, its software and the computer. */
import type { Situation } from '../../core/checklist/situation.ts';
import { compareVersions, versionOfFact } from '../../core/version.ts';
import type { Connector, Device, RestartKeys } from '../../data/schema.ts';
import { path, press, type Rich } from '../rich.ts';

/** "iPhone", or "device" while it is not known. */
export function noun({ device }: Situation): string {
  return device?.family ?? 'device';
}

/** A version as Apple names it on this device: "iPadOS 15.8.8", "iOS 15.8.8", "iPhone OS 3.1.3". */
export function osVersion(device: Device | undefined, version: string): string {
  const major = versionOfFact(version).major;
  if (device?.family === 'iPad' && major >= 13) return `iPadOS ${version}`;
  return major <= 3 ? `iPhone OS ${version}` : `iOS ${version}`;
}

interface Era {
  /** First version it holds for; '' for the beginning. */
  from: string;
  /** First version it no longer holds for; '' for none yet. */
  before: string;
  label: string;
  text: Rich;
}

/** The text of the one era the device can be in, or each with its label. */
function inEra({ software }: Situation, eras: Era[]): Rich {
  const possible = eras.filter(
    ({ from, before }) =>
      (from === '' || compareVersions(software.newest, versionOfFact(from)) >= 0) &&
      (before === '' || compareVersions(software.oldest, versionOfFact(before)) < 0),
  );
  if (possible.length === 1) return possible[0]?.text ?? [];
  return possible.flatMap(({ label, text }, index) => [
    ...(index > 0 ? [' or '] : []),
    ...text,
    ` (${label})`,
  ]);
}

export function iCloudBackupPath(situation: Situation): Rich {
  return inEra(situation, [
    {
      from: '10.3',
      before: '',
      label: 'iOS 10.3 or later',
      text: [path('Settings', 'your name', 'iCloud', 'iCloud Backup')],
    },
    {
      from: '9.0',
      before: '10.3',
      label: 'iOS 9 to 10.2',
      text: [path('Settings', 'iCloud', 'Backup')],
    },
  ]);
}

export function iCloudStoragePath(situation: Situation): Rich {
  return inEra(situation, [
    {
      from: '10.3',
      before: '',
      label: 'iOS 10.3 or later',
      text: [
        path('Settings', 'your name', 'iCloud', 'Manage Account Storage'),
        ' (or ',
        press('Manage Storage'),
        ')',
      ],
    },
    {
      from: '9.0',
      before: '10.3',
      label: 'iOS 9 to 10.2',
      text: [path('Settings', 'iCloud', 'Storage')],
    },
  ]);
}

export function storagePath(situation: Situation): Rich {
  const family = situation.device?.family.replace(' touch', '') ?? 'iPhone';
  return inEra(situation, [
    {
      from: '11.0',
      before: '',
      label: 'iOS 11 or later',
      text: [path('Settings', 'General', `${family} Storage`)],
    },
    {
      from: '9.0',
      before: '11.0',
      label: 'iOS 9 and 10',
      text: [path('Settings', 'General', 'Storage & iCloud Usage')],
    },
    {
      from: '',
      before: '9.0',
      label: 'iOS 8 or earlier',
      text: [path('Settings', 'General', 'Usage')],
    },
  ]);
}

/** How to drop a forgotten backup password; [] where only erasing would. */
export function resetSettingsPath(situation: Situation): Rich {
  const family = situation.device?.family.replace(' touch', '') ?? 'iPhone';
  return inEra(situation, [
    {
      from: '15.0',
      before: '',
      label: 'iOS 15 or later',
      text: [
        path('Settings', 'General', `Transfer or Reset ${family}`, 'Reset', 'Reset All Settings'),
      ],
    },
    {
      from: '11.0',
      before: '15.0',
      label: 'iOS 11 to 14',
      text: [path('Settings', 'General', 'Reset', 'Reset All Settings')],
    },
  ]);
}

/** Since 15.7.1 and 16.1 every connection to a computer asks for the passcode. */
export function asksForPasscode({ software }: Situation): boolean {
  return compareVersions(software.newest, { major: 15, minor: 7, patch: 1 }) >= 0;
}

/** "its Lightning cable"; all it may be, while the device is not known. */
export function cable({ connectors }: Situation): string {
  const only = connectors.length === 1 ? connectors[0] : undefined;
  return only ? `its ${cableName(only)}` : 'its charging cable';
}

function cableName(connector: Connector): string {
  return connector === '30-pin' ? 'wide 30-pin cable' : `${connector} cable`;
}

/** The program that backs up, updates and restores on a computer. */
export function program({ computer }: Situation): string {
  switch (computer) {
    case 'mac':
      return 'Finder';
    case 'old-mac':
      return 'iTunes';
    case 'windows':
      return 'Apple Devices (or iTunes)';
    default:
      return 'Finder (macOS 10.15 or later), iTunes (older Mac) or Apple Devices (Windows)';
  }
}

/** A sentence for each key group: hold what, how long. */
const keysUntilLogo: Record<RestartKeys, string> = {
  'home-and-top': 'hold the Home button and the top button together',
  'home-and-side': 'hold the Home button and the side button together',
  'volume-down-and-side': 'hold volume down and the side button together',
  'volume-down-and-top': 'hold volume down and the top button together',
  'volume-up-volume-down-side':
    'press and let go of volume up, press and let go of volume down, then hold the side button',
  'ipad-volume-volume-top':
    'press and let go of the volume button nearest the top button, press and let go of the other, then hold the top button',
};

const keyOwners: Record<RestartKeys, string> = {
  'home-and-top':
    'iPhone 5s and earlier, SE (1st generation), iPads and most iPod touch with a Home button',
  'home-and-side': 'iPhone 6 and 6s',
  'volume-down-and-side': 'iPhone 7',
  'volume-down-and-top': 'iPod touch (7th generation)',
  'volume-up-volume-down-side': 'iPhone 8 and later',
  'ipad-volume-volume-top': 'iPad without a Home button',
};

/** Every key group: whose it is, and what to press, as a sentence that "until" ends. */
export const keyGroups = (Object.keys(keysUntilLogo) as RestartKeys[]).map((keys) => ({
  keys,
  owners: keyOwners[keys],
  press: capital(keysUntilLogo[keys]),
}));

/** The restart keys of this device, or of each kind, ended by what to wait for. */
export function restartKeys({ restartKeys: groups }: Situation, until: string): Rich[] {
  const fitting = keyGroups.filter(({ keys }) => groups.includes(keys));
  return fitting.map(({ owners, keys, press: keysToPress }) => [
    fitting.length === 1
      ? `${keysToPress} until ${until}.`
      : `${owners}: ${keysUntilLogo[keys]} until ${until}.`,
  ]);
}

/** "4.1 GB", from bytes, in the units Apple shows. */
export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** "2026-10-05" -> "October 5, 2026" */
export function longDate(day: string): string {
  const months =
    'January February March April May June July August September October November December';
  const [year, month, date] = day.split('-').map(Number);
  return `${months.split(' ')[(month ?? 1) - 1]} ${date}, ${year}`;
}

/** "A, B and C" */
export function list(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items[items.length - 1]}`;
}
