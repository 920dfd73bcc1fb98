/** What an estimate says: times, sizes and sums in words, and what to do tonight. */
import type { AmountReading } from '../core/amount.ts';
import type { Circumstances } from '../core/circumstances.ts';
import type {
  Advice,
  Estimate,
  EstimatedDevice,
  Fullness,
  ICloud,
  Transfer,
} from '../core/estimate.ts';
import type { Planning, Range } from '../data/schema.ts';
import { link, press, type Rich } from './rich.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** Past this nobody waits, and the number means nothing. */
const longest = 60 * day;

/** A way to back up, or the update: the answer, the sums behind it, and what goes with it. */
export interface Part {
  id: 'icloud' | 'cable' | 'wifi' | 'update';
  title: string;
  answer: string;
  sums: string[];
  notes: string[];
}

export const fullnessWords: Record<Fullness, string> = {
  little: 'Little: hardly any photos',
  some: 'Some: photos of a few years',
  much: 'Much: many photos and videos',
  'very-much': 'Very much: it holds everything',
};

export const photosWords: Record<Exclude<Circumstances['photos'], ''>, string> = {
  'in-icloud': 'On: they are in iCloud already',
  'on-device': 'Off: they are on the device alone',
};

export const computerWords: Record<Exclude<Circumstances['computer'], ''>, string> = {
  mac: 'Mac with macOS 10.15 or later',
  'old-mac': 'Older Mac',
  windows: 'Windows',
  linux: 'Linux',
  none: 'None',
  unknown: 'I don’t know',
};

export const cableWords: Record<Exclude<Circumstances['cable'], ''>, string> = {
  usb2: 'The one from the box, or any',
  'fast-usb': 'A fast one (USB 3 or Thunderbolt)',
};

/** What a typed amount was understood as, or what to type instead; '' where nothing was typed. */
export function readingWords(reading: AmountReading, unit: 'GB' | 'Mbit/s'): string {
  if (reading.kind === 'empty') return '';
  if (reading.kind === 'known') return `Understood as ${amount(reading.amount, unit)}.`;
  const example = unit === 'GB' ? '“40 GB” or “1.5 TB”' : '“10”, “0.5 Mbps” or “5 to 10”';
  switch (reading.why) {
    case 'no-number':
      return `We cannot read this as a ${unit === 'GB' ? 'size' : 'speed'}. Type a number, such as ${example}.`;
    case 'other-unit':
      return unit === 'GB'
        ? `That is a speed. Here a size belongs, such as ${example}.`
        : `That is a size. Here a speed belongs, such as ${example}.`;
    case 'part-of-what':
      return 'A part of what? Add the size of the whole: “half of 64 GB”.';
    case 'more-than-whole':
      return 'More than the whole cannot be used. Look at both numbers again.';
    case 'zero':
      return 'At this speed nothing ever arrives. Measure it again, or choose the line in words.';
    case 'too-large':
      return `That is more than any ${unit === 'GB' ? 'device or disk of this kind holds' : 'line at home carries'}. Look at the unit again.`;
  }
}

/** "40 minutes to 2 hours": the low end rounded down, the high end up, so that both hold. */
export function timeInWords({ low, high }: Range): string {
  if (high === 0) return 'no time at all';
  if (high < minute) return 'less than a minute';
  if (low >= longest) return 'more than two months';
  const [from, to] = [roundedTime(low, Math.floor), roundedTime(high, Math.ceil)];
  const end = high > longest ? 'more than two months' : `${to.count} ${to.unit}`;
  if (low < minute) return `up to ${end}`;
  if (high <= longest && from.seconds === to.seconds) return `about ${end}`;
  return from.unit.slice(0, 3) === to.unit.slice(0, 3) && high <= longest
    ? `${from.count} to ${end}`
    : `${from.count} ${from.unit} to ${end}`;
}

/** "20 to 36 GB": no amount is shown as 0 that is not. */
export function amount({ low, high }: Range, unit: string): string {
  const [from, to] = [digits(low), digits(high)];
  return from === to ? `${to} ${unit}` : `${from} to ${to} ${unit}`;
}

/** Everything an estimate has to say, a way a part. Empty while nobody said how much there is. */
export function partsOf(
  estimate: Estimate,
  device: EstimatedDevice | undefined,
  planning: Planning,
): Part[] {
  const { backup, icloud, cable, wifi } = estimate;
  const parts: Part[] = [];
  if (backup && icloud) parts.push(icloudPart(icloud, planning));
  if (cable) parts.push(cablePart(cable, estimate, device, planning));
  if (wifi) parts.push(wifiPart(wifi));
  const update = updatePart(estimate, device, planning);
  return update ? [...parts, update] : parts;
}

/** "40 GB used × 50 to 90% = 20 to 36 GB in the backup" */
export function backupSum({ used, share, backup }: Estimate): string {
  if (!used || !backup) return '';
  return `${amount(used, 'GB')} used × ${percents(share)} = ${amount(backup, 'GB')} in the backup`;
}

/** "20 to 36 GB × 8 = 160 to 288 Gbit; at 6 to 10 Mbit/s: 4 to 14 hours" */
export function transferSum({ size, speed, time }: Transfer): string {
  const bits = { low: size.low * 8, high: size.high * 8 };
  return `${amount(size, 'GB')} × 8 = ${amount(bits, 'Gbit')}; at ${amount(speed, 'Mbit/s')}: ${timeInWords(time)}`;
}

/** What is said aloud when an answer changed the estimate. */
export function spokenEstimate(parts: readonly Part[]): string {
  return parts.map(({ title, answer }) => `${title}: ${answer}`).join(' ');
}

export function adviceWords(
  advice: Advice,
  { icloud, cable, update }: Estimate,
  device: EstimatedDevice | undefined,
): Rich {
  const upload = icloud?.upload;
  switch (advice) {
    case 'computer-tonight':
      return [
        'Back up to the computer by cable, ',
        link('with a password', 'guides/backup-password/'),
        `. Allow ${cable ? timeInWords(cable.time) : ''}.`,
      ];
    case 'computer-long':
      return [
        'Start the computer backup by cable early, and keep the computer from going to sleep: it may take longer than a night.',
      ];
    case 'computer-room':
      return ['Make room on the computer first, or use another: the backup does not fit on it.'];
    case 'icloud-plan':
      return [
        icloud?.surely
          ? `Your iCloud plan is too small. Take ${icloud.surely.name} for a month, or leave iCloud out tonight. `
          : 'No iCloud plan is large enough: use a computer. ',
        link('More ways out', 'guides/icloud-backup/#not-enough-icloud-space-what-can-i-do'),
        '.',
      ];
    case 'icloud-tonight':
      return [
        'Press ',
        press('Back Up Now'),
        ` before you go to bed, on Wi-Fi and on power: it is done in ${upload ? timeInWords(upload.time) : ''}.`,
      ];
    case 'icloud-perhaps-tonight':
      return [
        'Press ',
        press('Back Up Now'),
        ' early in the evening, on Wi-Fi and on power. It may not be done by morning: do not update before its date is today’s.',
      ];
    case 'icloud-nights':
      return [
        'By tomorrow iCloud will not be done. Use a computer for tonight’s backup if you can, and let iCloud go on over the next nights.',
      ];
    case 'icloud-speed':
      return [
        'Choose your line, or type its upload speed, to see whether iCloud is done by morning.',
      ];
    case 'icloud-too-old':
      return ['Use a computer: iCloud Backup needs iOS 9 or later, which this device never gets.'];
    case 'borrow-computer':
      return [
        'For a second backup, ',
        link('borrow a computer', 'guides/which-backup/#which-one-fits-what-i-have'),
        ' that you trust.',
      ];
    case 'update-afterwards':
      return [
        'Update only when the backup is ',
        link('proven', 'guides/prove-your-backup/'),
        update
          ? `. Then allow ${timeInWords(update.time)} for the download of ${device?.offered ?? 'the update'}, and more to install it.`
          : '. Do not start the update on the same evening if the backup takes the night.',
      ];
  }
}

function icloudPart(icloud: ICloud, planning: Planning): Part {
  const { upload, nights } = icloud;
  const notes = [planSentence(icloud), fitSentence(icloud)];
  if (nights && nights.high > 1) {
    notes.push(
      `The automatic backup only runs while the device is locked, on power and on Wi-Fi; with ${planning.assumptions.nightHours} hours a night that is ${amount(nights, 'nights')}.`,
    );
  }
  if (upload) {
    notes.push(
      'Was it backed up to iCloud before? Then only what is new is sent, which is faster.',
    );
  }
  return {
    id: 'icloud',
    title: 'To iCloud',
    answer: upload
      ? `${sentence(timeInWords(upload.time))} to upload.`
      : 'Say how fast your line is, and we tell how long.',
    sums: upload ? [transferSum(upload), limitSentence(upload.limit, planning)] : [],
    notes: notes.filter((note) => note !== ''),
  };
}

function planSentence({ surely, perhaps }: ICloud): string {
  if (!perhaps) return 'No iCloud plan is large enough for it.';
  if (!surely) return `If the backup turns out small, ${perhaps.name} is enough; else no plan is.`;
  return surely === perhaps
    ? `Plan needed: ${surely.name}.`
    : `Plan needed: ${surely.name} to be sure; ${perhaps.name} if the backup turns out small.`;
}

function fitSentence({ fits }: ICloud): string {
  switch (fits) {
    case 'yes':
      return 'Your plan has room for it.';
    case 'perhaps':
      return 'Your plan may or may not have room for it: your device says so before it starts.';
    case 'no':
      return 'Your plan is too small for it.';
    case undefined:
      return '';
  }
}

function cablePart(
  cable: Transfer,
  estimate: Estimate,
  device: EstimatedDevice | undefined,
  planning: Planning,
): Part {
  const roomWords = {
    yes: 'The computer has room for it.',
    perhaps: 'The computer may just have room for it. More would be safer.',
    no: 'The computer has too little room for it.',
  };
  const slow = device !== undefined && device.connector !== 'USB-C';
  return {
    id: 'cable',
    title: 'To a computer, by cable',
    answer: `${sentence(timeInWords(cable.time))}.`,
    sums: [transferSum(cable), limitSentence('link', planning)],
    notes: [
      estimate.room
        ? roomWords[estimate.room]
        : estimate.backup
          ? `Room it needs on the computer: ${amount(estimate.backup, 'GB')}.`
          : '',
      slow
        ? `The ${device.connector} port of the ${device.name} is as fast as USB 2.0; a better cable changes nothing.`
        : '',
    ].filter((note) => note !== ''),
  };
}

function wifiPart(wifi: Transfer): Part {
  return {
    id: 'wifi',
    title: 'To a computer, by Wi-Fi',
    answer: `${sentence(timeInWords(wifi.time))}.`,
    sums: [transferSum(wifi)],
    notes: [
      'It has to be switched on once by cable, with device and computer in the same Wi-Fi. For the backup before an update we would use the cable: it is faster, and nothing cuts it off.',
    ],
  };
}

function updatePart(
  { update }: Estimate,
  device: EstimatedDevice | undefined,
  planning: Planning,
): Part | undefined {
  if (!device) return undefined;
  const title = 'The update’s own download';
  const notes = ['Its size may differ on your device: Software Update in Settings states it.'];
  if (device.offered === undefined) {
    return {
      id: 'update',
      title,
      answer: `We found no update that Apple offers the ${device.name}.`,
      sums: [],
      notes: [],
    };
  }
  if (device.downloadBytes === undefined) {
    return {
      id: 'update',
      title,
      answer: `The size of ${device.offered} for the ${device.name} is not in our facts.`,
      sums: [],
      notes: ['Software Update in Settings states it before it downloads.'],
    };
  }
  const size = { low: device.downloadBytes / 1e9, high: device.downloadBytes / 1e9 };
  return {
    id: 'update',
    title,
    answer: update
      ? `${sentence(timeInWords(update.time))} for ${device.offered}.`
      : `The download of ${device.offered} is ${amount(size, 'GB')}. Say how fast your line is, and we tell how long.`,
    sums: update ? [transferSum(update), limitSentence(update.limit, planning)] : [],
    notes: update ? [...notes, 'Unpacking and installing come on top.'] : notes,
  };
}

/** Why a transfer is slower than what carries it. */
function limitSentence(limit: Transfer['limit'], { assumptions }: Planning): string {
  switch (limit) {
    case 'line':
      return `Over hours a line gives ${percents(assumptions.lineShare)} of its speed: our assumption`;
    case 'wifi':
      return 'The line is faster than Wi-Fi usually is, so Wi-Fi sets the pace';
    case 'link':
      return 'A backup is many small files, and gets less than the cable could carry: our assumption';
  }
}

function percents({ low, high }: Range): string {
  return `${Math.round(low * 100)} to ${Math.round(high * 100)}%`;
}

interface RoundedTime {
  /** Seconds, after rounding. */
  seconds: number;
  count: string;
  unit: string;
}

function roundedTime(seconds: number, round: (steps: number) => number): RoundedTime {
  const step = stepOf(seconds);
  const rounded = round(seconds / step) * step;
  if (rounded < hour) return inUnit(rounded, minute, 'minute');
  return rounded < 2 * day ? inUnit(rounded, hour, 'hour') : inUnit(rounded, day, 'day');
}

/** No finer than an estimate can be. */
function stepOf(seconds: number): number {
  if (seconds < 10 * minute) return minute;
  if (seconds < hour) return 5 * minute;
  if (seconds < 5 * hour) return hour / 2;
  return seconds < 2 * day ? hour : day;
}

function inUnit(seconds: number, unit: number, name: string): RoundedTime {
  const count = seconds / unit;
  const whole = Math.floor(count);
  return {
    seconds,
    count: count === whole ? String(whole) : `${whole === 0 ? '' : whole}½`,
    unit: count > 1 ? `${name}s` : name,
  };
}

/** Two digits that count, or whole numbers from 10 on. */
function digits(value: number): string {
  if (value === 0) return '0';
  if (value < 0.001) return 'less than 0.001';
  if (value >= 10) return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
  return String(Number(value.toPrecision(2)));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
