/** Shows the notice about old facts, of `OldFacts.astro`: the day of the visit is not the day of the build. */
import { areOld } from '../core/age.ts';

const notice = document.querySelector<HTMLElement>('#old-facts');
if (notice && areOld(Date.parse(String(notice.dataset.asOf)), Date.now())) notice.hidden = false;
