import { useMemo, useRef } from 'preact/hooks';
import { formatBytes, formatShare } from '../../../src/text/format.ts';
import { stepInList } from '../../components/stepInList.ts';
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

const boxStyle = ({ x, y, width, height }: Box) => ({
  left: `${x}px`,
  top: `${y}px`,
  width: `${width}px`,
  height: `${height}px`,
});

/**
 * Keys of a list; right and left do the same as down and up, as boxes are in no direction's order.
 */
const listKey = (key: string): string =>
  ({ ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' })[key] ?? key;

/**
 * Parts as boxes with areas in proportion to their bytes. Arrow keys select the next smaller or
 * larger part.
 */
export function Treemap({ parts, total, label, selected, onSelect }: Props) {
  const [stage, size] = useSize<HTMLFieldSetElement>(true);
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const layout = useMemo(() => layOutParts(parts, size.width, size.height), [parts, size]);
  const index = parts.findIndex(({ key }) => key === selected);
  // One box can be reached with Tab: the selected one, or the largest.
  const reachable = parts[Math.max(index, 0)]?.key;

  function move(event: KeyboardEvent): void {
    const next = stepInList(listKey(event.key), index, parts.length, 1);
    const part = next === null ? undefined : parts[next];
    if (!part) return;
    event.preventDefault();
    onSelect(part.key);
    buttons.current.get(part.key)?.focus();
  }
  const draw = (placed: PlacedPart) => (
    <PartBox
      key={placed.part.key}
      placed={placed}
      total={total}
      isSelected={placed.part.key === selected}
      isReachable={placed.part.key === reachable}
      onSelect={() => onSelect(placed.part.key)}
      onButton={(button) => {
        if (button) buttons.current.set(placed.part.key, button);
        else buttons.current.delete(placed.part.key);
      }}
    />
  );
  return (
    <fieldset ref={stage} class="treemap" aria-label={label} onKeyDown={move}>
      {layout.code && (
        <fieldset
          class="group"
          aria-label={`code: ${formatBytes(layout.code.size)}`}
          style={boxStyle(layout.code.box)}
        >
          <span class="group-title" aria-hidden="true">
            code {formatBytes(layout.code.size)}
          </span>
          {layout.code.functions.map(draw)}
        </fieldset>
      )}
      {layout.sections.map(draw)}
    </fieldset>
  );
}

/** About the width of a letter, CSS pixels. */
const LETTER = 7;

interface BoxProps {
  placed: PlacedPart;
  total: number;
  isSelected: boolean;
  isReachable: boolean;
  onSelect(): void;
  /** The button when it is there, null when it is gone. */
  onButton(button: HTMLButtonElement | null): void;
}

function PartBox({ placed, total, isSelected, isReachable, onSelect, onButton }: BoxProps) {
  const { part, box } = placed;
  // Begins with the text in the box, which is what people say to speech control.
  const description = `${part.name} ${formatBytes(part.size)}, ${formatShare(part.size / total)}`;
  const text = box.width > LETTER * part.name.length + 8 ? part.name : part.short;
  const isNamed = box.height > 13 && (box.width > 60 || box.width > LETTER * text.length + 8);
  return (
    <button
      ref={onButton}
      type="button"
      aria-label={description}
      title={description}
      aria-pressed={isSelected}
      tabIndex={isReachable ? 0 : -1}
      class={`part ${part.kind}${isNamed ? ' named' : ''}`}
      style={boxStyle(box)}
      onClick={onSelect}
    >
      {isNamed && <span>{text}</span>}{' '}
      {isNamed && box.width > 60 && box.height > 30 && <small>{formatBytes(part.size)}</small>}
    </button>
  );
}
