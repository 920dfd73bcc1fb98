/** What a backup says of itself: its three property lists, any of which may be missing or damaged. */
import { FileGone, type Backup, type Files } from './folder.ts';
import { oneLine } from './oneLine.ts';
import {
  PlistDate,
  PlistError,
  readPlist,
  type PlistDictionary,
  type PlistValue,
} from './plist.ts';

export type PlistName = 'Info.plist' | 'Status.plist' | 'Manifest.plist';

/** undefined wherever the backup does not say, or says it in a way that cannot be read. */
export interface About {
  /** What the owner calls the device. */
  deviceName: string | undefined;
  /** Apple's identifier of the hardware: "iPhone8,1". */
  productType: string | undefined;
  /** The version of iOS or iPadOS it had: "14.4.2". */
  productVersion: string | undefined;
  buildVersion: string | undefined;
  serialNumber: string | undefined;
  imei: string | undefined;
  phoneNumber: string | undefined;
  /** Apple's number of this one device, and the name of the folder. */
  uniqueId: string | undefined;
  /** When the backup was made: Unix seconds. */
  madeAt: number | undefined;
  encrypted: boolean | undefined;
  /** Of the copying itself: "finished" when it came to its end. */
  snapshotState: string | undefined;
  /** Bundle identifiers. */
  apps: string[];
  /** Of the three lists, those that are missing or cannot be read, and why. */
  unreadable: { file: PlistName; why: 'missing' | 'damaged' | 'gone'; said: string }[];
  /** For opening an encrypted index. */
  keyBag: Uint8Array | undefined;
  manifestKey: Uint8Array | undefined;
}

const largestPlist = 64_000_000;
/** A list without any of these is not what its name says. */
const telling: Record<PlistName, string[]> = {
  'Info.plist': ['Device Name', 'Display Name', 'Product Type', 'Unique Identifier'],
  'Status.plist': ['SnapshotState', 'BackupState', 'IsFullBackup', 'Version'],
  'Manifest.plist': ['IsEncrypted'],
};
const longestText = 200;
/** Nobody has as many, and a page with a million lines would stand still. */
const mostApps = 5000;

export async function readAbout(files: Files, { root }: Backup): Promise<About> {
  const unreadable: About['unreadable'] = [];
  const read = async (file: PlistName): Promise<PlistDictionary> => {
    const empty: PlistDictionary = new Map();
    const size = files.sizes.get(root + file);
    if (size === undefined) {
      unreadable.push({ file, why: 'missing', said: `${file} is not there.` });
      return empty;
    }
    try {
      if (size > largestPlist) throw new PlistError('It is far larger than any that Apple writes.');
      const value = readPlist(await files.read(root + file));
      if (!(value instanceof Map)) throw new PlistError('It is not a list of names and values.');
      if (!telling[file].some((name) => value.has(name))) {
        throw new PlistError('It is a list of other things than it should be.');
      }
      return value;
    } catch (error) {
      if (error instanceof FileGone) {
        unreadable.push({ file, why: 'gone', said: saidOf(file, error) });
      } else if (error instanceof PlistError) {
        unreadable.push({ file, why: 'damaged', said: saidOf(file, error) });
      } else throw error;
      return empty;
    }
  };
  const info = await read('Info.plist');
  const status = await read('Status.plist');
  const manifest = await read('Manifest.plist');
  const lockdown = dictionary(manifest.get('Lockdown')) ?? new Map<string, PlistValue>();

  return {
    deviceName: text(
      info.get('Device Name') ?? info.get('Display Name') ?? lockdown.get('DeviceName'),
    ),
    productType: text(info.get('Product Type') ?? lockdown.get('ProductType')),
    productVersion: text(info.get('Product Version') ?? lockdown.get('ProductVersion')),
    buildVersion: text(info.get('Build Version') ?? lockdown.get('BuildVersion')),
    serialNumber: text(info.get('Serial Number') ?? lockdown.get('SerialNumber')),
    imei: text(info.get('IMEI')),
    phoneNumber: text(info.get('Phone Number')),
    uniqueId: text(
      info.get('Unique Identifier') ??
        info.get('Target Identifier') ??
        lockdown.get('UniqueDeviceID'),
    ),
    madeAt:
      date(info.get('Last Backup Date')) ?? date(status.get('Date')) ?? date(manifest.get('Date')),
    encrypted: boolean(manifest.get('IsEncrypted')),
    snapshotState: text(status.get('SnapshotState')),
    apps: appsOf(info, manifest),
    unreadable,
    keyBag: bytes(manifest.get('BackupKeyBag')),
    manifestKey: bytes(manifest.get('ManifestKey')),
  };
}

/** The message may repeat what stands in the file. */
function saidOf(file: PlistName, { message }: Error): string {
  return `${file}: ${oneLine(message, longestText)}`;
}

function appsOf(info: PlistDictionary, manifest: PlistDictionary): string[] {
  const installed = info.get('Installed Applications');
  const listed = Array.isArray(installed)
    ? installed
    : Array.from(
        (dictionary(manifest.get('Applications')) ?? new Map<string, PlistValue>()).keys(),
      );
  return listed
    .slice(0, mostApps)
    .map((app) => text(app))
    .filter((app) => app !== undefined)
    .sort();
}

function text(value: PlistValue | undefined): string | undefined {
  return typeof value === 'string' ? oneLine(value, longestText) || undefined : undefined;
}

function boolean(value: PlistValue | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function bytes(value: PlistValue | undefined): Uint8Array | undefined {
  return value instanceof Uint8Array ? value : undefined;
}

function date(value: PlistValue | undefined): number | undefined {
  return value instanceof PlistDate ? value.seconds : undefined;
}

function dictionary(value: PlistValue | undefined): PlistDictionary | undefined {
  return value instanceof Map ? value : undefined;
}
