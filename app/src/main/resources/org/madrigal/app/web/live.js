// The node's events. A browser reconnects by itself; where it gave up, this tries again, ever more slowly.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const KINDS = ['entry', 'rejection', 'round', 'gap', 'verdict'];

/**
 * Listens for ever.
 *
 * @param heard gets the kind and the data of each event
 * @param changed gets whether the connection stands, each time that changes
 */
export function listen(heard, changed) {
  let pause = FIRST_PAUSE;
  let standing = null;

  function stands(now) {
    if (standing === now) return;
    standing = now;
    changed(now);
  }

  function connect() {
    const source = new EventSource('/api/v1/events');
    source.onopen = () => {
      pause = FIRST_PAUSE;
      stands(true);
    };
    source.onerror = () => {
      stands(false);
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
    for (const kind of KINDS) source.addEventListener(kind, (event) => heard(kind, parse(event.data)));
  }

  connect();
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch (unreadable) {
    return null;
  }
}
