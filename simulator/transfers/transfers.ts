import { pullZone } from "../dns/axfr";
import { keyOf, type Name, parseName } from "../dns/name";
import { NOT_SIGNED, ServedZone } from "../dns/served-zone";
import { TransferError } from "../dns/transfer-error";
import { ZoneData } from "../dns/zone";
import { lookUp, type Peer, type World, type Zone } from "../state";
import { addressOf } from "./address";
import { newsIn } from "./news";
import { recordFailure, recordSuccess, recordUnchanged } from "./record";
import { sourceOf } from "./sources";

export type Trigger = Exclude<Zone["transfer"]["trigger"], null>;

export interface TransferConditions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** For mistakes of the simulator itself. */
  readonly reportBug: (error: unknown) => void;
}

export interface Served {
  readonly zoneId: string;
  readonly content: ServedZone;
}

/** Pulls zones from their peers, one transfer a zone at a time, and keeps what came. */
export class Transfers {
  /** By name: many zones may be there, and each question looks for one. */
  readonly #served = new Map<string, Served>();
  /** What was asked for while a transfer runs: it may have begun before the change. */
  readonly #running = new Map<string, Trigger | undefined>();

  constructor(
    private readonly world: World,
    private readonly conditions: TransferConditions,
  ) {}

  /** What was transferred last of the zone of this name. */
  served(origin: Name): Served | undefined {
    return this.#served.get(keyOf(origin));
  }

  /** What is served of just this zone, and not of one of the same name before it. */
  #servedTo(zoneId: string, origin: Name): ZoneData | undefined {
    const served = this.served(origin);
    return served?.zoneId === zoneId ? served.content.data : undefined;
  }

  /** Answers at once; the outcome is recorded in the zone's `transfer`. */
  start(zoneId: string, trigger: Trigger): void {
    if (this.#running.has(zoneId)) {
      this.#running.set(zoneId, trigger);
      return;
    }
    this.#running.set(zoneId, undefined);
    this.#run(zoneId, trigger)
      .catch(this.conditions.reportBug)
      .finally(() => {
        const next = this.#running.get(zoneId);
        this.#running.delete(zoneId);
        if (next && !this.conditions.signal.aborted) this.start(zoneId, next);
      });
  }

  async #run(zoneId: string, trigger: Trigger): Promise<void> {
    const failures: string[] = [];
    const peers = lookUp(this.world.state.zones, zoneId)?.incoming?.peers ?? [];
    if (peers.length === 0) failures.push("NO-PEER: the zone has no incoming transfer or no peer");
    for (const peerId of peers) {
      try {
        await this.#pullFrom(peerId, zoneId, trigger);
        return;
      } catch (error) {
        if (!(error instanceof TransferError)) throw error;
        failures.push(error.message);
      }
    }
    if (this.conditions.signal.aborted) return;
    const zone = lookUp(this.world.state.zones, zoneId);
    if (!zone) return;
    recordFailure(zone, this.world, trigger, failures.join("; "));
    this.conditions.log(`transfer of ${zone.name} failed: ${failures.join("; ")}`);
  }

  async #pullFrom(peerId: string, zoneId: string, trigger: Trigger): Promise<void> {
    const { world, conditions } = this;
    const peer = lookUp(world.state.peers, peerId);
    const asked = lookUp(world.state.zones, zoneId);
    if (!peer || !asked) throw new TransferError("NO-PEER", `the peer ${peerId} does not exist`);
    const data = await pulled(asked, peer, world, conditions);
    // Looked up anew: the state may have been replaced meanwhile.
    const zone = lookUp(world.state.zones, zoneId);
    if (!zone) return;
    const served = this.#servedTo(zoneId, data.origin);
    const news = newsIn(data.serial, served?.serial, trigger, world.state.switches);
    if (news === "unchanged") {
      recordUnchanged(zone, world, trigger);
      return;
    }
    if (news === "old") throw new TransferError("OLD-SERIAL", oldSerial(peer, data, served));
    if (zone.dnssec.dnssec_presigned && !data.isSigned) throw new TransferError("NOT-SIGNED", NOT_SIGNED);
    this.#served.set(keyOf(data.origin), { zoneId, content: new ServedZone(data) });
    recordSuccess(zone, world, trigger, { data, peer });
    conditions.log(`transfer of ${zone.name}: serial ${data.serial}, ${data.records.length} records`);
  }
}

function oldSerial(peer: Peer, came: ZoneData, served: ZoneData | undefined): string {
  return `${addressOf(peer)} has serial ${came.serial}, which is not newer than ${served?.serial}, the one served (RFC 1982)`;
}

async function pulled(
  zone: Zone,
  peer: Peer,
  { state, now }: World,
  { timeoutMs, signal }: TransferConditions,
): Promise<ZoneData> {
  const source = sourceOf(peer, state);
  try {
    const records = await pullZone(parseName(zone.name), source, { now, timeoutMs, signal });
    return new ZoneData(records);
  } catch (error) {
    if (!(error instanceof TransferError)) throw error;
    throw new TransferError(error.code, `${addressOf(peer)}: ${error.detail}`);
  }
}
