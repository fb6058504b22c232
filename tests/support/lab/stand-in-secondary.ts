import { serveZone } from "../dns-serve-zone";
import { bindServer } from "../dns-server-bind";
import type { TransferKey } from "../dns-tools";
import { startRelay } from "./relay";

/** Starts a real secondary, for the tests of the lab itself; answers once it has the zone. */
export async function startStandIn(
  zone: string,
  key: TransferKey,
  primaryPort: number,
  address: string,
): Promise<{ stop(): Promise<void> }> {
  const served = await serveZone(bindServer, {
    zone,
    text: "",
    config: `key "${key.name}" { algorithm ${key.algorithm}; secret "${key.secret}"; };
zone "${zone}" {
  type secondary; file "transferred"; max-refresh-time 1; max-retry-time 1; notify no;
  primaries { 127.0.0.1 port ${primaryPort} key "${key.name}"; };
};
`,
  });
  const relay = await startRelay(address, served.port);
  return {
    stop: async () => {
      await relay.stop();
      await served.stop();
    },
  };
}
