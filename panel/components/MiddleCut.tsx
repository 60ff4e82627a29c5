/**
 * A text whose middle gives way where there is little room, as names are told apart by their ends, too. All of it on hover.
 * @param title what is shown on hover; the text without
 * @param keep how many letters of the end stay in any case
 */
export function MiddleCut({ text, title = text, keep = 14 }: { text: string; title?: string; keep?: number }) {
  const [, head, tail] = new RegExp(`^(.{6,})(.{${keep}})$`, 'su').exec(text) ?? [];
  if (head === undefined) return <span title={title}>{text}</span>;
  return <span class="middle-cut" title={title}><span>{head}</span><span>{tail}</span></span>;
}
