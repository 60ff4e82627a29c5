import type { LoadFinding } from '../analysis/loadFindings.ts';

/** A finding about a module's load: a few words, and a sentence that says what to do. */
export interface LoadBadge {
  text: string;
  tone: LoadFinding['severity'];
  title: string;
}

const CAUSE_WORDS = {
  'bytes given': 'compiled from bytes',
  'wrong MIME type': 'wrong MIME type',
  'rebuilt Response': 'rebuilt Response',
} as const;

const CAUSES = {
  'bytes given':
    'The page passed the module’s bytes, so compilation started only after the download. Use WebAssembly.instantiateStreaming.',
  'wrong MIME type':
    'Streaming compilation needs a response with Content-Type: application/wasm. Set it on the server.',
  'rebuilt Response':
    'The page constructed the Response itself, so the engine cannot cache the compiled code. Pass the Response that fetch returned.',
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
          finding.error ?? 'The server responded with an error; see the status of the request.',
      };
    case 'streamed':
      return { text: 'streamed', title: 'Compiled while it was downloading.' };
    case 'not streamed':
      return { text: `not streamed: ${CAUSE_WORDS[finding.cause]}`, title: CAUSES[finding.cause] };
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
        title: `Larger than the budget of ${budget}. Strip names and debug information, optimise for size (wasm-opt -Oz), and defer loading what startup does not need.`,
      };
    }
    case 'cached':
      return {
        text: 'probably cached',
        title: 'The browser reports that no bytes were transferred.',
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
