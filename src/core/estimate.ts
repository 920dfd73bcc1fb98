/**
 * Sizes and speeds -> how long each way to back up takes, the iCloud plan it needs, and whether the
 * computer has room. Ranges throughout: from the least to the most that is likely.
 *
 * Units: sizes in GB (10^9 bytes, as Apple counts), speeds in Mbit/s (10^6 bits a second), times in
 * seconds. 1 GB = 8 Gbit = 8000 Mbit.
 */
import type { Connector, Planning, Range } from '../data/schema.ts';
import { readSize, readSpeed, type AmountReading } from './amount.ts';
import type { Circumstances } from './circumstances.ts';

export type Plan = Planning['plans'][number];
export type Fullness = keyof Planning['assumptions']['fullness'];

/** What an estimate needs of a device. */
export interface EstimatedDevice {
  id: string;
  name: string;
  connector: Connector;
  /** Whether iCloud Backup still takes its newest software. */
  canICloud: boolean;
  /** The newest version it gets, as Apple names it, while Apple offers it. */
  offered: string | undefined;
  /** Bytes of the full download of that version, where recorded. */
  downloadBytes: number | undefined;
}

/** Data on its way at a speed. */
export interface Transfer {
  size: Range;
  /** What it really gets of the line or cable. */
  speed: Range;
  /** Why that is less than the line's own speed. */
  limit: 'line' | 'wifi' | 'link';
  time: Range;
}

/** Whether something fits: surely, only if it turns out small, or not. */
export type Fit = 'yes' | 'perhaps' | 'no';

export interface ICloud {
  /** Smallest plan that holds the backup in any case; undefined when none does. */
  surely: Plan | undefined;
  /** Smallest plan that holds it if it turns out small. */
  perhaps: Plan | undefined;
  /** Of the plan the visitor has; undefined while it is not known. */
  fits: Fit | undefined;
  upload: Transfer | undefined;
  /** Nights an upload may take that only runs at night. */
  nights: Range | undefined;
}

export type Advice =
  | 'computer-tonight'
  | 'computer-long'
  | 'computer-room'
  | 'icloud-plan'
  | 'icloud-tonight'
  | 'icloud-perhaps-tonight'
  | 'icloud-nights'
  | 'icloud-speed'
  | 'icloud-too-old'
  | 'borrow-computer'
  | 'update-afterwards';

export interface Estimate {
  /** GB used on the device; undefined while nobody said. */
  used: Range | undefined;
  /** Of that, the share that goes into a backup, and the GB that makes. */
  share: Range;
  backup: Range | undefined;
  /** undefined where iCloud Backup does not take the device any more. */
  icloud: ICloud | undefined;
  /** By cable; undefined without a computer. */
  cable: Transfer | undefined;
  /** By the house's Wi-Fi; undefined where no program of the computer offers it. */
  wifi: Transfer | undefined;
  room: Fit | undefined;
  /** The update's own download; undefined without a recorded size or a speed. */
  update: Transfer | undefined;
  tonight: Advice[];
}

const megabitsInGigabyte = 8000;
const bytesInGigabyte = 1e9;
const secondsInHour = 3600;

/** What the visitor typed, read once. */
export function readingsOf(
  { used, up, down, taken, room }: Circumstances,
  { assumptions }: Planning,
): Record<'used' | 'up' | 'down' | 'taken' | 'room', AmountReading> {
  const inWords = isFullness(used, assumptions.fullness) ? assumptions.fullness[used] : undefined;
  return {
    used: inWords ? { kind: 'known', amount: inWords } : readSize(used),
    up: readSpeed(up),
    down: readSpeed(down),
    taken: readSize(taken),
    room: readSize(room),
  };
}

/** Everything that follows. Deterministic: no clock, no network. */
export function estimateFor(
  circumstances: Circumstances,
  device: EstimatedDevice | undefined,
  planning: Planning,
): Estimate {
  const { assumptions, links, lines, plans } = planning;
  const readings = readingsOf(circumstances, planning);
  const line = lines.filter(({ id }) => id === circumstances.line)[0];
  const used = amountOf(readings.used);
  const share = assumptions.backedUp[shareName(circumstances.photos)];
  const backup = used && product(used, share);
  const hasComputer = circumstances.computer !== 'none';
  const canICloud = device === undefined || device.canICloud;
  const estimate = {
    used,
    share,
    backup,
    icloud:
      backup && canICloud
        ? icloudFor({
            backup,
            taken: amountOf(readings.taken),
            plan: plans.filter(({ id }) => id === circumstances.plan)[0],
            up: amountOf(readings.up) ?? line?.up,
            planning,
          })
        : undefined,
    cable:
      backup && hasComputer
        ? transferOf(backup, links[cableFor(circumstances.cable, device)], 'link')
        : undefined,
    wifi:
      backup && hasComputer && circumstances.computer !== 'linux'
        ? transferOf(backup, links.wifi, 'wifi')
        : undefined,
    room: backup && hasComputer ? fitOf(backup, amountOf(readings.room)) : undefined,
    update: updateFor(device, amountOf(readings.down) ?? line?.down, planning),
  };
  return { ...estimate, tonight: adviceFor(estimate, hasComputer, assumptions.nightHours) };
}

/**
 * How long a size takes at a speed.
 * @param speed in Mbit/s, above 0
 */
export function transferOf(size: Range, speed: Range, limit: Transfer['limit']): Transfer {
  return {
    size,
    speed,
    limit,
    time: {
      low: (size.low * megabitsInGigabyte) / speed.high,
      high: (size.high * megabitsInGigabyte) / speed.low,
    },
  };
}

/** What a transfer gets of a line: a share of it, and never more than Wi-Fi carries. */
export function transferOverLine(
  size: Range,
  line: Range,
  { assumptions, links }: Pick<Planning, 'assumptions' | 'links'>,
): Transfer {
  const share = product(line, assumptions.lineShare);
  const speed = {
    low: Math.min(share.low, links.wifi.low),
    high: Math.min(share.high, links.wifi.high),
  };
  return transferOf(size, speed, speed.high < share.high ? 'wifi' : 'line');
}

/** The smallest plan that holds so many GB; undefined when none does. */
export function smallestPlan(gigabytes: number, plans: readonly Plan[]): Plan | undefined {
  return plans.filter((plan) => plan.gigabytes >= gigabytes)[0];
}

/** A faster cable helps only where the device may have a port for it. */
export function cableFor(
  cable: Circumstances['cable'],
  device: EstimatedDevice | undefined,
): 'usb2' | 'fast-usb' {
  const mayBeFast = device === undefined || device.connector === 'USB-C';
  return cable === 'fast-usb' && mayBeFast ? 'fast-usb' : 'usb2';
}

interface UploadCase {
  backup: Range;
  taken: Range | undefined;
  plan: Plan | undefined;
  up: Range | undefined;
  planning: Planning;
}

function icloudFor({ backup, taken, plan, up, planning }: UploadCase): ICloud {
  const { plans, assumptions } = planning;
  const needed = {
    low: backup.low + (taken?.low ?? 0),
    high: backup.high + (taken?.high ?? 0),
  };
  const upload = up && transferOverLine(backup, up, planning);
  const night = assumptions.nightHours * secondsInHour;
  return {
    surely: smallestPlan(needed.high, plans),
    perhaps: smallestPlan(needed.low, plans),
    fits: plan && fitOf(needed, { low: plan.gigabytes, high: plan.gigabytes }),
    upload,
    nights: upload && {
      low: Math.max(1, Math.ceil(upload.time.low / night)),
      high: Math.max(1, Math.ceil(upload.time.high / night)),
    },
  };
}

function updateFor(
  device: EstimatedDevice | undefined,
  down: Range | undefined,
  planning: Planning,
): Transfer | undefined {
  if (device?.downloadBytes === undefined || !down) return undefined;
  const size = device.downloadBytes / bytesInGigabyte;
  return transferOverLine({ low: size, high: size }, down, planning);
}

/** What to do tonight, first things first. */
function adviceFor(
  { backup, icloud, cable, room }: Omit<Estimate, 'tonight'>,
  hasComputer: boolean,
  nightHours: number,
): Advice[] {
  if (!backup) return [];
  const night = nightHours * secondsInHour;
  const advice: Advice[] = [];
  if (cable && room === 'no') advice.push('computer-room');
  else if (cable) advice.push(cable.time.high <= night ? 'computer-tonight' : 'computer-long');
  if (!icloud) advice.push('icloud-too-old');
  else if (icloud.fits === 'no') advice.push('icloud-plan');
  else if (!icloud.upload) advice.push('icloud-speed');
  else if (icloud.upload.time.high <= night) advice.push('icloud-tonight');
  else advice.push(icloud.upload.time.low <= night ? 'icloud-perhaps-tonight' : 'icloud-nights');
  if (!hasComputer) advice.push('borrow-computer');
  return [...advice, 'update-afterwards'];
}

function fitOf(needed: Range, free: Range | undefined): Fit | undefined {
  if (!free) return undefined;
  if (needed.high <= free.low) return 'yes';
  return needed.low <= free.high ? 'perhaps' : 'no';
}

function product(a: Range, b: Range): Range {
  return { low: a.low * b.low, high: a.high * b.high };
}

function amountOf(reading: AmountReading): Range | undefined {
  return reading.kind === 'known' ? reading.amount : undefined;
}

function shareName(photos: Circumstances['photos']): keyof Planning['assumptions']['backedUp'] {
  if (photos === 'in-icloud') return 'photos-in-icloud';
  return photos === 'on-device' ? 'photos-on-device' : 'unknown';
}

export function isFullness(
  used: string,
  fullness: Planning['assumptions']['fullness'],
): used is Fullness {
  return Object.keys(fullness).includes(used);
}
