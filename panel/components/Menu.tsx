import type { TargetedToggleEvent } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { stepInRing } from './stepInRing.ts';

interface Item {
  id: string;
  label: string;
  run(): void;
}

interface Props {
  label: string;
  items: readonly Item[];
  disabled?: boolean;
}

/** Room between the button and its list, CSS pixels. */
const GAP = 2;

/**
 * A button that opens a list of actions. The list is a popover: the browser closes it on Escape and
 * on a click elsewhere, and gives the focus back to the button.
 */
export function Menu({ label, items, disabled = false }: Props) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);

  // Anchor positioning would do this in CSS, but the Firefox versions that are supported lack it.
  function place({ newState }: TargetedToggleEvent<HTMLElement>): void {
    const button = root.current?.getBoundingClientRect();
    if (newState !== 'open' || !button || !list.current) return;
    list.current.style.top = `${button.bottom + GAP}px`;
    list.current.style.right = `${document.documentElement.clientWidth - button.right}px`;
  }
  const itemButtons = (): HTMLElement[] => [
    ...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
  ];
  function move(event: KeyboardEvent): void {
    // It closes the menu, and must not also clear the selected range.
    if (event.key === 'Escape') event.stopPropagation();
    const buttons = itemButtons();
    const focused = buttons.findIndex((button) => button.matches(':focus'));
    const next = stepInRing(event.key, 'vertical', focused, buttons.length);
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  }

  function leave({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !root.current?.contains(relatedTarget))
      list.current?.hidePopover();
  }

  return (
    <div class="menu" ref={root} onFocusOut={leave}>
      <button type="button" aria-haspopup="menu" popovertarget={id} disabled={disabled}>
        {label} ▾
      </button>
      <div
        id={id}
        ref={list}
        class="menu-items"
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onBeforeToggle={place}
        onToggle={({ newState }) => {
          if (newState === 'open') itemButtons()[0]?.focus();
        }}
        onKeyDown={move}
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            data-id={item.id}
            popovertarget={id}
            popovertargetaction="hide"
            onClick={item.run}
          >
            {item.label}
          </button>
        ))}
      </div>
    </div>
  );
}
