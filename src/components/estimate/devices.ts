/** What an estimate needs of every device; made at build, where all facts are at hand. */
import { oldestForICloud } from '../../core/checklist/situation.ts';
import { offersFor } from '../../core/compatibility.ts';
import type { EstimatedDevice } from '../../core/estimate.ts';
import { osVersion } from '../../content/checklist/phrases.ts';
import type { Device } from '../../data/schema.ts';

export function estimatedDevice(device: Device): EstimatedDevice {
  const offer = offersFor(device)[0];
  return {
    id: device.id,
    name: device.name,
    connector: device.connector,
    canICloud: device.lastMajor >= oldestForICloud.major,
    offered: offer && osVersion(device, offer.version),
    downloadBytes:
      offer?.version === device.newest.version ? device.newest.downloadBytes : undefined,
  };
}
