// What a page must do to talk to the core: take the port from each `desktop` message, and let go of the one before.
const seen = { ports: 0, messages: [], stopped: [] };
let port = null;
window.standInPage = { seen, say: (data) => port.postMessage(data) };

window.addEventListener('message', (event) => {
  if (event.source !== window) return;
  if (event.data?.antin === 'coreStopped') seen.stopped.push(event.data.retryInMs);
  if (event.data?.antin !== 'desktop' || event.ports.length !== 1) return;
  port?.close();
  [port] = event.ports;
  seen.ports += 1;
  port.onmessage = ({ data }) => {
    seen.messages.push(data);
    document.getElementById('core').textContent = `Lõi trả lời: tiến trình ${data.pid}`;
    if (data.said === 'hello') document.documentElement.dataset.ready = String(seen.ports);
  };
  port.postMessage('hello');
});
