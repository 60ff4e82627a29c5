// The globals that pure code may use: those that browsers, workers and Node share, as far as it
// needs them. The types of the DOM and of Node are not available here.

declare class URL {
  constructor(url: string, base?: string);
  static canParse(url: string, base?: string): boolean;
  readonly href: string;
  readonly host: string;
  readonly hostname: string;
  readonly origin: string;
  readonly pathname: string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

declare class TextDecoder {
  constructor(label?: string, options?: { ignoreBOM?: boolean; fatal?: boolean });
  decode(bytes?: Uint8Array): string;
}

interface ReadableStreamDefaultReader<Chunk> {
  read(): Promise<{ done: false; value: Chunk } | { done: true; value: undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

interface ReadableStreamDefaultController<Chunk> {
  enqueue(chunk: Chunk): void;
  close(): void;
}

declare class ReadableStream<Chunk = unknown> {
  constructor(source: {
    pull?(controller: ReadableStreamDefaultController<Chunk>): void | Promise<void>;
    cancel?(reason: unknown): void | Promise<void>;
  });
  getReader(): ReadableStreamDefaultReader<Chunk>;
  cancel(reason?: unknown): Promise<void>;
}

declare const crypto: { randomUUID(): string };

/** Only in browsers; undefined elsewhere. */
declare var crossOriginIsolated: boolean | undefined;
