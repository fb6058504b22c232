import type { View } from "../dns/answer";
import { CLASS, TYPE } from "../dns/codes";
import type { ResourceRecord } from "../dns/message";
import { parseName } from "../dns/name";
import { ServedZone, type Unservable } from "../dns/served-zone";
import { signZone } from "../dns/sign-zone";
import { signingKey } from "../dns/signing-key";
import { uint32 } from "../dns/wire";
import { ZoneData } from "../dns/zone";
import { recordOf } from "./records";
import type { PrimaryZone } from "./state";

/** As servers that sign have it: signatures for two weeks, made anew when half of that is over. */
const VALID_SECONDS = 14 * 86_400;
const FRESH_SECONDS = VALID_SECONDS / 2;
/** So that clocks may differ. */
const BACKDATED_SECONDS = 3600;

const SOA_TTL = 3600;
/** Refresh, retry, expire, and the life of negative answers. */
const SOA_NUMBERS = [3600, 600, 1_209_600, 300];

/** A zone of the primary as it is served, signed at one time. */
export class ZoneContent {
  readonly #served: ServedZone;

  constructor(
    name: string,
    private readonly zone: PrimaryZone,
    /** Seconds since 1970. */
    private readonly signedAt: number,
  ) {
    const plain = new ZoneData(recordsOf(name, zone));
    this.#served = new ServedZone(zone.signing === "none" ? plain : signed(plain, name, zone, signedAt));
  }

  get data(): ZoneData {
    return this.#served.data;
  }

  get view(): View | Unservable {
    const { signing } = this.zone;
    return this.#served.viewFor(
      signing === "none" ? { kind: "plain" } : { kind: "presigned", denial: signing },
    );
  }

  /** Whether it is time for new signatures, which secondaries only get with another serial. */
  isStale(now: number): boolean {
    return this.zone.signing !== "none" && Math.abs(now - this.signedAt) > FRESH_SECONDS;
  }
}

function recordsOf(name: string, { serial, records }: PrimaryZone): readonly ResourceRecord[] {
  const origin = parseName(name);
  const names = [`ns1.${name}`, `hostmaster.${name}`].map(parseName);
  const rdata = Buffer.concat([...names, ...[serial, ...SOA_NUMBERS].map(uint32)]);
  const soa = { name: origin, type: TYPE.SOA, class: CLASS.IN, ttl: SOA_TTL, rdata };
  const others = records.flatMap((record) => {
    const parsed = recordOf(record, name);
    return "record" in parsed ? [parsed.record] : [];
  });
  return [soa, ...others];
}

function signed(
  plain: ZoneData,
  name: string,
  { signing, keyGeneration, keyTtl }: PrimaryZone,
  now: number,
): ZoneData {
  return signZone(plain, {
    ksk: signingKey(`primary ${name} ${keyGeneration} ksk`, "ksk"),
    zsk: signingKey(`primary ${name} ${keyGeneration} zsk`, "zsk"),
    keyTtl,
    denial: signing === "nsec" ? "nsec" : "nsec3",
    withCds: true,
    validity: { inception: now - BACKDATED_SECONDS, expiration: now + VALID_SECONDS },
  });
}
