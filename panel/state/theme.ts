export type Theme = 'dark' | 'light';

/**
 * Sets the document's theme and calls back when it changes. DevTools' own theme counts before the
 * system's; `?theme=dark` before both.
 * @param devtools DevTools' theme, null outside DevTools
 */
export function followTheme(devtools: Theme | null, onChange: (theme: Theme) => void): void {
  const asked = new URLSearchParams(location.search).get('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const theme =
      asked === 'dark' || asked === 'light'
        ? asked
        : (devtools ?? (dark.matches ? 'dark' : 'light'));
    document.documentElement.dataset.theme = theme;
    onChange(theme);
  };
  dark.addEventListener('change', apply);
  apply();
}
