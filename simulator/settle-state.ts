import { settleDnssec } from "./cloudflare/dnssec-states";
import { settleDnssecAuto } from "./hostup/dnssec-auto-states";
import type { World } from "./state";
import { settleRefresh } from "./transfers/refresh";

/** Lets each state machine take the steps that follow by themselves from what is around it. */
export function settleState(world: World): void {
  for (const zone of Object.values(world.state.zones)) {
    settleDnssec(zone, world);
    settleRefresh(zone, world);
  }
  for (const domain of Object.values(world.state.domains)) settleDnssecAuto(domain, world);
}
