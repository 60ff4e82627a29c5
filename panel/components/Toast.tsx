import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from './IconButton.tsx';

const SHOWN_MS = 10_000;

/** Says what was done and offers to undo it, for ten seconds, or as long as the pointer or the focus is on it. */
export function Toast({
  text,
  onUndo,
  onClose,
}: {
  text: string;
  onUndo(): void;
  onClose(): void;
}) {
  const undo = useRef<HTMLButtonElement>(null);
  const [held, setHeld] = useState(false);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => close.current(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text, held]);
  // The button that was pressed is gone with what it deleted: the keyboard goes on here.
  useEffect(() => {
    if (document.activeElement === document.body) undo.current?.focus();
  }, [text]);
  return (
    <div
      class="toast"
      role="status"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <span>{text}</span>
      <button type="button" ref={undo} onClick={onUndo}>
        Undo
      </button>
      <IconButton icon="close" name="Close" onClick={onClose} />
    </div>
  );
}
