import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * Says a change to those who do not see it: once, when typing pauses, and nothing of what was there
 * from the start.
 */
export function Announcement({ text }: { text: string }) {
  const [spoken, setSpoken] = useState('');
  const known = useRef(text);
  useEffect(() => {
    if (text === known.current) return;
    const timer = setTimeout(() => {
      known.current = text;
      setSpoken(text);
    }, 500);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="visually-hidden" role="status">
      {spoken}
    </p>
  );
}
