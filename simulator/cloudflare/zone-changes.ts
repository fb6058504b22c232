import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { ApiAnswer } from "../http";
import { plainName } from "../parent/zone-names";
import type { Zone } from "../state";
import { hostName, zoneSchema } from "../state-schema";
import { accountOf, bodyOf, type CloudflareCall, type CloudflareRoute, zoneOf } from "./call";
import { badBody, Refusal, success } from "./envelope";
import { CHOSEN, SEEN } from "./error-codes";
import { nameServersFor } from "./name-servers";
import { presentZone } from "./present-zone";
import { asciiName } from "./shown-zone-name";

const type = z.enum(["full", "partial", "secondary", "internal"]);
const newZone = z.strictObject({
  account: z.strictObject({ id: z.string() }),
  name: z.string().transform(asciiName).pipe(hostName),
  type: type.default("full"),
});
const change = z
  .strictObject({ paused: z.boolean(), type, vanity_name_servers: z.array(hostName) })
  .partial();

/** Where a name is delegated to before it is moved to Cloudflare. */
const ELSEWHERE = ["ns1.registrar.test", "ns2.registrar.test"];

/** https://developers.cloudflare.com/api/resources/zones/methods/create/ */
function create(call: CloudflareCall): ApiAnswer {
  const { state } = call.world;
  const given = bodyOf(call, newZone);
  const account = accountOf(call, given.account.id);
  const name = plainName(given.name);
  if (!name.includes(".")) {
    throw badBody([{ kind: "invalid", pointer: "/name", detail: "must be a registered name" }]);
  }
  if (Object.values(state.zones).some((zone) => plainName(zone.name) === name)) {
    throw new Refusal(400, { ...SEEN.zoneExists, message: `${name} ${SEEN.zoneExists.message}` });
  }
  const isSecondary = given.type === "secondary";
  if (isSecondary && state.switches.secondaryZoneSignup === "refuse") {
    throw new Refusal(400, CHOSEN.secondaryNotAllowed);
  }
  const zone = zoneSchema.parse({
    id: randomBytes(16).toString("hex"),
    name,
    type: given.type,
    status: "pending",
    // Nobody else may have secondary zones.
    plan: isSecondary ? "enterprise" : "free",
    accountId: account.id,
    parent: { nameServers: ELSEWHERE },
  });
  state.zones[zone.id] = zone;
  return success(presentZone(zone, state));
}

/** https://developers.cloudflare.com/api/resources/zones/methods/edit/ */
function edit(call: CloudflareCall, zoneId: string): ApiAnswer {
  const zone = zoneOf(call, zoneId);
  const given = bodyOf(call, change);
  if (Object.keys(given).length > 1) throw new Refusal(400, CHOSEN.oneProperty);
  const { paused = zone.paused, type = zone.type, vanity_name_servers = zone.vanityNameServers } = given;
  if (given.type !== undefined && zone.plan !== "enterprise") throw new Refusal(400, SEEN.planOrZone);
  const mayHaveVanity = zone.plan === "business" || zone.plan === "enterprise";
  if (given.vanity_name_servers && !mayHaveVanity) throw new Refusal(400, SEEN.planOrZone);
  Object.assign(zone, { paused, type, vanityNameServers: vanity_name_servers });
  return success(presentZone(zone, call.world.state));
}

function remove(call: CloudflareCall, zoneId: string): ApiAnswer {
  const { id } = zoneOf(call, zoneId);
  delete call.world.state.zones[id];
  return success({ id });
}

const CHECK_INTERVAL_MS = { free: 3_600_000, paid: 300_000 } as const;

/** https://developers.cloudflare.com/api/resources/zones/subresources/activation_check/ */
function checkActivation(call: CloudflareCall, zoneId: string): ApiAnswer {
  const zone = zoneOf(call, zoneId);
  const now = call.world.now();
  const interval = CHECK_INTERVAL_MS[zone.plan === "free" ? "free" : "paid"];
  if (zone.activationCheckedAt !== null && now < Date.parse(zone.activationCheckedAt) + interval) {
    throw new Refusal(400, CHOSEN.activationTooEarly);
  }
  zone.activationCheckedAt = new Date(now).toISOString();
  if (isDelegatedToUs(zone)) zone.status = "active";
  return success({ id: zone.id });
}

function isDelegatedToUs({ parent, type }: Zone): boolean {
  const ours = nameServersFor(type);
  return parent.nameServers.length > 0 && parent.nameServers.every((name) => ours.includes(plainName(name)));
}

const WRITE = ["Zone Write"] as const;

export const zoneChangeRoutes: readonly CloudflareRoute[] = [
  { method: "POST", path: "/zones", rights: WRITE, handle: create },
  { method: "PATCH", path: "/zones/*", rights: WRITE, handle: edit },
  { method: "DELETE", path: "/zones/*", rights: WRITE, handle: remove },
  { method: "PUT", path: "/zones/*/activation_check", rights: WRITE, handle: checkActivation },
];
