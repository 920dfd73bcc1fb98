/** The plain way for those who do not want to type: family, year, device. */
import { useState } from 'preact/hooks';
import type { Device, Facts } from '../../data/schema.ts';
import { DeviceButtons } from './DeviceButtons.tsx';

interface Props {
  facts: Facts | undefined;
  onChoose: (deviceId: string) => void;
  onInterest: () => void;
}

const families = ['iPhone', 'iPad', 'iPod touch'] as const;

export function Picker({ facts, onChoose, onInterest }: Props) {
  const [family, setFamily] = useState<Device['family'] | ''>('');
  const [year, setYear] = useState('');
  const ofFamily = (facts?.devices ?? []).filter((device) => device.family === family);
  const years = ofFamily
    .map((device) => String(device.year))
    .filter((value, index, all) => all.indexOf(value) === index);
  const shown = ofFamily.filter((device) => year === '' || String(device.year) === year);

  return (
    <details class="picker" onToggle={onInterest}>
      <summary>Choose from a list instead</summary>
      <div class="picker-selects">
        <label>
          Family
          <select
            value={family}
            onChange={(event) => {
              setFamily(event.currentTarget.value as Device['family'] | '');
              setYear('');
            }}
          >
            <option value="">Choose…</option>
            {families.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Year it came out
          <select
            value={year}
            disabled={family === ''}
            onChange={(event) => setYear(event.currentTarget.value)}
          >
            <option value="">Any year</option>
            {years.map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </select>
        </label>
      </div>
      {shown.length > 0 && (
        <DeviceButtons
          label="Devices of this family and year"
          devices={shown}
          onChoose={onChoose}
        />
      )}
    </details>
  );
}
