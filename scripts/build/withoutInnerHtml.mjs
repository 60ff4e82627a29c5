/**
 * Removes `dangerouslySetInnerHTML` from Preact. The panel never uses it, and without it no name
 * that a page chooses can become markup. The linter for Firefox add-ons warns about it as well.
 * @returns {import('vite').Plugin}
 */
export function withoutInnerHtml() {
  let removed = 0;
  return {
    name: 'without-inner-html',
    transform(code, id) {
      if (!/node_modules\/preact\/dist\//.test(id)) return null;
      return code.replace(/\w+\.innerHTML\s*=(?!=)\s*\w+\.__html/g, () => {
        removed++;
        return 'void 0';
      });
    },
    buildEnd(error) {
      if (error || removed > 0) return;
      throw new Error(
        'Preact sets innerHTML differently now. Adapt scripts/build/withoutInnerHtml.mjs.',
      );
    },
  };
}
