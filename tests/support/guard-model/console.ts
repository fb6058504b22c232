import type { Simulator } from "../../../simulator";
import type { Control } from "../control";
import { SimulatorClient } from "../simulator-client";
import type { AtConsole } from "./steps";

const BY_HAND = Buffer.alloc(64, 99).toString("base64");

/** What somebody does in Cloudflare's console: what it refuses is not done. */
export async function changeByHand(
  simulator: Simulator,
  control: Control,
  zoneId: string,
  does: AtConsole,
): Promise<void> {
  const api = new SimulatorClient(simulator);
  const path = `/zones/${zoneId}`;
  switch (does.kind) {
    case "flag": {
      const { dnssec } = (await control.state()).zones[zoneId] ?? {};
      await api.cloudflare("PATCH", `${path}/dnssec`, { [does.flag]: !dnssec?.[does.flag] });
      break;
    }
    case "status":
      await api.cloudflare("PATCH", `${path}/dnssec`, { status: does.status });
      break;
    case "delete the keys":
      await api.cloudflare("DELETE", `${path}/dnssec`);
      break;
    case "delete the transfer":
      await api.cloudflare("DELETE", `${path}/secondary_dns/incoming`);
      break;
    case "change the secret": {
      const [tsig] = Object.values((await control.state()).tsigs);
      if (tsig) await control.patch({ tsigs: { [tsig.id]: { secret: BY_HAND } } });
    }
  }
}
