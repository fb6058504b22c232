import { settleDnssec } from "../cloudflare/dnssec-states";
import type { World } from "../state";
import { settleDsAtParent } from "./ds-at-parent";
import { plainName } from "./zone-names";

/** A registry publishes what a registrar says: this DS set, at the parent of the zone of this name. */
export function publishAtParent(name: string, ds: readonly string[], world: World): void {
  for (const zone of Object.values(world.state.zones)) {
    if (plainName(zone.name) !== plainName(name)) continue;
    const before = structuredClone(zone);
    zone.parent.ds = [...ds];
    settleDsAtParent(zone, before);
    settleDnssec(zone, world);
  }
}
