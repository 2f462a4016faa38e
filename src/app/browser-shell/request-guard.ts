/** Who may speak to the browser shell: pages it served itself, under a name that is really this machine. */

/**
 * Against DNS rebinding: another site's name that was made to resolve to 127.0.0.1 still shows in the Host header.
 * @param port - The one that is listened on.
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return host !== undefined && ownHosts(port).includes(host);
}

/** Against other sites' pages, which may open a WebSocket to any address: the browser names their origin. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return origin !== undefined && ownHosts(port).some((host) => origin === `http://${host}`);
}

function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}
