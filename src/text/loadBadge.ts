import type { LoadFinding } from '../analysis/loadFindings.ts';

/** A finding about a module's load: a few words, and a sentence that says what to do. */
export interface LoadBadge {
  text: string;
  tone: LoadFinding['severity'];
  title: string;
}

const CAUSES = {
  'bytes given':
    'The page passed bytes, so that compilation started after the download. Use WebAssembly.instantiateStreaming.',
  'wrong MIME type':
    'Streaming compilation needs a response with Content-Type: application/wasm. Set it on the server.',
  'rebuilt Response':
    'The page constructed the Response itself, so that the engine cannot cache the compiled code. Pass the response of fetch.',
} as const;

export const loadBadge = (finding: LoadFinding): LoadBadge => ({
  tone: finding.severity,
  ...wordsOf(finding),
});

function wordsOf(finding: LoadFinding): { text: string; title: string } {
  switch (finding.code) {
    case 'failed':
      return {
        text: 'failed',
        title:
          finding.error ??
          'The server answered with an error; the status of the request says which.',
      };
    case 'streamed':
      return { text: 'streamed', title: 'Compiled while it was downloaded.' };
    case 'not streamed':
      return { text: `not streamed: ${finding.cause}`, title: CAUSES[finding.cause] };
    case 'compiled on the main thread':
      return {
        text: 'compiled on the main thread',
        title:
          'new WebAssembly.Module blocks the page while it compiles. Use WebAssembly.instantiateStreaming.',
      };
    case 'over budget': {
      const budget = `${finding.budget / 1e6} MB`;
      return {
        text: `over ${budget}`,
        title: `Larger than the budget of ${budget}. Strip names and debug information, optimise for size (wasm-opt -Oz), and load later what the start does not need.`,
      };
    }
    case 'cached':
      return {
        text: 'probably cached',
        title: 'The browser reports that no bytes were transferred over the network.',
      };
    case 'posted':
      return {
        text: 'posted',
        title:
          'Another thread or frame loaded this module and posted it here: it is the same module, with the same code.',
      };
    case 'not measured':
      return {
        text: 'not measured',
        title:
          'It came from elsewhere, or was loaded before the recording; its bytes were unavailable.',
      };
    default:
      return finding satisfies never;
  }
}
