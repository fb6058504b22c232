import type { KnownKey } from "../../../simulator/dns/authenticate";
import { parseName } from "../../../simulator/dns/name";
import { nsecOf } from "../../../simulator/dns/nsec";
import { nsec3Of } from "../../../simulator/dns/nsec3";
import type { ZoneData } from "../../../simulator/dns/zone";
import { now } from "./clock";
import { type Algorithm, keyOf } from "./keys";
import { type PrimaryServer, startPrimaryServer } from "./primary-server";
import { type Keys, type Signing, signedZone, unsignedZone } from "./signed-zone";

const HOUR = 3_600;
const VALID = 14 * 24 * HOUR;
const RESIGNED_AFTER = VALID / 2;

/** A TSIG key that it takes. */
export interface TransferKey {
  readonly name: string;
  readonly algorithm: string;
  readonly secret: string;
}

/** The team's own server: authoritative for one zone, which it signs or not. */
export class Primary {
  #serial = 1;
  #signing: Signing | undefined;
  #zone: ZoneData | undefined;
  #signedAt = 0;
  transferKeys: readonly TransferKey[] = [];

  static async start(zone: string, name: string): Promise<Primary> {
    const primary: Primary = new Primary(
      zone,
      name,
      await startPrimaryServer({
        outside: () => undefined,
        viewOf: () => primary.#view(),
        wholeZone: () => primary.#content(),
        keys: () => primary.transferKeys.map(knownKey),
        notify: () => 0,
        now: seconds,
      }),
    );
    return primary;
  }

  private constructor(
    private readonly zone: string,
    private readonly name: string,
    readonly server: PrimaryServer,
  ) {}

  get signing(): Signing | undefined {
    return this.#signing;
  }

  get serial(): number {
    return this.#serial;
  }

  /** A change of the zone, or of how it is signed: each raises the serial. */
  publish(signing: Signing | "unsigned" = this.#signing ?? "unsigned", serial = this.#serial + 1): void {
    this.#signing = signing === "unsigned" ? undefined : signing;
    this.#serial = serial;
    this.#zone = undefined;
  }

  /** As every signer does by itself, long before its signatures end. Whether it did. */
  resign(): boolean {
    if (this.#signing === undefined || seconds() - this.#signedAt < RESIGNED_AFTER) return false;
    this.publish();
    return true;
  }

  newKey(algorithm: Algorithm, role: "ksk" | "zsk") {
    return keyOf(algorithm, role, `${this.name} ${role} ${this.#serial}`);
  }

  #content(): ZoneData {
    const { zone, serial } = { zone: this.zone, serial: this.#serial };
    if (this.#zone === undefined) {
      const time = seconds();
      const validity = { inception: time - HOUR, expiration: time + VALID };
      this.#signedAt = time;
      this.#zone = this.#signing
        ? signedZone({ zone, serial }, this.#signing, validity)
        : unsignedZone({ zone, serial });
    }
    return this.#zone;
  }

  #view() {
    const zone = this.#content();
    const denial = this.#signing?.denial === "nsec3" ? nsec3Of(zone) : nsecOf(zone);
    return { zone, ...(denial ? { denial } : {}) };
  }
}

/** What a signed zone has of both kinds of keys at the least. */
export function freshKeys(primary: Primary, algorithm: Algorithm): Keys {
  return { ksks: [primary.newKey(algorithm, "ksk")], zsks: [primary.newKey(algorithm, "zsk")] };
}

function knownKey({ name, algorithm, secret }: TransferKey): KnownKey {
  return {
    name: parseName(name),
    algorithm: parseName(algorithm),
    secret: Buffer.from(secret, "base64"),
    tsigId: "",
  };
}

function seconds(): number {
  return Math.floor(now() / 1_000);
}
