/** Starts the estimate on the markup the build has made (docs/decisions/0001-no-island-loader.md). */
import { hydrate } from 'preact';
import { queryOf } from '../../core/address.ts';
import { devicesIn } from './DeviceSelect.tsx';
import { Estimator } from './Estimator.tsx';

const place = document.querySelector('#estimate');
if (place) {
  const fields = place.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]');
  const filledIn = Array.from(fields).map(
    ({ name, value }) => [name === 'fullness' ? 'used' : name, value] as const,
  );
  hydrate(<Estimator devices={devicesIn(place)} filledIn={queryOf(filledIn).slice(1)} />, place);
  document.documentElement.classList.add('has-estimate');
}
