import type { Comparison } from '../../../src/compare/model.ts';
import { PARTS } from '../../../src/compare/refusalsOf.ts';
import { comparisonNoteText } from '../../../src/text/comparisonNotes.ts';
import { NOT_COMPARABLE } from '../../../src/text/panel/compareText.ts';
import { refusalText } from '../../../src/text/refusalText.ts';
import { Checkbox } from '../../components/Checkbox.tsx';

interface Props {
  comparison: Comparison;
  /** Whether parts that are not comparable are compared anyway. */
  force: boolean;
  /** Null where that can no longer be changed, as in a report. */
  onForce: ((on: boolean) => void) | null;
}

/** Which parts are not comparable and why, and what else to know about the comparison. */
export function ComparisonNotes({ comparison: { refused, notes }, force, onForce }: Props) {
  const refusedParts = PARTS.filter((part) => refused[part].length > 0);
  if (refusedParts.length + notes.length === 0) return null;
  return (
    <ul class="compare-notes">
      {refusedParts.map((part) => (
        <li key={part}>
          <b>{NOT_COMPARABLE[part]}</b> {refused[part].map(refusalText).map(sentence).join(' ')}
        </li>
      ))}
      {refusedParts.length > 0 && onForce && (
        <li>
          <Checkbox label="Compare anyway" checked={force} onChange={onForce} />
        </li>
      )}
      {notes.map(comparisonNoteText).map((note) => (
        <li key={note} class="dim">
          {note}
        </li>
      ))}
    </ul>
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
