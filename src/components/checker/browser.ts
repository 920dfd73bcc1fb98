/**
 * Whether this is an iPhone, iPad or iPod touch, so that a guess can be made. An iPad may call
 * itself a Macintosh; a Mac has no touch screen.
 */
export function isAppleMobile(): boolean {
  return (
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)
  );
}
