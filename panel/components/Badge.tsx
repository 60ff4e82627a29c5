/** A short label on a row; `title` explains it. */
export function Badge({ text, tone, title }: { text: string; tone: string; title: string }) {
  return (
    <span class={`badge ${tone}`} title={title}>
      {text}
    </span>
  );
}
