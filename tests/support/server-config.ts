import { configFor, type PrimaryConfig } from "../../servers";
import { parseZone, type RawKey } from "../../servers/parse-zone";
import type { PrimaryZone, Signing } from "../../servers/primary-zone";
import type { SecondaryAddresses } from "../../servers/secondary-addresses";

/** What the primary does about signatures; `multi-signer` denies by NSEC3. */
export type Mode = "none" | "nsec" | "nsec3" | "multi-signer";

export interface ZoneWish {
  readonly zoneName: string;
  readonly keys: readonly RawKey[];
  readonly mode: Mode;
  /** Left out: Cloudflare's own. */
  readonly addresses?: SecondaryAddresses;
  readonly autoRefreshSeconds?: number;
  /** By which the primary signs already. */
  readonly policy?: string;
}

const SIGNING: Readonly<Record<Mode, Signing>> = {
  none: { by: "nobody" },
  nsec: { by: "primary", denial: "nsec" },
  nsec3: { by: "primary", denial: "nsec3" },
  "multi-signer": { by: "both", denial: "nsec3" },
};

/** A zone as the component makes it. */
export function zoneOf({
  zoneName,
  keys,
  mode,
  addresses,
  autoRefreshSeconds,
  policy,
}: ZoneWish): PrimaryZone {
  const rest = { signing: SIGNING[mode], cloudflareAddresses: addresses, autoRefreshSeconds, policy };
  const parsed = parseZone({ zoneName, keys, ...rest });
  if ("value" in parsed) return parsed.value;
  throw new Error(JSON.stringify(parsed.problems));
}

/** What the component gives for these zones. */
export function serverConfig(...[first, ...others]: [ZoneWish, ...ZoneWish[]]): PrimaryConfig {
  return configFor([zoneOf(first), ...others.map(zoneOf)]);
}
