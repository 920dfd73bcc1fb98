/** The devices to choose from, and what an estimate needs of each, in the page's own markup. */
import type { EstimatedDevice } from '../../core/estimate.ts';

interface Props {
  devices: readonly EstimatedDevice[];
  value: string;
  onChoose: (device: string) => void;
}

export function DeviceSelect({ devices, value, onChoose }: Props) {
  return (
    <p>
      <label for="estimate-device">Which device?</label>
      <select
        id="estimate-device"
        name="device"
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">Any</option>
        {devices.map((device) => (
          <option
            key={device.id}
            value={device.id}
            // Lightning is the most common, and so the one that is left out.
            data-port={device.connector === 'Lightning' ? undefined : device.connector}
            data-icloud={device.canICloud ? undefined : 'no'}
            data-offered={device.offered}
            data-bytes={device.downloadBytes}
          >
            {device.name}
          </option>
        ))}
      </select>
    </p>
  );
}

/** Reads the devices back from the built markup, so that the script need not carry them again. */
export function devicesIn(place: Element): EstimatedDevice[] {
  const options = place.querySelectorAll<HTMLOptionElement>('#estimate-device option');
  return Array.from(options)
    .filter(({ value }) => value !== '')
    .map(({ value, text, dataset }) => ({
      id: value,
      name: text,
      connector: (dataset.port ?? 'Lightning') as EstimatedDevice['connector'],
      canICloud: dataset.icloud !== 'no',
      offered: dataset.offered,
      downloadBytes: dataset.bytes === undefined ? undefined : Number(dataset.bytes),
    }));
}
