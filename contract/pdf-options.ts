/**
 * How PDF.js reads a document: by the window that shows it and by the core that compares what it shows. One list,
 * since two that drift apart would have the core prove a reading that nobody sees.
 */
export const pdfOptions = {
  /** Bytes that are asked for at once, so that a scan of 1 GB isn't held in memory to show a page of it. */
  rangeChunkSize: 256 * 1024,
  disableAutoFetch: true,
  disableStream: true,
  cMapPacked: true,
  /** Forms of that kind are programs. */
  enableXfa: false,
  /** Pixels of one picture; a larger one isn't drawn (finding `picture-not-shown`). */
  maxImageSize: 64_000_000,
  verbosity: 0,
} as const;

/**
 * Where PDF.js' data files lie below a folder's address that ends with a slash: its package's, or the page's own
 * `pdfjs/`.
 */
export function pdfAssets(base: string) {
  return {
    cMapUrl: `${base}cmaps/`,
    standardFontDataUrl: `${base}standard_fonts/`,
    wasmUrl: `${base}wasm/`,
    iccUrl: `${base}iccs/`,
  };
}
