import { cutPlace } from './cutPlace.ts';

/**
 * A text whose middle gives way where there is little room, as names are told apart by their ends, too. All of it on hover.
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
