/** Starts the inspector on the markup the build has made (docs/decisions/0001-no-island-loader.md). */
import { hydrate } from 'preact';
import { Inspector } from './Inspector.tsx';

const place = document.querySelector('#inspector');
if (place) {
  hydrate(<Inspector />, place);
  document.documentElement.classList.add('has-inspector');
}
