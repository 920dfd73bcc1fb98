/** What an estimate is asked for; every field may be left alone. */
import type { AmountReading } from '../../core/amount.ts';
import type { Circumstances } from '../../core/circumstances.ts';
import { isFullness, type EstimatedDevice } from '../../core/estimate.ts';
import {
  amount,
  cableWords,
  computerWords,
  fullnessWords,
  photosWords,
} from '../../content/estimate.ts';
import type { Planning } from '../../data/schema.ts';
import { DeviceSelect } from './DeviceSelect.tsx';
import { ChoiceField, TypedField } from './Fields.tsx';

interface Props {
  circumstances: Circumstances;
  readings: Record<'used' | 'up' | 'down' | 'taken' | 'room', AmountReading>;
  devices: readonly EstimatedDevice[];
  device: EstimatedDevice | undefined;
  planning: Planning;
  onChange: (change: Partial<Circumstances>, how: 'choose' | 'type') => void;
}

type Part = Omit<Props, 'devices'>;

export function EstimateForm({ devices, ...part }: Props) {
  return (
    <form
      class="estimate-form screen-only"
      autocomplete="off"
      onSubmit={(event) => event.preventDefault()}
    >
      <DeviceFields devices={devices} {...part} />
      <LineFields {...part} />
      <ICloudFields {...part} />
      <ComputerFields {...part} />
    </form>
  );
}

function DeviceFields({
  circumstances,
  readings,
  devices,
  planning,
  onChange,
}: Omit<Props, 'device'>) {
  const { used, device, photos } = circumstances;
  const { fullness } = planning.assumptions;
  const inWords = isFullness(used, fullness);
  return (
    <fieldset>
      <legend>The device</legend>
      <DeviceSelect
        devices={devices}
        value={device}
        onChoose={(id) => onChange({ device: id }, 'choose')}
      />
      <TypedField
        name="used"
        label="How much is used on it?"
        hint="Settings, General, iPhone Storage (or iPad Storage) shows it: “40 GB of 64 GB used”."
        unit="GB"
        value={inWords ? '' : used}
        reading={readings.used}
        onType={(text) => onChange({ used: text }, 'type')}
      />
      <ChoiceField
        name="fullness"
        label="Or in words"
        none="Choose"
        options={Object.entries(fullnessWords).map(([id, words]) => [
          id,
          `${words} (${amount(fullness[id as keyof typeof fullness], 'GB')})`,
        ])}
        value={inWords ? used : ''}
        onChoose={(words) => onChange({ used: words }, 'choose')}
      />
      <ChoiceField
        name="photos"
        label="iCloud Photos on this device"
        none="I don’t know"
        options={Object.entries(photosWords)}
        value={photos}
        onChoose={(chosen) => onChange({ photos: chosen as Circumstances['photos'] }, 'choose')}
      />
    </fieldset>
  );
}

function LineFields({ circumstances, readings, planning, onChange }: Part) {
  return (
    <fieldset>
      <legend>The internet line</legend>
      <ChoiceField
        name="line"
        label="What kind is it?"
        none="I don’t know"
        options={planning.lines.map(({ id, name }) => [id, name])}
        value={circumstances.line}
        onChoose={(line) => onChange({ line }, 'choose')}
      />
      <TypedField
        name="up"
        label="Upload speed, in Mbit/s"
        hint="Better than the kind, if you know it: your contract states it, a speed test measures it."
        unit="Mbit/s"
        value={circumstances.up}
        reading={readings.up}
        onType={(up) => onChange({ up }, 'type')}
      />
      <TypedField
        name="down"
        label="Download speed, in Mbit/s"
        unit="Mbit/s"
        value={circumstances.down}
        reading={readings.down}
        onType={(down) => onChange({ down }, 'type')}
      />
    </fieldset>
  );
}

function ICloudFields({ circumstances, readings, planning, onChange }: Part) {
  return (
    <fieldset>
      <legend>iCloud</legend>
      <ChoiceField
        name="plan"
        label="How much storage do you have?"
        none="I don’t know"
        options={planning.plans.map(({ id, name }) => [id, name])}
        value={circumstances.plan}
        onChoose={(plan) => onChange({ plan }, 'choose')}
      />
      <TypedField
        name="taken"
        label="How much of it is taken?"
        hint="Without this device’s own backup."
        unit="GB"
        value={circumstances.taken}
        reading={readings.taken}
        onType={(taken) => onChange({ taken }, 'type')}
      />
    </fieldset>
  );
}

function ComputerFields({ circumstances, readings, device, onChange }: Part) {
  const { computer, cable, room } = circumstances;
  const hasFastPort = device === undefined || device.connector === 'USB-C';
  return (
    <fieldset>
      <legend>The computer</legend>
      <ChoiceField
        name="computer"
        label="Which could you use?"
        none="Choose"
        options={Object.entries(computerWords)}
        value={computer}
        onChoose={(chosen) => onChange({ computer: chosen as Circumstances['computer'] }, 'choose')}
      />
      {computer !== 'none' && (
        <>
          {hasFastPort && (
            <ChoiceField
              name="cable"
              label="Which cable?"
              none="I don’t know"
              options={Object.entries(cableWords)}
              value={cable}
              onChoose={(chosen) => onChange({ cable: chosen as Circumstances['cable'] }, 'choose')}
            />
          )}
          <TypedField
            name="room"
            label="How much is free on its disk?"
            unit="GB"
            value={room}
            reading={readings.room}
            onType={(text) => onChange({ room: text }, 'type')}
          />
        </>
      )}
    </fieldset>
  );
}
