/** Screen and browser -> the devices it may be. A guess: many devices share a screen. */
import type { Device, Facts } from '../data/schema.ts';

export interface Glimpse {
  userAgent: string;
  /** CSS pixels, either way up. */
  screenWidth: number;
  screenHeight: number;
  /** Device pixels per CSS pixel. */
  pixelRatio: number;
  /** Fingers the screen can follow; a Mac says 0, an iPad that calls itself a Mac says 5. */
  touchPoints: number;
}

/** @returns the devices that fit, newest first; none when this is not such a device */
export function guessDevices({ devices }: Facts, glimpse: Glimpse): Device[] {
  const family = familyOf(glimpse);
  if (!family) return [];
  const major = majorOf(glimpse.userAgent);
  return devices.filter(
    (device) => device.family === family && hasScreen(device, glimpse) && couldRun(device, major),
  );
}

function familyOf({ userAgent, touchPoints }: Glimpse): Device['family'] | undefined {
  if (userAgent.includes('iPod')) return 'iPod touch';
  if (userAgent.includes('iPhone')) return 'iPhone';
  if (userAgent.includes('iPad')) return 'iPad';
  return userAgent.includes('Macintosh') && touchPoints > 1 ? 'iPad' : undefined;
}

/**
 * The major the browser runs on. From iOS 26 on, Safari leaves "OS 18_6" in its user agent for
 * good and tells the truth in "Version/26.0" alone; an iPad that calls itself a Macintosh has
 * only that as well. Other browsers without "Version/" give a lower bound.
 */
function majorOf(userAgent: string): { major: number; exact: boolean } {
  const safari = Number(/Version\/(\d{1,2})/.exec(userAgent)?.[1] ?? 0);
  const system = Number(/OS (\d{1,2})[_.]\d+[^)]* like Mac OS X/.exec(userAgent)?.[1] ?? 0);
  if (userAgent.includes('Macintosh')) return { major: Math.max(safari, 13), exact: safari >= 13 };
  if (safari >= 26) return { major: safari, exact: true };
  return { major: system, exact: system > 0 && (system < 18 || safari === system) };
}

function hasScreen({ screen }: Device, glimpse: Glimpse): boolean {
  if (!screen) return false;
  const short = Math.min(glimpse.screenWidth, glimpse.screenHeight);
  const long = Math.max(glimpse.screenWidth, glimpse.screenHeight);
  return (
    screen.width === short &&
    screen.height === long &&
    screen.ratio === Math.round(glimpse.pixelRatio)
  );
}

function couldRun(device: Device, { major, exact }: { major: number; exact: boolean }): boolean {
  return device.lastMajor >= major && (!exact || device.firstMajor <= major);
}
