import { start } from '../../../../renderer/start.tsx';
import { FakeCore } from '../fake-core/fake-core.ts';
import { scenes } from './scenes.ts';

declare global {
  interface Window {
    /** For whoever drives the preview from outside. */
    fakeCore: FakeCore;
  }
}

const pdf = await fetch('sample.pdf', { method: 'HEAD' });
const core = await FakeCore.create();
const scene = new URL(location.href).searchParams.get('scene') ?? 'sign-in';
scenes[scene]?.(core, Number(pdf.headers.get('Content-Length')));
window.fakeCore = core;
start(() => new URL('sample.pdf', location.href).href);

/** Hands the page a port as the preload script does. */
const { port1, port2 } = new MessageChannel();
core.serve(port1);
window.postMessage({ antin: 'desktop' }, location.origin, [port2]);
