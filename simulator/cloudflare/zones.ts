import type { ApiAnswer } from "../http";
import type { Zone } from "../state";
import { type CloudflareCall, type CloudflareRoute, zoneOf } from "./call";
import { success } from "./envelope";
import { onePage } from "./paging";
import { presentZone } from "./present-zone";
import { shownZoneName } from "./shown-zone-name";

/** The three conditions that the package and the official examples use; names are matched whole. */
function list({ request, world }: CloudflareCall): ApiAnswer {
  const { query } = request;
  const { state } = world;
  const conditions: readonly (readonly [string | null, (zone: Zone) => string])[] = [
    [query.get("name"), ({ name }) => shownZoneName(name, state.switches)],
    [query.get("account.id"), ({ accountId }) => accountId],
    [query.get("status"), ({ status }) => status],
  ];
  const found = Object.values(state.zones).filter((zone) =>
    conditions.every(([wanted, of]) => wanted === null || of(zone) === wanted),
  );
  return onePage(query, found, (zone) => presentZone(zone, state));
}

export const zoneRoutes: readonly CloudflareRoute[] = [
  { method: "GET", path: "/zones", rights: ["Zone Read", "Zone Write"], handle: list },
  {
    method: "GET",
    path: "/zones/*",
    rights: ["Zone Read", "Zone Write"],
    handle: (call, zoneId: string) => success(presentZone(zoneOf(call, zoneId), call.world.state)),
  },
];
