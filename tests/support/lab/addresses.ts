import { execFileSync } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** Loopback addresses of one lab's own: all its servers are where resolvers look for them, at port 53. */
export interface LabAddresses {
  readonly parent: string;
  readonly secondary: string;
  readonly primary: string;
  /** Of resolvers, as many as are wanted. */
  resolver(): string;
  release(): Promise<void>;
}

const PORT = 53;

/** Whether this process may have port 53 of a loopback address: root may, and others where the system is set so. */
export function mayServePort53(): boolean {
  const bind = `require("dgram").createSocket("udp4").bind(${PORT}, "127.53.255.253", () => process.exit(0))`;
  try {
    execFileSync(process.execPath, ["-e", bind], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Takes addresses that no other lab on this machine has; a socket that is held until the release tells the others. */
export async function claimAddresses(): Promise<LabAddresses> {
  for (;;) {
    const network = `127.53.${Math.floor(Math.random() * 255)}`;
    const claim = await hold(`${network}.254`);
    if (claim === undefined) continue;
    let resolvers = 0;
    return {
      parent: `${network}.1`,
      secondary: `${network}.2`,
      primary: `${network}.3`,
      resolver: () => {
        resolvers += 1;
        return `${network}.${10 + resolvers}`;
      },
      release: async () => {
        claim.close();
        await once(claim, "close");
      },
    };
  }
}

async function hold(address: string): Promise<Socket | undefined> {
  const socket = createSocket("udp4");
  try {
    socket.bind({ port: PORT, address, exclusive: true });
    await once(socket, "listening");
    return socket;
  } catch (error) {
    socket.close();
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return undefined;
    throw error;
  }
}
