import { z } from "zod";
import type { Zone } from "../../simulator";
import { until } from "./dns-processes";
import type { TransferKey } from "./dns-tools";
import type { SimulatorClient } from "./simulator-client";

const withId = z.object({ result: z.object({ id: z.string() }) });
const withZones = z.object({ zones: z.record(z.string(), z.custom<Zone>()) });

/** The transfers of the simulator's first zone, set up as the guides say and watched over the control plane. */
export class Transfers {
  /** The one that `useKey` changes. */
  peer = "";

  constructor(readonly client: SimulatorClient) {}

  get peers(): string {
    return this.client.tsigs.replace("tsigs", "peers");
  }

  get incoming(): string {
    return `${this.client.zone}/secondary_dns/incoming`;
  }

  get dnsPort(): number {
    return Number(this.client.simulator.dns.split(":")[1]);
  }

  /** A peer at this port, with this key or none, linked to the zone. */
  async link(port: number, key?: TransferKey, name = "primary"): Promise<string> {
    const { client } = this;
    const id = await this.makePeer(port, key, name);
    const [zone] = client.simulator.zones;
    const body = { name: zone?.name, peers: [id], auto_refresh_seconds: 86_400 };
    await this.#make("POST", this.incoming, body);
    this.peer = id;
    return id;
  }

  async makePeer(port: number, key?: TransferKey, name = "primary"): Promise<string> {
    const id = await this.#make("POST", this.peers, { name });
    return this.#make("PUT", `${this.peers}/${id}`, await this.#peerBody(name, port, key));
  }

  /** The linked peer goes on with another key, or none. */
  async useKey(port: number, key: TransferKey | undefined): Promise<void> {
    await this.#make("PUT", `${this.peers}/${this.peer}`, await this.#peerBody("primary", port, key));
  }

  async #peerBody(name: string, port: number, key: TransferKey | undefined): Promise<object> {
    return { name, ip: "127.0.0.1", port, ixfr_enable: false, tsig_id: key ? await this.makeTsig(key) : "" };
  }

  makeTsig({ name, algorithm, secret }: TransferKey): Promise<string> {
    return this.#make("POST", this.client.tsigs, { name, algo: `${algorithm}.`, secret });
  }

  async #make(method: string, path: string, body: object): Promise<string> {
    const answer = await this.client.cloudflare(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return withId.parse(answer.body).result.id;
  }

  async zone(): Promise<Zone> {
    const { body } = await this.client.control("GET", "/state");
    const zone = withZones.parse(body).zones[this.client.zoneId];
    if (!zone) throw new Error("the zone is gone");
    return zone;
  }

  /** Forces a transfer and waits for what comes of it. */
  async force(): Promise<Zone["transfer"]> {
    return this.outcomeOf(async () => {
      const { status, body } = await this.client.cloudflare(
        "POST",
        `${this.client.zone}/secondary_dns/force_axfr`,
      );
      if (status !== 200) throw new Error(`force_axfr: ${JSON.stringify(body)}`);
    });
  }

  /** The record of the first transfer that ends after something was done. */
  async outcomeOf(act: () => Promise<unknown>): Promise<Zone["transfer"]> {
    const count = ({ transfer }: Zone) => transfer.succeeded + transfer.failed;
    const before = count(await this.zone());
    await act();
    return until("a transfer has ended", async () => {
      const zone = await this.zone();
      return count(zone) > before && zone.transfer;
    });
  }

  /** Waits until the record of transfers is as wanted. */
  seen(what: string, isThere: (transfer: Zone["transfer"]) => boolean): Promise<Zone["transfer"]> {
    return until(what, async () => {
      const { transfer } = await this.zone();
      return isThere(transfer) && transfer;
    });
  }

  async servePresigned(): Promise<void> {
    const flags = { status: "active", dnssec_presigned: true, dnssec_use_nsec3: true };
    const { status, body } = await this.client.cloudflare("PATCH", `${this.client.zone}/dnssec`, flags);
    if (status !== 200) throw new Error(`PATCH dnssec: ${JSON.stringify(body)}`);
  }
}
