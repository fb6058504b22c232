import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, until } from "./dns-processes";
import type { DnsServer, Place } from "./dns-server";
import { answers } from "./dns-tools";

export interface Serving extends Omit<Place, "folder" | "port"> {
  /** The zone, not signed. */
  readonly text: string;
  readonly config: string;
}

export interface Served {
  readonly port: number;
  readonly folder: string;
  readonly log: () => string;
  /** Puts another configuration in place, as an operator would. */
  readonly configure: (config: string) => Promise<void>;
  /** Puts another version of the unsigned zone in place. */
  readonly publish: (text: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const TRIES = 3;

/** Starts a server on a high loopback port; answers once the server does. */
export async function serveZone(server: DnsServer, serving: Serving): Promise<Served> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await serveOnce(server, serving);
    } catch (error) {
      // Between looking for a free port and binding it another process may take it.
      const isTaken = error instanceof Error && /address already in use/i.test(error.message);
      if (!isTaken || tries === TRIES) throw error;
    }
  }
}

async function serveOnce(server: DnsServer, { text, config, ...wish }: Serving): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), `${server.name}-`));
  const place = { ...wish, folder, port: await freePort() };
  const writeZone = (text: string) => writeFileSync(join(folder, `${wish.zone}.zone`), text);
  writeZone(text);
  await server.prepare?.(place);
  await server.configure(place, config);
  const running = server.start(place);
  const stop = async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(`${server.name} serves ${wish.zone}`, () => answers(place.port, wish.zone), running.log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port: place.port,
    folder,
    log: running.log,
    configure: async (next) => {
      await server.configure(place, next);
      await server.reload(place, running);
    },
    publish: async (next) => {
      writeZone(next);
      await server.reloadZone(place, running);
    },
    stop,
  };
}
