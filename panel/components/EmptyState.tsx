import type { ComponentChildren } from 'preact';

/** Replaces a view that has nothing to show: says why, and what to do. */
export function EmptyState({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
