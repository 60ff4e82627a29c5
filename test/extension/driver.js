// Runs in a page of the extension: speaks to the background as the panel does, and reads the database.
globalThis.driver = (() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const listeners = new Set();
  let tab = -1;
  let status = { state: 'unknown' };
  let port;
  let connections = 0;

  function connect() {
    port = api.runtime.connect({ name: 'panel' });
    connections++;
    port.onMessage.addListener((message) => {
      status = message.status;
      for (const listener of listeners) listener();
    });
    port.onDisconnect.addListener(connect);
    port.postMessage({ type: 'watch', tab });
  }

  const result = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });

  async function read(store) {
    const database = await result(indexedDB.open('wasmscope'));
    const rows = await result(database.transaction(store).objectStore(store).getAll());
    database.close();
    return rows;
  }

  return {
    async watch(url) {
      tab = (await api.tabs.query({})).find((candidate) => candidate.url === url).id;
      connect();
    },
    connections: () => connections,
    send: (message) => port.postMessage(message),
    /** Resolves with the status once it is in one of these states. */
    until: (...states) =>
      new Promise((done) => {
        const check = () => {
          if (!states.includes(status.state)) return;
          listeners.delete(check);
          done(status);
        };
        listeners.add(check);
        check();
      }),
    sessions: async () => (await read('sessions')).map(({ info }) => info),
    segments: async (session) =>
      (await read('segments'))
        .filter((row) => row.session === session)
        .map(({ segment }) => segment),
  };
})();
