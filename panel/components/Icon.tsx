const PATHS = {
  record: <circle cx="8" cy="8" r="4.5" fill="var(--record)" stroke="none" />,
  stop: <rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" stroke="none" />,
  attach: (
    <>
      <circle cx="8" cy="8" r="5.2" stroke="var(--record)" />
      <circle cx="8" cy="8" r="2.2" fill="var(--record)" stroke="none" />
    </>
  ),
  import: <path d="M8 2.5v7m-3-3 3 3 3-3M3 11v2.5h10V11" />,
  export: <path d="M8 9.5v-7m-3 3 3-3 3 3M3 11v2.5h10V11" />,
  delete: <path d="M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9M7 7v4.5M9 7v4.5" />,
  window: <path d="M2.5 3.5h11v9h-11zM2.5 6.2h11" />,
  close: <path d="m4.5 4.5 7 7m0-7-7 7" />,
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing that screen readers skip: a button without text needs a label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      width="14"
      height="14"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.3"
    >
      {PATHS[name]}
    </svg>
  );
}
