import { withoutDot } from "../../../provider/dns/domain-name";
import type { PrimaryZone } from "../../../servers/primary-zone";

/** What a server has read of one zone, names without the final dot. */
export interface ReadZone {
  readonly zone: string;
  readonly key: string;
  readonly transferFrom: string;
  readonly notify: string;
}

export interface ReadKey {
  readonly key: string;
  readonly algorithm: string;
  readonly secret: string;
}

export interface Read {
  readonly zones: readonly ReadZone[];
  readonly keys: readonly ReadKey[];
}

/** What it should have read, of zones with one key and one address of each kind. */
export function expectedOf(zones: readonly PrimaryZone[]): Read {
  return sorted({
    zones: zones.map(({ name, keys: [key], secondary }) => ({
      zone: withoutDot(name),
      key: withoutDot(key.name),
      transferFrom: secondary.transferFrom.join(" "),
      notify: secondary.notify.map(({ address, port }) => `${address}@${port}`).join(" "),
    })),
    keys: zones.map(({ keys: [key] }) => ({
      key: withoutDot(key.name),
      algorithm: withoutDot(key.algorithm),
      secret: key.secret,
    })),
  });
}

export function sorted({ zones, keys }: Read): Read {
  const by = (field: "zone" | "key") => (one: object, other: object) =>
    String(Reflect.get(one, field)) < String(Reflect.get(other, field)) ? -1 : 1;
  return { zones: [...zones].sort(by("zone")), keys: [...keys].sort(by("key")) };
}
