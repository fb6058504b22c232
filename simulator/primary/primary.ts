import { isDeepStrictEqual } from "node:util";
import type { KnownKey } from "../dns/authenticate";
import { RCODE } from "../dns/codes";
import { ancestorsOf, formatName, type Name } from "../dns/name";
import type { NameServer } from "../dns/respond";
import { isJsonObject, mergePatch } from "../merge-patch";
import { plainName } from "../parent/zone-names";
import { lookUp } from "../state";
import { InvalidPatch } from "../state-patch";
import { describeIssues } from "../state-schema";
import { transferKeyOf } from "../transfers/transfer-key";
import type { PrimaryState, PrimaryZone } from "./state";
import { primaryStateSchema } from "./state-schema";
import { ZoneContent } from "./zone-content";

/** In configurations and on the wire it has two names (RFC 8945 section 6). */
const ALGORITHM_NAMES = new Map([["hmac-md5", "hmac-md5.sig-alg.reg.int"]]);

/** Told of each zone whose serial is another now. */
export type OnChange = (zone: string, key: KnownKey | undefined, now: number) => void;

/** A primary of its own for demos and offline tests: signs, gives transfers by TSIG, sends NOTIFY. */
export class Primary implements NameServer {
  #state: PrimaryState;
  readonly #contents = new Map<string, ZoneContent>();

  constructor(
    initial: PrimaryState,
    /** Milliseconds since 1970. */
    private readonly clock: () => number,
    private readonly onChange: OnChange,
  ) {
    this.#state = initial;
  }

  get state(): PrimaryState {
    return this.#state;
  }

  /** Changes it by an RFC 7386 merge patch; one that makes no sense changes nothing and throws. */
  patch(patch: unknown): void {
    if (!isJsonObject(patch)) throw new InvalidPatch("the patch must be a JSON object");
    const parsed = primaryStateSchema.safeParse(mergePatch(this.#state, patch));
    if (!parsed.success) throw new InvalidPatch(describeIssues(parsed.error));
    const before = this.#state;
    this.#state = parsed.data;
    for (const [name, zone] of Object.entries(parsed.data.zones)) {
      this.#follow(name, zone, lookUp(before.zones, name));
    }
  }

  /** A change of the content is a new serial, unless the patch gave one; both are told. */
  #follow(name: string, zone: PrimaryZone, before: PrimaryZone | undefined): void {
    if (before && isDeepStrictEqual(contentOf(zone), contentOf(before))) return;
    if (before && zone.serial === before.serial) zone.serial = nextSerial(zone.serial);
    this.#contents.delete(name);
    this.#tell(name, zone);
  }

  #tell(name: string, { transferKeys }: PrimaryZone): void {
    const key = this.keys().find(({ tsigId }) => tsigId === transferKeys[0]);
    this.onChange(name, key, this.now());
  }

  #contentOf(name: string, zone: PrimaryZone): ZoneContent {
    const known = this.#contents.get(name);
    if (known && !known.isStale(this.now())) return known;
    if (known) {
      zone.serial = nextSerial(zone.serial);
      this.#tell(name, zone);
    }
    const content = new ZoneContent(name, zone, this.now());
    this.#contents.set(name, content);
    return content;
  }

  outside(): undefined {
    return undefined;
  }

  viewOf(name: Name): ReturnType<NameServer["viewOf"]> {
    for (const above of ancestorsOf(name)) {
      const zoneName = plainName(formatName(above));
      const zone = lookUp(this.#state.zones, zoneName);
      if (zone) return this.#contentOf(zoneName, zone).view;
    }
    return undefined;
  }

  wholeZone(name: Name, key: KnownKey | undefined): ReturnType<NameServer["wholeZone"]> {
    const zoneName = plainName(formatName(name));
    const zone = lookUp(this.#state.zones, zoneName);
    const isAllowed = zone && key && zone.transferKeys.includes(key.tsigId);
    return isAllowed ? this.#contentOf(zoneName, zone).data : undefined;
  }

  keys(): readonly KnownKey[] {
    return Object.entries(this.#state.keys).map(([name, { algorithm, secret }]) => ({
      ...transferKeyOf({ name, algo: ALGORITHM_NAMES.get(algorithm) ?? algorithm, secret }),
      tsigId: name,
    }));
  }

  /** A primary hears no NOTIFY. */
  notify(): number {
    return RCODE.NOTAUTH;
  }

  now(): number {
    return Math.floor(this.clock() / 1000);
  }
}

function contentOf({ transferKeys: _, ...content }: PrimaryZone): object {
  return content;
}

function nextSerial(serial: number): number {
  return (serial + 1) >>> 0;
}
