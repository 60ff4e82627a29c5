import { cutPlace } from './cutPlace.ts';

/**
 * A text that is shortened in the middle where there is little room, as names often differ at their
 * ends only. Hovering shows all of it.
 * @param title what is shown on hover; the text without
 * @param keep how many letters of the end stay in any case
 */
export function MiddleCut({
  text,
  title = text,
  keep = 14,
}: {
  text: string;
  title?: string;
  keep?: number;
}) {
  const at = cutPlace(text, keep);
  if (at === null) return <span title={title}>{text}</span>;
  return (
    <span class="middle-cut" title={title}>
      <span>{text.slice(0, at)}</span>
      <span>{text.slice(at)}</span>
    </span>
  );
}
