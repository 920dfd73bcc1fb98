import type { Device } from '../../data/schema.ts';

interface Props {
  /** Names the list to those who cannot see what stands above it. */
  label: string;
  devices: readonly Device[];
  onChoose: (deviceId: string) => void;
}

/** Devices to press, each with its year. */
export function DeviceButtons({ label, devices, onChoose }: Props) {
  return (
    <ul class="device-buttons" aria-label={label}>
      {devices.map((device) => (
        <li key={device.id}>
          <button type="button" onClick={() => onChoose(device.id)}>
            {device.name} <span class="option-detail">{device.year}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
