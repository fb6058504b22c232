import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { ApiAnswer } from "../http";
import { lookUp, type Peer } from "../state";
import { bodyOf, type CloudflareCall, type CloudflareRoute, requireAccount } from "./call";
import { badBody, Refusal, success } from "./envelope";
import { CHOSEN } from "./error-codes";

const name = z.string().min(1, "must not be empty");
const settings = {
  ip: z.union([z.literal(""), z.ipv4(), z.ipv6()], "must be an IPv4 or IPv6 address"),
  port: z.int().min(0).max(65_535),
  ixfr_enable: z.boolean(),
  tsig_id: z.string(),
};

const newBody = { refuse: z.strictObject({ name }), ignore: z.object({ name }) };
const wholeBody = z.strictObject({ name, ...settings });
const partialBody = z
  .strictObject({ name, ...settings })
  .partial()
  .required({ name: true });

/** As a fresh peer shows what nobody has set. */
const UNSET = { ip: "", port: 0, ixfr_enable: false, tsig_id: "" };

function present({ accountId: _, ...peer }: Peer): object {
  return peer;
}

function peerOf(call: CloudflareCall, accountId: string, peerId: string): Peer {
  requireAccount(call, accountId);
  const peer = lookUp(call.world.state.peers, peerId);
  if (peer?.accountId !== accountId) throw new Refusal(404, CHOSEN.peerNotFound);
  return peer;
}

/** All on one page, like the TSIGs. */
function list(call: CloudflareCall, accountId: string): ApiAnswer {
  requireAccount(call, accountId);
  const found = Object.values(call.world.state.peers).filter((peer) => peer.accountId === accountId);
  const count = found.length;
  return success(found.map(present), { page: 1, per_page: count, count, total_count: count });
}

/** Names are not unique: the same request twice makes two. */
function create(call: CloudflareCall, accountId: string): ApiAnswer {
  requireAccount(call, accountId);
  const { state } = call.world;
  const given = bodyOf(call, newBody[state.switches.peerCreateFields]);
  const peer: Peer = { id: randomBytes(16).toString("hex"), accountId, name: given.name, ...UNSET };
  state.peers[peer.id] = peer;
  return success(present(peer));
}

function replace(call: CloudflareCall, accountId: string, peerId: string): ApiAnswer {
  const peer = peerOf(call, accountId, peerId);
  const { tsigs, switches } = call.world.state;
  const given = bodyOf(call, switches.peerOmittedKeys === "refuse" ? wholeBody : partialBody);
  const isKnown = !given.tsig_id || lookUp(tsigs, given.tsig_id)?.accountId === accountId;
  if (!isKnown) throw badBody([{ kind: "invalid", pointer: "/tsig_id", detail: "no such TSIG" }]);
  Object.assign(peer, switches.peerOmittedKeys === "cleared" ? UNSET : {}, given);
  return success(present(peer));
}

function remove(call: CloudflareCall, accountId: string, peerId: string): ApiAnswer {
  const { id } = peerOf(call, accountId, peerId);
  const { peers, zones, switches } = call.world.state;
  const isUsed = Object.values(zones).some(({ incoming }) => incoming?.peers.includes(id));
  if (isUsed && switches.deletePeerInUse === "refuse") throw new Refusal(400, CHOSEN.peerInUse);
  delete peers[id];
  return success({ id });
}

const READ = ["Account Settings Read", "Account Settings Write"] as const;
const WRITE = ["Account Settings Write"] as const;
const COLLECTION = "/accounts/*/secondary_dns/peers";
const MEMBER = "/accounts/*/secondary_dns/peers/*";

export const peerRoutes: readonly CloudflareRoute[] = [
  { method: "GET", path: COLLECTION, rights: READ, handle: list },
  { method: "POST", path: COLLECTION, rights: WRITE, handle: create },
  {
    method: "GET",
    path: MEMBER,
    rights: READ,
    handle: (call, accountId: string, peerId: string) => success(present(peerOf(call, accountId, peerId))),
  },
  { method: "PUT", path: MEMBER, rights: WRITE, handle: replace },
  { method: "DELETE", path: MEMBER, rights: WRITE, handle: remove },
];
