import { z } from "zod";
import { lookUp, type Peer, type State } from "../state";
import { accountObjectRoutes } from "./account-objects";
import { bodyOf, type CloudflareCall } from "./call";
import { badBody, Refusal } from "./envelope";
import { CHOSEN } from "./error-codes";
import { withNulls } from "./null-fields";

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

function present({ accountId: _, ...peer }: Peer, { switches }: State): object {
  if (switches.unsetPeerFields === "empty") return peer;
  return Object.fromEntries(Object.entries(peer).filter(([, value]) => Boolean(value)));
}

function replace(call: CloudflareCall, peer: Peer): void {
  const { tsigs, switches } = call.world.state;
  const { peerOmittedKeys, nullFields } = switches;
  const schema = peerOmittedKeys === "refuse" ? wholeBody : partialBody;
  const given = bodyOf(call, withNulls(nullFields, schema));
  const isKnown = !given.tsig_id || lookUp(tsigs, given.tsig_id)?.accountId === peer.accountId;
  if (!isKnown) throw badBody([{ kind: "invalid", pointer: "/tsig_id", detail: "no such TSIG" }]);
  Object.assign(peer, peerOmittedKeys === "cleared" ? UNSET : {}, given);
}

/** https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/peers/ */
export const peerRoutes = accountObjectRoutes<Peer>({
  collection: "peers",
  membersOf: ({ peers }) => peers,
  notFound: CHOSEN.peerNotFound,
  present,
  create: (call, owned) => ({
    ...owned,
    name: bodyOf(call, newBody[call.world.state.switches.peerCreateFields]).name,
    ...UNSET,
  }),
  replace,
  requireUnused: ({ id }, { zones, switches }) => {
    const isUsed = Object.values(zones).some(({ incoming }) => incoming?.peers.includes(id));
    if (isUsed && switches.deletePeerInUse === "refuse") throw new Refusal(400, CHOSEN.peerInUse);
  },
});
