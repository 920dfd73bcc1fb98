/** On an iPhone, iPad or iPod touch: which it may be. Offered, never chosen. */
import { guessDevices } from '../../core/guess.ts';
import { DeviceButtons } from './DeviceButtons.tsx';
import type { Facts } from '../../data/schema.ts';

interface Props {
  facts: Facts;
  onChoose: (deviceId: string) => void;
}

export function Guess({ facts, onChoose }: Props) {
  const devices = guessDevices(facts, {
    userAgent: navigator.userAgent,
    screenWidth: screen.width,
    screenHeight: screen.height,
    pixelRatio: window.devicePixelRatio,
    touchPoints: navigator.maxTouchPoints,
  });
  if (devices.length === 0) return null;
  return (
    <section class="guess" aria-labelledby="guess-title">
      <h2 id="guess-title">Is it the one you are holding?</h2>
      <p>
        By its screen this may be one of these. It is a guess: some look alike to a web page, and a
        zoomed display looks like a smaller one.
      </p>
      <DeviceButtons label="Devices with this screen" devices={devices} onChoose={onChoose} />
    </section>
  );
}
