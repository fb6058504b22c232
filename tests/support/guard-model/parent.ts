import type { Control } from "../control";
import type { DsSet, Judge } from "./judge";

/** The parent of the zone, as the registrar's customer changes it. */
export class ParentZone {
  ds: DsSet = [];
  ttl = 3_600;
  isReachable = true;
  isHere = true;

  constructor(
    private readonly control: Control,
    private readonly zoneId: string,
    /** Cloudflare's. */
    private readonly nameServers: readonly string[],
    private readonly judge: Judge,
  ) {}

  async publish(ds: DsSet, ttl = this.ttl): Promise<void> {
    this.ds = [...ds].sort();
    this.ttl = ttl;
    await this.#patch({ ds: this.ds, ttl });
    this.judge.atParent(this.ds, ttl);
    this.judge.delegated(this.isHere, ttl);
  }

  async delegate(isHere: boolean): Promise<void> {
    this.isHere = isHere;
    await this.#patch({ nameServers: isHere ? this.nameServers : ["ns1.elsewhere.test"] });
    this.judge.delegated(isHere, this.ttl);
  }

  async reach(isReachable: boolean): Promise<void> {
    this.isReachable = isReachable;
    await this.#patch({ reachable: isReachable });
  }

  #patch(parent: object): Promise<void> {
    return this.control.patch({ zones: { [this.zoneId]: { parent } } });
  }
}
