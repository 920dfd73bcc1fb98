/**
 * Starts the checker on the markup the build has made. Astro's own island loader calls built-ins
 * that browsers at our floor lack (docs/decisions/0001-no-island-loader.md).
 */
import { hydrate } from 'preact';
import { Checker } from './Checker.tsx';

const place = document.querySelector('#checker');
if (place) {
  const typed = place.querySelector('input')?.value ?? '';
  hydrate(<Checker typed={typed} />, place);
  document.documentElement.classList.add('has-checker');
}
