import { KSK as CLOUDFLARE } from "../../../simulator/cloudflare/signing-keys";
import { TYPE } from "../../../simulator/dns/codes";
import { ask } from "../dns-client";
import type { HostupConsole } from "./hostup-console";
import type { DsSet, Judge } from "./judge";
import type { ParentZone } from "./parent";
import type { AtParent } from "./steps";
import type { Team } from "./team";

export interface Registering {
  readonly parent: ParentZone;
  readonly hostup: HostupConsole;
  readonly judge: Judge;
  readonly team: Team;
  readonly zone: string;
  /** Where Cloudflare's name servers answer. */
  readonly port: number;
  dsOf(dnskey: Buffer): string;
}

/**
 * What the team has the registrar do, and what a registry does that follows CDS. Neither publishes a DS that some resolver
 * could not use, and nothing is delegated to Cloudflare that is not answered there: whoever does breaks the zone alone,
 * whatever the program does.
 */
export class Registrar {
  constructor(private readonly at: Registering) {}

  /** Whether something has come to the parent of which the program has to hear: so the documentation asks for. */
  async act(does: AtParent): Promise<boolean> {
    const { parent, hostup, judge } = this.at;
    // Nobody would hear of it.
    if (does.kind !== "switch on or off" && !parent.isReachable) return false;
    switch (does.kind) {
      case "withdraw":
        await parent.publish([]);
        return false;
      case "change the TTL":
        await parent.publish(parent.ds, does.ttl);
        return parent.ds.length > 0;
      case "switch on or off":
        await parent.reach(!parent.isReachable);
        return false;
      case "delegate":
        if (does.here && judge.faultsWith().length > 0) return false;
        await parent.delegate(does.here);
        return does.here;
      case "publish":
        return this.#publish(this.#keysFor(does.of), does.ttl);
      case "follow the CDS":
        return this.#follow();
      case "add at HostUp": {
        const ds = this.#keysFor("latest");
        if (this.#isUsable([...parent.ds, ...ds])) for (const each of ds) await hostup.add(each);
        return false;
      }
      case "remove at HostUp":
        await hostup.removeAll();
        return false;
    }
  }

  #keysFor(of: "all" | "latest" | "all servers"): DsSet {
    const { judge, team, dsOf } = this.at;
    const served = judge.servedKeys.filter((key) => this.#isInUse(key));
    const keys = of === "all servers" ? [...served, ...team.ownKeys] : served;
    return [...new Set((of === "latest" ? keys.slice(-1) : keys).map((key) => dsOf(key)))];
  }

  async #publish(ds: DsSet, ttl?: number): Promise<boolean> {
    if (!this.#isUsable(ds)) return false;
    await this.at.parent.publish(ds, ttl);
    return true;
  }

  #isUsable(ds: DsSet): boolean {
    return ds.length > 0 && this.at.judge.faultsWith(ds).length === 0;
  }

  /** By what it can validate alone (RFC 8078 section 4 and RFC 9615). */
  async #follow(): Promise<boolean> {
    const { parent, judge, port, zone } = this.at;
    if (!parent.isHere || judge.faultsWith().length > 0) return false;
    const { answers } = await ask(port, zone, TYPE.CDS, { edns: { dnssec: true } });
    const cds = answers.filter(({ type }) => type === TYPE.CDS).map(({ rdata }) => textOf(rdata));
    if (!cds.includes("0 0 0 00")) return this.#publish(cds);
    await parent.publish([]);
    return false;
  }

  /** Rather than one that its owner has dropped and that a copy alone still has. */
  #isInUse(dnskey: Buffer): boolean {
    return [CLOUDFLARE.dnskey, ...this.at.team.ownKeys].some((key) => key.equals(dnskey));
  }
}

function textOf(rdata: Buffer): string {
  const digest = rdata.subarray(4).toString("hex").toUpperCase();
  return [rdata.readUInt16BE(0), rdata.readUInt8(2), rdata.readUInt8(3), digest].join(" ");
}
