import { useEffect, useRef } from 'preact/hooks';
import type { NowReading, Verdict } from '../../core/compatibility.ts';
import type { Facts } from '../../data/schema.ts';
import {
  nowSentence,
  verdictBadges,
  verdictReasons,
  verdictSentence,
} from '../../content/verdict.ts';
import { RichText } from '../RichText.tsx';

interface Props {
  verdict: Verdict;
  /** What the version the visitor has means, where it was given. */
  now?: NowReading | undefined;
  facts: Facts;
  /** Set when the visitor has just chosen the device: reading goes on here. */
  takeFocus: boolean;
}

/** What changes in the verdict when another release is asked about, or a version is given. */
export function spokenVerdict({ verdict, now, facts }: Omit<Props, 'takeFocus'>): string {
  const sentence = verdictSentence(verdict, facts);
  return now?.kind === 'known' ? `${sentence} ${nowSentence(now, verdict, facts)}` : sentence;
}

/** One plain sentence first, then why. */
export function VerdictView({ verdict, now, facts, takeFocus }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takeFocus) heading.current?.focus();
  }, [verdict.device.id, takeFocus]);
  const badge = verdictBadges[verdict.kind];
  return (
    <section class={`verdict verdict-${badge.mark}`} aria-labelledby="verdict-title">
      <p class="verdict-badge">{badge.label}</p>
      <h2 id="verdict-title" tabIndex={-1} ref={heading}>
        {verdictSentence(verdict, facts)}
      </h2>
      {now?.kind === 'known' && <p class="verdict-now">{nowSentence(now, verdict, facts)}</p>}
      <ul class="verdict-reasons">
        {verdictReasons(verdict, facts).map((reason, index) => (
          <li key={index}>
            <RichText text={reason} />
          </li>
        ))}
      </ul>
    </section>
  );
}
