import { useMemo } from 'preact/hooks';
import { formatBytes, formatShare } from '../../../src/text/format.ts';
import { useSize } from '../../components/useSize.ts';
import type { Part, PlacedPart } from './moduleParts.ts';
import { layOutParts } from './moduleParts.ts';
import type { Box } from './treemap.ts';

interface Props {
  parts: readonly Part[];
  total: number;
  label: string;
  selected: string | null;
  onSelect(key: string): void;
}

const at = ({ x, y, width, height }: Box) => ({
  left: `${x}px`,
  top: `${y}px`,
  width: `${width}px`,
  height: `${height}px`,
});
/** About the width of a letter, CSS pixels. */
const LETTER = 7;
const idOf = (key: string): string => `part-${key}`;

/** Parts as boxes with areas in proportion to their bytes. Arrow keys go from the largest to the smallest and back. */
export function Treemap({ parts, total, label, selected, onSelect }: Props) {
  const [stage, size] = useSize<HTMLDivElement>(true);
  const layout = useMemo(() => layOutParts(parts, size.width, size.height), [parts, size]);

  function move(event: KeyboardEvent): void {
    const step = {
      ArrowRight: 1,
      ArrowDown: 1,
      ArrowLeft: -1,
      ArrowUp: -1,
      Home: -Infinity,
      End: Infinity,
    }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const place = parts.findIndex(({ key }) => key === selected);
    const next = parts[Math.min(Math.max(place + step, 0), parts.length - 1)];
    if (next) onSelect(next.key);
  }

  const draw = ({ part, box }: PlacedPart) => {
    // Begins with what is to be read in the box, as whoever speaks to a screen says that.
    const said = `${part.name} ${formatBytes(part.size)}, ${formatShare(part.size / total)}`;
    const shown = box.width > LETTER * part.name.length + 8 ? part.name : part.short;
    const named = box.height > 13 && (box.width > 60 || box.width > LETTER * shown.length + 8);
    return (
      <div
        key={part.key}
        id={idOf(part.key)}
        role="option"
        aria-label={said}
        title={said}
        aria-selected={part.key === selected}
        class={`part ${part.kind}${named ? ' named' : ''}`}
        style={at(box)}
        onClick={() => onSelect(part.key)}
      >
        {named ? shown : ''}
        {named && box.width > 60 && box.height > 30 && (
          <>
            {' '}
            <small>{formatBytes(part.size)}</small>
          </>
        )}
      </div>
    );
  };
  return (
    <div
      ref={stage}
      class="treemap"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      onKeyDown={move}
      {...(selected === null ? {} : { 'aria-activedescendant': idOf(selected) })}
    >
      {layout.code && (
        <div
          class="group"
          role="group"
          aria-label={`code: ${formatBytes(layout.code.size)}`}
          style={at(layout.code.box)}
        >
          <span class="group-title" aria-hidden="true">
            code {formatBytes(layout.code.size)}
          </span>
          {layout.code.functions.map(draw)}
        </div>
      )}
      {layout.sections.map(draw)}
    </div>
  );
}
