import type { ComponentChildren } from 'preact';
import { tabId } from './Tabs.tsx';

interface Props {
  /** The id that the row of tabs has in `controls`. */
  id: string;
  /** The tab whose content this is. */
  tab: string;
  class: string;
  children: ComponentChildren;
}

/** What the selected tab shows. */
export function TabPanel({ id, tab, class: name, children }: Props) {
  return (
    <div
      class={name}
      id={id}
      role="tabpanel"
      aria-labelledby={tabId(tab)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard can do only where the focus is
      tabIndex={0}
    >
      {children}
    </div>
  );
}
