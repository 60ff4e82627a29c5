import { useEffect } from 'preact/hooks';

const SHOWN_MS = 10_000;

/** Says what was done and offers to undo it, for ten seconds. */
export function Toast({ text, onUndo, onClose }: { text: string; onUndo(): void; onClose(): void }) {
  useEffect(() => {
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text, onClose]);
  return (
    <div class="toast" role="status">
      <span>{text}</span>
      <button type="button" onClick={onUndo}>Undo</button>
    </div>
  );
}
