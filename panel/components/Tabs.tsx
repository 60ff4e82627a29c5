import { stepInRing } from './stepInRing.ts';

interface Props<Id extends string> {
  label: string;
  tabs: readonly { id: Id; title: string }[];
  selected: Id;
  /** Id of the element that shows the selected tab's content. */
  controls: string;
  onSelect(id: Id): void;
}

/** The id of a tab's button, by which its panel is labelled. */
export const tabId = (id: string): string => `tab-${id}`;

/** A row of tabs; arrow keys select the next one, as in WAI-ARIA's tabs pattern. */
export function Tabs<Id extends string>({ label, tabs, selected, controls, onSelect }: Props<Id>) {
  function move(event: KeyboardEvent): void {
    const index = tabs.findIndex(({ id }) => id === selected);
    const next = stepInRing(event.key, 'horizontal', index, tabs.length);
    const tab = next === null ? undefined : tabs[next];
    if (!tab) return;
    onSelect(tab.id);
    document.getElementById(tabId(tab.id))?.focus();
  }
  return (
    <div role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={tabId(id)}
          aria-selected={id === selected}
          aria-controls={controls}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
