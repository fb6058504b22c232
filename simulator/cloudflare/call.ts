import type { z } from "zod";
import type { ApiRequest } from "../http";
import { parseJsonBody } from "../json-body";
import type { Route } from "../routes";
import type { Account, Permission, World, Zone } from "../state";
import { lookUp } from "../state";
import type { Transfers } from "../transfers/transfers";
import { badBody, noRoute, Refusal } from "./envelope";
import { SEEN } from "./error-codes";

export interface CloudflareCall {
  readonly request: ApiRequest;
  readonly world: World;
  readonly transfers: Transfers;
}

export type CloudflareRoute = Route<Permission, CloudflareCall>;

const HEX_ID = /^[0-9a-f]{32}$/;

export function bodyOf<Value>({ request }: CloudflareCall, schema: z.ZodType<Value>): Value {
  const parsed = parseJsonBody(request.body, schema);
  if ("problems" in parsed) throw badBody(parsed.problems);
  return parsed.value;
}

export function zoneOf({ request, world }: CloudflareCall, zoneId: string): Zone {
  const zone = HEX_ID.test(zoneId) ? lookUp(world.state.zones, zoneId) : undefined;
  if (zone) return zone;
  if (HEX_ID.test(zoneId) && world.state.switches.missingZone === "forbidden") {
    throw new Refusal(403, SEEN.authentication);
  }
  throw noRoute(request.path);
}

/** An account that the caller has no part in looks like a wrong token (code 10000). */
export function accountOf({ request, world }: CloudflareCall, accountId: string): Account {
  if (!HEX_ID.test(accountId)) throw noRoute(request.path);
  const account = lookUp(world.state.accounts, accountId);
  if (!account) throw new Refusal(403, SEEN.authentication);
  return account;
}
