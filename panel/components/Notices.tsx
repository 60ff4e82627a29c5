import { IconButton } from './IconButton.tsx';

/** Messages above everything else; those with `onClose` can be closed. */
export function Notices({
  notices,
}: {
  notices: readonly {
    key: string | number;
    tone: 'bad' | 'warning' | 'neutral';
    text: string;
    onClose?: () => void;
  }[];
}) {
  return (
    <div class="notices" role="region" aria-label="Messages" aria-live="polite">
      {notices.map(({ key, tone, text, onClose }) => (
        <div key={key} class={`notice ${tone}`}>
          <p>{text}</p>
          {onClose && <IconButton icon="close" name="Close this message" onClick={onClose} />}
        </div>
      ))}
    </div>
  );
}
