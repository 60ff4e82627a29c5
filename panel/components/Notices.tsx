import { IconButton } from './IconButton.tsx';

/** A message above the views; one with `onClose` can be closed. */
export interface ShownNotice {
  key: string | number;
  tone: 'bad' | 'warning' | 'neutral';
  text: string;
  onClose?: () => void;
}

export function Notices({ notices }: { notices: readonly ShownNotice[] }) {
  return (
    <section class="notices" aria-label="Messages" aria-live="polite">
      {notices.map(({ key, tone, text, onClose }) => (
        <div key={key} class={`notice ${tone}`}>
          <p>{text}</p>
          {onClose && <IconButton icon="close" name="Close this message" onClick={onClose} />}
        </div>
      ))}
    </section>
  );
}
