import type { IconName } from './Icon.tsx';
import { Icon } from './Icon.tsx';

/** A button that shows only an icon; its name is read aloud and shown on hover. */
export function IconButton({
  icon,
  name,
  onClick,
}: {
  icon: IconName;
  name: string;
  onClick(): void;
}) {
  return (
    <button type="button" class="quiet" aria-label={name} title={name} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
