import type { ExportFormat } from '../../src/export/exports.ts';
import type { SessionInfo } from '../../src/session/model.ts';
import type { SessionStore } from '../../src/store/store.ts';
import { sessionTitle } from '../components/sessionTitle.ts';

declare global {
  interface Window {
    /** Not in Firefox (https://wicg.github.io/file-system-access/#api-showsavefilepicker). */
    showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
  }
}

/** Parts are gathered into blobs of this size, which the browser may keep on disk. */
const BLOB_BYTES = 8 * 2 ** 20;

/** `sql.js demo` of 23 November becomes `sql.js-demo-2026-11-23T1054.csv.zip`. */
export function exportName(info: SessionInfo, format: Pick<ExportFormat, 'extension'>): string {
  const name =
    sessionTitle(info)
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60) || 'session';
  const time = new Date(info.started).toISOString().slice(0, 16).replace(':', '');
  return `${name}-${time}${format.extension}`;
}

/**
 * Writes a session to a file that the user chooses, or to the downloads where the page may not ask.
 * Call it directly from a click.
 * @returns false where the user chose no file
 */
export async function exportSession(
  store: SessionStore,
  info: SessionInfo,
  format: ExportFormat,
  onProgress: (done: number) => void,
): Promise<boolean> {
  const suggestedName = exportName(info, format);
  const chosen = await chooseFile(suggestedName);
  if (chosen === 'cancelled') return false;
  const source = {
    info,
    async *segments() {
      for await (const { segment } of store.segments(info.id)) yield segment;
    },
  };
  const stream = format.write(source, onProgress);
  if (chosen) await stream.pipeTo(await chosen.createWritable());
  else download(await blobOf(stream, format.mime), suggestedName);
  return true;
}

async function chooseFile(
  suggestedName: string,
): Promise<FileSystemFileHandle | 'cancelled' | null> {
  // In DevTools the panel is a frame of another origin, where the picker throws.
  if (!window.showSaveFilePicker || window.top !== window) return null;
  try {
    return await window.showSaveFilePicker({ suggestedName });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
    return null;
  }
}

async function blobOf(stream: ReadableStream<Uint8Array>, type: string): Promise<Blob> {
  const blobs: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value as Uint8Array<ArrayBuffer>);
    size += step.value.byteLength;
    if (size < BLOB_BYTES) continue;
    blobs.push(new Blob(parts));
    parts = [];
    size = 0;
  }
  return new Blob([...blobs, ...parts], { type });
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download starts only after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
