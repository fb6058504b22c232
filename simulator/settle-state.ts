import { settleDnssec } from "./cloudflare/dnssec-states";
import { settleDnssecAuto } from "./hostup/dnssec-auto-states";
import { settleRegistry } from "./hostup/published-ds";
import { settleDsAtParent } from "./parent/ds-at-parent";
import { lookUp, type State, type World } from "./state";
import { settleRefresh } from "./transfers/refresh";

/**
 * Lets each state machine take the steps that follow by themselves from what is around it. `before` is the
 * state that was changed, if there was one.
 */
export function settleState(world: World, before?: State): void {
  for (const zone of Object.values(world.state.zones)) {
    settleDsAtParent(zone, before && lookUp(before.zones, zone.id));
    settleDnssec(zone, world);
    settleRefresh(zone, world);
  }
  for (const domain of Object.values(world.state.domains)) {
    settleDnssecAuto(domain, world);
    settleRegistry(domain, before && lookUp(before.domains, domain.id), world);
  }
}
