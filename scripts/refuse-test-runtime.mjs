import { electronProgram } from './setup/electron-runtime.mjs';

/** electron-builder's beforeBuild: a package is made with the Electron that it is meant for, or not at all. */
export default function refuseTestRuntime() {
  const electron = electronProgram();
  if (!electron) throw new Error('no Electron here: run npm run setup');
  if (electron.isTestRuntime) {
    throw new Error(
      'only the TEST RUNTIME is here, since Electron’s own binary could not be fetched. A package is never made with it.',
    );
  }
  // True: go on, installing and rebuilding nothing more than the configuration says.
  return true;
}
