import type { CloudflareClient } from "../../provider/cloudflare/client";
import { findZones } from "../../provider/cloudflare/zones";
import { RefusedError } from "../../provider/core/errors";
import { didYouMean } from "../did-you-mean";
import type { SavedZone } from "../stack/saved-zones";
import type { Subject } from "./look";
import type { HostupDomain } from "./look-at-hostup";

/** The zone by its name alone, as Cloudflare has it. */
export async function findSubject(
  client: CloudflareClient,
  zoneName: string,
  known: readonly string[],
): Promise<Subject> {
  const [zone, ...others] = await findZones(client, zoneName);
  if (zone === undefined)
    throw new RefusedError(
      `Neither the stack nor Cloudflare has a zone ${zoneName} for this token.${meantInstead(zoneName, known)}\nNext: check the name, and whose token this is; --stack names another stack.`,
    );
  if (others.length > 0)
    throw new RefusedError(
      `Cloudflare has ${others.length + 1} zones called ${zoneName} for this token.\nNext: run this in the program's folder, where its stack says which one is meant.`,
    );
  return { zoneName, zoneId: zone.id, accountId: zone.account?.id };
}

/** A host may have been named in the place of its zone. */
function meantInstead(zoneName: string, known: readonly string[]): string {
  const above = known.find((zone) => zoneName.endsWith(`.${zone}`));
  return above === undefined ? didYouMean(zoneName, known) : ` It may be a name in ${above}.`;
}

export function hostupDomainOf(zoneName: string, saved: SavedZone | undefined): HostupDomain {
  const [registrar] = saved?.children("HostupDnssecAuto") ?? [];
  const text = (key: string) => {
    const value = registrar?.outputs[key] ?? registrar?.inputs[key];
    return typeof value === "string" ? value : undefined;
  };
  return {
    name: text("domainName") ?? zoneName,
    id: text("domainId"),
    profile: text("profile"),
    isSure: registrar !== undefined,
  };
}
