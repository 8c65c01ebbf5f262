import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, crashReporter, Menu, powerMonitor, protocol, type Session } from 'electron';
import { AppError } from '../contract/failure.ts';
import { answerDocument, type LocateFile } from './document-answer.ts';
import { handedFiles } from './handed-files.ts';
import { readLaunchOptions } from './launch-options.ts';
import { lockContents, lockSession } from './lock-down.ts';
import { LogFile } from './log-file.ts';
import { MainWindow, pageSession } from './main-window.ts';
import { consentOrigin, pageOrigin } from './page-channel.ts';
import { answerPage } from './page-files.ts';
import { consentSession } from './person/consent-window.ts';
import { Person } from './person/person.ts';
import { chooseRuntime } from './process-runtime.ts';
import { isRelease } from './release.ts';
import { foreignSwitch } from './release-switches.ts';
import { Supervisor } from './supervisor.ts';
import { readWindowMemory, type WindowMemory, writeWindowMemory } from './window-memory.ts';

// Everything down to `whenReady` has to be set before Chromium starts. Nothing here awaits at the top level: Electron
// starts only once this module has been evaluated, so waiting for it here would wait for ever. Before Chromium acts
// on any of them: a released program that is to be debugged, or whose page is to load an extension, isn't started. A
// package that was made past `npm run package`, of a development's build, isn't either.
const refused = isRelease ? foreignSwitch(process.argv.slice(1), process.platform) : null;
if (refused !== null || (app.isPackaged && !isRelease)) process.exit(2);
const outFolder = path.join(import.meta.dirname, '..');
const options = readLaunchOptions(process.argv.slice(1), outFolder);
const profile = options.profile ?? app.getPath('userData');
// Whatever this program or one that it starts makes is the person's alone. What was there before the core looks after.
process.umask(0o077);
mkdirSync(profile, { recursive: true, mode: 0o700 });
app.setPath('userData', profile);
app.setPath('sessionData', path.join(profile, 'chromium'));
app.setPath('crashDumps', path.join(profile, 'crashes'));
app.setAppUserModelId('vn.antin.desktop');
// Electron puts the program's name into the user agent as it stands; a header that isn't Latin-1 makes protocol.handle
// fail for every request that carries one.
app.userAgentFallback = app.userAgentFallback.replace(/[^\x20-\x7e]/g, '');
// Chromium can't sandbox what runs as root; whoever starts a checkout so says --no-sandbox. A package never gives way.
if (isRelease || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
crashReporter.start({ uploadToServer: false });
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  {
    scheme: 'doc',
    privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true },
  },
]);

const memoryFile = path.join(profile, 'window.json');
let memory = readWindowMemory(memoryFile);
if (!memory.hardwareAcceleration) app.disableHardwareAcceleration();

const log = (name: string) => new LogFile(path.join(profile, 'logs', `${name}.log`));
const shellLog = log('shell');
const note = (text: string) => shellLog.write(`${new Date().toISOString()} ${text}\n`);

// Electron's own answer is a dialog, which may open behind the window; the shell has no state worth dying for.
process.on('uncaughtException', (error) => note(`uncaught: ${error.stack ?? String(error)}`));
process.on('unhandledRejection', (reason) => note(`unhandled: ${String(reason)}`));

function remember(next: WindowMemory): void {
  memory = next;
  try {
    writeWindowMemory(memoryFile, memory);
  } catch (error) {
    // A full disk must not cost the person the window over its size.
    note(`window.json: ${String(error)}`);
  }
}

let mainWindow: MainWindow | null = null;

const person = new Person(note);
const runtime = chooseRuntime(options.utilityProcesses);
const supervisor = new Supervisor({
  runtime,
  coreEntry: path.join(options.nativeFolder, 'core.js'),
  tokenEntry: path.join(options.nativeFolder, 'token.js'),
  profile,
  coreLog: log('core'),
  tokenLog: log('token'),
  person,
  onCoreStarted: offerDesktop,
  onCoreStopped: (retryInMs) => {
    // What it asked for is asked by nobody any more.
    person.consent.abandon();
    mainWindow?.tell({ antin: 'coreStopped', retryInMs });
  },
});

/** Joins the page and the core as soon as both are there: once for each page load, and again for each new core. */
function offerDesktop(): void {
  if (!mainWindow?.pageReady || !supervisor.running) return;
  const [pageEnd, coreEnd] = runtime.pair();
  supervisor.connectDesktop(coreEnd);
  mainWindow.tell({ antin: 'desktop' }, [pageEnd]);
}

async function serve(session: Session, origin: string, folder: string, locate: LocateFile): Promise<void> {
  await lockSession(session, origin);
  session.protocol.handle('app', (request) => answerPage(request, folder, origin));
  session.protocol.handle('doc', (request) => answerDocument(request, locate, origin));
}

/**
 * Whoever comes back to the computer first mustn't find a token that still signs, or a question that waits for a yes.
 */
function leave(reason: 'screenLocked' | 'suspended'): void {
  person.consent.abandon();
  supervisor.lockTokens(reason);
}

async function open(): Promise<void> {
  Menu.setApplicationMenu(null);
  const locate: LocateFile = (digest) => supervisor.locateFile(digest);
  await serve(pageSession(), pageOrigin, options.rendererFolder, locate);
  // The window that asks for consent is shown the files that it asks about, and is never another page than the
  // program's own.
  const locateAsked: LocateFile = (digest) =>
    person.consent.concerns(digest) ? locate(digest) : Promise.reject(new AppError('file-missing'));
  await serve(consentSession(), consentOrigin, path.join(outFolder, 'renderer'), locateAsked);
  supervisor.start();
  supervisor.openFiles(handedFiles(process.argv.slice(1), process.cwd()));
  powerMonitor.on('lock-screen', () => leave('screenLocked'));
  powerMonitor.on('suspend', () => leave('suspended'));
  mainWindow = new MainWindow({
    ...{ memory, remember, note, onPageReady: offerDesktop },
    onFiles: (paths) => supervisor.openFiles(paths),
  });
  mainWindow.load();
}

/** Ends core and token first, so that a draft is on the disk before the window's process is gone. */
let ending = false;
function endOnce(event: { preventDefault(): void }): void {
  event.preventDefault();
  if (ending) return;
  ending = true;
  supervisor.stop().then(
    () => app.exit(0),
    (error) => {
      note(`shut-down: ${String(error)}`);
      app.exit(1);
    },
  );
}

if (app.requestSingleInstanceLock()) {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  // The second start's own documents are opened in the window that there is.
  app.on('second-instance', (_event, args, folder) => {
    supervisor.openFiles(handedFiles(args.slice(1), folder));
    mainWindow?.focus();
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    supervisor.openFiles([file]);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', endOnce);
  app.on('child-process-gone', (_event, { type, reason }) => {
    note(`${type} process ended: ${reason}`);
    if (type === 'GPU' && reason !== 'clean-exit' && reason !== 'killed') {
      remember({ ...memory, hardwareAcceleration: false });
    }
  });
  app.whenReady().then(open, (error) => {
    note(`start: ${String(error)}`);
    app.exit(1);
  });
} else {
  // One core owns a profile's databases: the window that is already open comes to the front instead.
  app.exit(0);
}
