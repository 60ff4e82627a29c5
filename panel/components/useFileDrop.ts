import { useEffect } from 'preact/hooks';

/** Calls back with files that are dropped anywhere on the page. */
export function useFileDrop(onFiles: (files: File[]) => void): void {
  useEffect(() => {
    // Without this the browser would open the file instead.
    const allow = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', allow);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', allow);
      document.removeEventListener('drop', drop);
    };
  }, [onFiles]);
}
