/** What stands before and after `--`; without one there is no after. */
export function splitSides(args: readonly string[]): { before: string[]; after: string[] | null } {
  const at = args.indexOf('--');
  return at < 0
    ? { before: [...args], after: null }
    : { before: args.slice(0, at), after: args.slice(at + 1) };
}
