import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from './IconButton.tsx';

const SHOWN_MS = 10_000;

interface Props {
  text: string;
  onUndo(): void;
  onClose(): void;
}

/**
 * Says what was done and offers to undo it. It closes after ten seconds, but not while the pointer
 * or the focus is on it.
 */
export function Toast({ text, onUndo, onClose }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const [paused, setPaused] = useState(false);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => root.current?.showPopover(), []);
  useEffect(() => {
    if (paused) return undefined;
    const timer = setTimeout(() => close.current(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text, paused]);
  // The button that was pressed is gone with what it deleted, so the keyboard continues here.
  useEffect(() => {
    if (document.activeElement === document.body) undo.current?.focus();
  }, [text]);
  return (
    <div
      ref={root}
      class="toast"
      popover="manual"
      role="status"
      onMouseEnter={() => setPaused(true)}
      onMouseLeave={() => setPaused(false)}
      onFocusIn={() => setPaused(true)}
      onFocusOut={() => setPaused(false)}
    >
      <span>{text}</span>
      <button type="button" ref={undo} onClick={onUndo}>
        Undo
      </button>
      <IconButton icon="close" name="Close" onClick={onClose} />
    </div>
  );
}
