/** What Info.plist, Status.plist and Manifest.plist say. */
import { hash } from 'node:crypto';
import { guid } from './contents.ts';
import type { Plist } from './plist.ts';

/** The phone. Nothing here belongs to anybody: the numbers are those kept for examples. */
export interface Device {
  name: string;
  /** such as `iPhone8,1` */
  productType: string;
  productName: string;
  productVersion: string;
  buildVersion: string;
  serialNumber: string;
  udid: string;
  /** undefined for a device without a phone */
  imei: string | undefined;
  imei2: string | undefined;
  meid: string | undefined;
  iccid: string | undefined;
  phoneNumber: string | undefined;
}

export const exampleDevice: Device = {
  name: 'Alex’s iPhone',
  productType: 'iPhone8,1',
  productName: 'iPhone 6s',
  productVersion: '14.8.1',
  buildVersion: '18H107',
  serialNumber: 'EXAMPLE12345',
  udid: '0123456789abcdef0123456789abcdef01234567',
  imei: '001010123456789',
  imei2: undefined,
  meid: '00101012345678',
  iccid: '8900000000000000000',
  phoneNumber: '+1 (202) 555-0143',
};

export interface PropertyPlan {
  device: Device;
  date: Date;
  apps: readonly string[];
  versions: { status: string; manifest: string; systemDomains: string };
  snapshotState: string;
  isFullBackup: boolean;
  wasPasscodeSet: boolean;
  isEncrypted: boolean;
  keyBag: Uint8Array | undefined;
  manifestKey: Uint8Array | undefined;
}

export function infoPlist({ device, date, apps }: PropertyPlan): Plist {
  return present({
    Applications: Object.fromEntries(
      apps.map((app) => [
        app,
        { iTunesMetadata: Buffer.from('example'), ApplicationSINF: Buffer.alloc(24) },
      ]),
    ),
    'Build Version': device.buildVersion,
    'Device Name': device.name,
    'Display Name': device.name,
    GUID: hash('md5', device.udid).toUpperCase(),
    ICCID: device.iccid,
    IMEI: device.imei,
    'IMEI 2': device.imei2,
    'Installed Applications': [...apps],
    'Last Backup Date': date,
    MEID: device.meid,
    'Phone Number': device.phoneNumber,
    'Product Name': device.productName,
    'Product Type': device.productType,
    'Product Version': device.productVersion,
    'Serial Number': device.serialNumber,
    'Target Identifier': device.udid,
    'Target Type': 'Device',
    'Unique Identifier': device.udid.toUpperCase(),
    'iTunes Settings': {},
    'iTunes Version': '12.12.4.1',
  });
}

export function statusPlist(plan: PropertyPlan): Plist {
  return {
    BackupState: 'new',
    Date: plan.date,
    IsFullBackup: plan.isFullBackup,
    SnapshotState: plan.snapshotState,
    UUID: guid(hash('sha1', `${plan.device.udid} status`).toUpperCase()),
    Version: plan.versions.status,
  };
}

export function manifestPlist(plan: PropertyPlan): Plist {
  const { device } = plan;
  return present({
    Applications: Object.fromEntries(
      plan.apps.map((app) => [
        app,
        {
          CFBundleIdentifier: app,
          CFBundleVersion: '1.0',
          ContainerContentClass: 'Data/Application',
          Path: `/private/var/containers/Bundle/Application/${guid(hash('sha1', app).toUpperCase())}`,
        },
      ]),
    ),
    BackupKeyBag: plan.keyBag,
    Date: plan.date,
    IsEncrypted: plan.isEncrypted,
    Lockdown: {
      BuildVersion: device.buildVersion,
      DeviceName: device.name,
      ProductType: device.productType,
      ProductVersion: device.productVersion,
      SerialNumber: device.serialNumber,
      UniqueDeviceID: device.udid,
      'com.apple.MobileDeviceCrashCopy': { ShouldSubmit: false },
      'com.apple.mobile.data_sync': { Notes: { AccountNames: ['Example'], Sources: ['iCloud'] } },
    },
    ManifestKey: plan.manifestKey,
    SystemDomainsVersion: plan.versions.systemDomains,
    Version: plan.versions.manifest,
    WasPasscodeSet: plan.wasPasscodeSet,
  });
}

/** A property list knows no "undefined": what is not known has no key. */
function present(entries: Record<string, Plist | undefined>): Plist {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, Plist] => entry[1] !== undefined),
  );
}
