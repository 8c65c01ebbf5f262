/** Put in by the build (electron.vite.config.ts); there is none where sources run unbuilt, as under unit tests. */
declare const __RELEASE__: boolean | undefined;

/**
 * Whether this is what people get. A constant of the build, so that switches for development and tests aren't only
 * refused there: their code is gone.
 */
export const isRelease: boolean = typeof __RELEASE__ !== 'undefined' && __RELEASE__;
