import type { ApiAnswer } from "../http";
import { jsonAnswer } from "../http";
import type { Domain, World } from "../state";
import { domainOf, type HostupCall, type HostupRoute } from "./call";
import { invalidFields, Problem } from "./problem";
import { shownName } from "./shown-name";

/**
 * Not documented; the greatest limit is 1000.
 * https://developer.hostup.se/endpoints/domain-services/get-v2-domains
 */
const DEFAULT_LIMIT = 50;

const REGISTERED_AT = "2024-01-01T00:00:00.000Z";
const EXPIRES_AT = "2034-01-01T00:00:00.000Z";

function list({ request, world }: HostupCall): ApiAnswer {
  const { query } = request;
  const limit = limitOf(query);
  const name = query.get("name");
  // The match is exact, so that an upper-case or dotted name finds nothing.
  const found = Object.values(world.state.domains).filter(
    (domain) => name === null || shownName(domain.name, world) === name,
  );
  const start = offsetOf(query.get("cursor"), found);
  const shown = found.slice(start, start + limit);
  const last = shown.at(-1);
  const hasMore = start + limit < found.length;
  return jsonAnswer(200, {
    data: shown.map((domain) => presentItem(domain, world)),
    hasMore,
    nextCursor: hasMore && last ? cursorAfter(last) : null,
  });
}

function limitOf(query: URLSearchParams): number {
  const given = query.get("limit");
  if (given === null) return DEFAULT_LIMIT;
  const limit = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (limit >= 1 && limit <= 1000) return limit;
  const detail = "`limit` must be a whole number from 1 to 1000.";
  throw invalidFields([{ pointer: "/limit", detail, code: "invalid_request" }]);
}

function cursorAfter(domain: Domain): string {
  return Buffer.from(`after:${domain.id}`).toString("base64url");
}

function offsetOf(cursor: string | null, found: readonly Domain[]): number {
  if (cursor === null) return 0;
  const index = found.findIndex((domain) => cursorAfter(domain) === cursor);
  if (index === -1) throw new Problem(400, "invalid_cursor", "The cursor is invalid or no longer valid.");
  return index + 1;
}

function presentItem(domain: Domain, world: World): object {
  return {
    id: domain.id,
    name: shownName(domain.name, world),
    serviceStatus: "active",
    lifecycle: {
      type: "registration",
      autoRenewEnabled: true,
      registrarLockEnabled: false,
      transferInProgress: false,
    },
    billing: { amount: 149, currencyCode: "SEK", billingCycle: "annually", periodYears: 1 },
    createdAt: REGISTERED_AT,
    expiresAt: EXPIRES_AT,
    nextDueAt: EXPIRES_AT,
    tags: [],
    pinned: false,
  };
}

/** Those of the further fields that HostUp's own client reads. */
function presentDetail(domain: Domain, world: World): object {
  return {
    ...presentItem(domain, world),
    nameservers: domain.nameservers,
    registryLock: { enabled: false },
    whoisPrivacy: { enabled: false },
  };
}

export const domainRoutes: readonly HostupRoute[] = [
  { method: "GET", path: "/domains", rights: ["read:domains"], handle: list },
  {
    method: "GET",
    path: "/domains/*",
    rights: ["read:domains"],
    handle: (call, domainId: string) => jsonAnswer(200, presentDetail(domainOf(call, domainId), call.world)),
  },
];
