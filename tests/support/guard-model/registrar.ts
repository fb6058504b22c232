import { KSK as CLOUDFLARE } from "../../../simulator/cloudflare/signing-keys";
import type { Judge } from "./judge";
import type { ParentZone } from "./parent";
import type { AtParent } from "./steps";
import type { Team } from "./team";

/**
 * What the team has the registrar do. It publishes no DS that some resolver could not use, and delegates nothing to
 * Cloudflare that is not answered there: whoever does breaks the zone alone, whatever the program does.
 */
export class Registrar {
  constructor(
    private readonly parent: ParentZone,
    private readonly judge: Judge,
    private readonly team: Team,
    private readonly dsOf: (dnskey: Buffer) => string,
  ) {}

  /** Whether something has come to the parent of which the program has to hear: so the documentation asks for. */
  async act(does: AtParent): Promise<boolean> {
    // Nobody would hear of it.
    if (does.kind !== "switch on or off" && !this.parent.isReachable) return false;
    switch (does.kind) {
      case "withdraw":
        await this.parent.publish([]);
        return false;
      case "change the TTL":
        await this.parent.publish(this.parent.ds, does.ttl);
        return this.parent.ds.length > 0;
      case "switch on or off":
        await this.parent.reach(!this.parent.isReachable);
        return false;
      case "delegate":
        if (does.here && this.judge.faultsWith().length > 0) return false;
        await this.parent.delegate(does.here);
        return does.here;
      case "publish":
        return this.#publish(does);
    }
  }

  async #publish({ of, ttl }: Extract<AtParent, { kind: "publish" }>): Promise<boolean> {
    const served = this.judge.servedKeys.filter((key) => this.#isInUse(key));
    const keys = of === "all servers" ? [...served, ...this.team.ownKeys] : served;
    const ds = [...new Set((of === "latest" ? keys.slice(-1) : keys).map((key) => this.dsOf(key)))];
    if (ds.length === 0 || this.judge.faultsWith(ds).length > 0) return false;
    await this.parent.publish(ds, ttl);
    return true;
  }

  /** Rather than one that its owner has dropped and that a copy alone still has. */
  #isInUse(dnskey: Buffer): boolean {
    return [CLOUDFLARE.dnskey, ...this.team.ownKeys].some((key) => key.equals(dnskey));
  }
}
