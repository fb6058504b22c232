import type { World, Zone } from "../state";
import { nextRefresh } from "./record";
import type { Transfers } from "./transfers";

/** How often the clock is looked at; tests move it, so no timer can be set for the time itself. */
const LOOK_MS = 100;

/** Transfers each zone when its `refreshAt` has come; a person makes it due by setting that in the state. */
export function startRefreshing(world: World, transfers: Transfers): { readonly stop: () => void } {
  const timer = setInterval(() => {
    for (const zone of Object.values(world.state.zones)) {
      const { incoming, transfer } = zone;
      if (!incoming || transfer.refreshAt === null || Date.parse(transfer.refreshAt) > world.now()) continue;
      transfer.refreshAt = nextRefresh(incoming, world);
      transfers.start(zone.id, "refresh");
    }
  }, LOOK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** A zone is refreshed as long as it has an incoming transfer. */
export function settleRefresh({ incoming, transfer }: Zone, world: World): void {
  if (!incoming) transfer.refreshAt = null;
  else transfer.refreshAt ??= nextRefresh(incoming, world);
}
