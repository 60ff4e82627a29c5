import { DIRECTION_LABELS } from '../../../src/text/directionLabels.ts';
import { formatCount } from '../../../src/text/format.ts';
import { CROSSING_TEXT } from '../../../src/text/panel/crossingText.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Choice } from '../../components/Choice.tsx';
import type { CrossingFilter } from './shownCrossings.ts';

const DIRECTIONS = [
  { id: 'both', label: 'Both directions' },
  { id: 'in', label: DIRECTION_LABELS.in },
  { id: 'out', label: DIRECTION_LABELS.out },
] as const;

interface Props {
  filter: CrossingFilter;
  /** How many functions are hidden because nothing called them. */
  hidden: number;
  onChange(filter: CrossingFilter): void;
}

/** Narrows the table by name, direction and whether functions were called. */
export function CrossingFilters({ filter, hidden, onChange }: Props) {
  return (
    <>
      <input
        type="search"
        aria-label="Filter functions"
        placeholder="Filter by function or module"
        value={filter.text}
        onInput={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
      <Choice
        label="Direction"
        options={DIRECTIONS}
        chosen={filter.direction}
        onChoose={(direction) => onChange({ ...filter, direction })}
      />
      <Checkbox
        label={hidden > 0 ? `Only called (${formatCount(hidden)} hidden)` : 'Only called'}
        title={CROSSING_TEXT.onlyCalled}
        checked={filter.onlyCalled}
        onChange={(onlyCalled) => onChange({ ...filter, onlyCalled })}
      />
    </>
  );
}
