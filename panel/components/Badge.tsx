/** A short mark on a row; `title` says what it means. */
export function Badge({ text, tone, title }: { text: string; tone: string; title: string }) {
  return (
    <span class={`badge ${tone}`} title={title}>
      {text}
    </span>
  );
}
