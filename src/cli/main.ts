const USAGE = `wasmscope: measures WebAssembly web apps.

Recording from the command line is not in this version. Record in the browser:
npm start opens one with the extension, or load dist/chromium in yours.
`;

/** The command line. @returns the exit code: 2, as nothing can be measured yet */
export async function main(args: readonly string[]): Promise<number> {
  const asked = args.length === 0 || args.includes('--help');
  (asked ? process.stdout : process.stderr).write(USAGE);
  return asked ? 0 : 2;
}
