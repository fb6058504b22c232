import { z } from "zod";
import type { ApiAnswer } from "../http";
import type { BodyProblem } from "../json-body";
import { type IncomingTransfer, lookUp, type State, type Zone } from "../state";
import { withDot } from "../trailing-dot";
import { nextRefresh, timestamp } from "../transfers/record";
import { bodyOf, type CloudflareCall, type CloudflareRoute, zoneOf } from "./call";
import { badBody, Refusal, success } from "./envelope";
import { CHOSEN } from "./error-codes";
import { asciiName, shownZoneName } from "./shown-zone-name";

const MOST_PEERS = 30;

/**
 * `id` stands in the specification's body and is sent by nobody.
 * https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/incoming/
 */
const body = z.strictObject({
  id: z.string().exactOptional(),
  name: z.string().min(1, "must not be empty"),
  peers: z.array(z.string()),
  auto_refresh_seconds: z.int().min(300).default(86_400),
});

type Wanted = Pick<IncomingTransfer, "name" | "peers" | "auto_refresh_seconds">;

function present(zone: Zone, incoming: IncomingTransfer, { switches }: State): object {
  const { serial, at } = zone.transfer;
  const isHidden = serial === null && switches.incomingUnchecked === "absent";
  return {
    id: zone.id,
    ...incoming,
    name: shownZoneName(incoming.name, switches),
    ...(isHidden ? {} : { soa_serial: serial ?? 0 }),
    ...(at === null ? {} : { checked_time: at }),
  };
}

function incomingOf({ incoming }: Zone): IncomingTransfer {
  if (!incoming) throw new Refusal(404, CHOSEN.incomingNotFound);
  return incoming;
}

/** What the service stores for what it was given; all that is wrong with it in one Refusal. */
function wantedOf(call: CloudflareCall, zone: Zone): Wanted {
  const { peers: known, switches } = call.world.state;
  const given = bodyOf(call, body);
  const problems: BodyProblem[] = [];
  const complain = (pointer: string, detail: string) => problems.push({ kind: "invalid", pointer, detail });

  const name = withDot(given.name, switches.incomingNames);
  if (name === undefined) complain("/name", "must end in a dot");
  else if (asciiName(withoutDot(name)) !== withoutDot(zone.name))
    complain("/name", "must be the name of the zone");
  given.peers.forEach((id, index) => {
    if (lookUp(known, id)?.accountId !== zone.accountId) complain(`/peers/${index}`, "no such peer");
  });
  // A set: neither twice, nor in the order in which they were given.
  const peers = [...new Set(given.peers)].sort();
  if (peers.length > MOST_PEERS) complain("/peers", `must be ${MOST_PEERS} at most`);

  if (problems.length > 0 || name === undefined) throw badBody(problems);
  return { name, peers, auto_refresh_seconds: given.auto_refresh_seconds };
}

function withoutDot(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function create(call: CloudflareCall, zoneId: string): ApiAnswer {
  const zone = zoneOf(call, zoneId);
  const { state, now } = call.world;
  const wanted = wantedOf(call, zone);
  if (zone.incoming && state.switches.incomingTwice === "refuse") {
    throw new Refusal(400, CHOSEN.incomingExists);
  }
  const made = timestamp(now());
  const incoming = { ...wanted, created_time: made, modified_time: made };
  // Seen on the real service: success for a zone that is not secondary, and nothing is kept.
  if (zone.type === "secondary") link(call, zone, incoming);
  return success(present(zone, incoming, state));
}

function replace(call: CloudflareCall, zoneId: string): ApiAnswer {
  const zone = zoneOf(call, zoneId);
  const { created_time } = incomingOf(zone);
  const wanted = wantedOf(call, zone);
  const incoming = { ...wanted, created_time, modified_time: timestamp(call.world.now()) };
  link(call, zone, incoming);
  return success(present(zone, incoming, call.world.state));
}

function link({ world, transfers }: CloudflareCall, zone: Zone, incoming: IncomingTransfer): void {
  zone.incoming = incoming;
  zone.transfer.refreshAt = nextRefresh(incoming, world);
  if (world.state.switches.transferWhenLinked) transfers.start(zone.id, "link");
}

function remove(call: CloudflareCall, zoneId: string): ApiAnswer {
  const zone = zoneOf(call, zoneId);
  incomingOf(zone);
  zone.incoming = null;
  zone.transfer.refreshAt = null;
  return success({ id: zone.id });
}

/**
 * Asynchronous: "OK" says no more than that it was heard.
 * https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/force_axfr/
 */
function force(call: CloudflareCall, zoneId: string): ApiAnswer {
  const zone = zoneOf(call, zoneId);
  incomingOf(zone);
  call.transfers.start(zone.id, "force_axfr");
  return success("OK");
}

const WRITE = ["Zone Settings Write", "Zone Write", "DNS Write"] as const;
const READ = [...WRITE, "Zone Settings Read", "Zone Read", "DNS Read"] as const;
const PATH = "/zones/*/secondary_dns/incoming";

export const incomingRoutes: readonly CloudflareRoute[] = [
  {
    method: "GET",
    path: PATH,
    rights: READ,
    handle: (call, zoneId: string) => {
      const zone = zoneOf(call, zoneId);
      return success(present(zone, incomingOf(zone), call.world.state));
    },
  },
  { method: "POST", path: PATH, rights: WRITE, handle: create },
  { method: "PUT", path: PATH, rights: WRITE, handle: replace },
  { method: "DELETE", path: PATH, rights: WRITE, handle: remove },
  { method: "POST", path: "/zones/*/secondary_dns/force_axfr", rights: WRITE, handle: force },
];
