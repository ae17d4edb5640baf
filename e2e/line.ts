import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line to the server that can be cut and mended, as a stopping and starting server looks from outside. */
export async function cuttableLine(target: string) {
  const { port: there } = new URL(target);
  const sockets = new Set<Socket>();
  const begin = (port: number): Promise<Server> =>
    new Promise((resolve) => {
      const server = createServer((near) => {
        const far = connect(Number(there), '127.0.0.1');
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on('error', () => socket.destroy());
          socket.on('close', () => sockets.delete(socket));
        }
        near.pipe(far).pipe(near);
      });
      server.listen(port, '127.0.0.1', () => resolve(server));
    });
  let server = await begin(0);
  const { port } = server.address() as { port: number };
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend: async () => {
      server = await begin(port);
    },
    close: cut,
  };
}
