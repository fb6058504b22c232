import type { ApiAnswer } from "../http";
import type { State, Zone } from "../state";
import { type CloudflareCall, type CloudflareRoute, zoneOf } from "./call";
import { Refusal, success } from "./envelope";
import { CHOSEN } from "./error-codes";
import { nameServersFor } from "./name-servers";

const MADE_ON = "2024-01-01T00:00:00.000000Z";

const PLAN_NAMES = {
  free: "Free Website",
  pro: "Pro Website",
  business: "Business Website",
  enterprise: "Enterprise Website",
} as const;

function list({ request, world }: CloudflareCall): ApiAnswer {
  const { query } = request;
  const name = query.get("name");
  const accountId = query.get("account.id");
  const page = numberIn(query, "page", 1, 1, Number.MAX_SAFE_INTEGER);
  const perPage = numberIn(query, "per_page", 20, 5, 50);
  const found = Object.values(world.state.zones).filter(
    (zone) => (name === null || zone.name === name) && (accountId === null || zone.accountId === accountId),
  );
  const shown = found.slice((page - 1) * perPage, page * perPage);
  return success(
    shown.map((zone) => present(zone, world.state)),
    {
      page,
      per_page: perPage,
      count: shown.length,
      total_count: found.length,
      total_pages: Math.ceil(found.length / perPage),
    },
  );
}

function numberIn(
  query: URLSearchParams,
  key: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const given = query.get(key);
  if (given === null) return otherwise;
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Refusal(400, {
    code: CHOSEN.invalidQuery.code,
    message: `${CHOSEN.invalidQuery.message}: ${key} must be a whole number from ${least} to ${most}`,
  });
}

function present(zone: Zone, { accounts }: State): object {
  return {
    id: zone.id,
    name: zone.name,
    status: zone.status,
    paused: false,
    type: zone.type,
    development_mode: 0,
    name_servers: nameServersFor(zone.type),
    original_name_servers: null,
    original_registrar: null,
    original_dnshost: null,
    created_on: MADE_ON,
    modified_on: MADE_ON,
    activated_on: zone.status === "active" ? MADE_ON : null,
    account: { id: zone.accountId, name: accounts[zone.accountId]?.name ?? "" },
    plan: { id: zone.plan, legacy_id: zone.plan, name: PLAN_NAMES[zone.plan], is_subscribed: true },
  };
}

export const zoneRoutes: readonly CloudflareRoute[] = [
  { method: "GET", path: "/zones", rights: ["Zone Read"], handle: list },
  {
    method: "GET",
    path: "/zones/*",
    rights: ["Zone Read"],
    handle: (call, zoneId: string) => success(present(zoneOf(call, zoneId), call.world.state)),
  },
];
