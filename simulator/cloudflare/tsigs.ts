import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { ApiAnswer } from "../http";
import { lookUp, type Tsig } from "../state";
import { bodyOf, type CloudflareCall, type CloudflareRoute, requireAccount } from "./call";
import { Refusal, success } from "./envelope";
import { CHOSEN } from "./error-codes";
import { type TsigFields, tsigForm } from "./tsig-form";

const text = z.string().min(1, "must not be empty");
const tsigBody = z.strictObject({ name: text, algo: text, secret: text });

/** With the secret in clear, as the real service shows it on every read. */
function present({ id, name, algo, secret }: Tsig): object {
  return { id, name, algo, secret };
}

function tsigOf(call: CloudflareCall, accountId: string, tsigId: string): Tsig {
  requireAccount(call, accountId);
  const tsig = lookUp(call.world.state.tsigs, tsigId);
  if (tsig?.accountId !== accountId) throw new Refusal(404, CHOSEN.tsigNotFound);
  return tsig;
}

function fieldsOf(call: CloudflareCall): TsigFields {
  return tsigForm(bodyOf(call, tsigBody), call.world.state.switches);
}

/**
 * All on one page: the specification gives the list no paging parameters.
 * https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/tsigs/methods/list/
 */
function list(call: CloudflareCall, accountId: string): ApiAnswer {
  requireAccount(call, accountId);
  const found = Object.values(call.world.state.tsigs).filter((tsig) => tsig.accountId === accountId);
  const count = found.length;
  return success(found.map(present), { page: 1, per_page: count, count, total_count: count });
}

/** Names are not unique: the same request twice makes two. */
function create(call: CloudflareCall, accountId: string): ApiAnswer {
  requireAccount(call, accountId);
  const tsig: Tsig = { id: randomBytes(16).toString("hex"), accountId, ...fieldsOf(call) };
  call.world.state.tsigs[tsig.id] = tsig;
  return success(present(tsig));
}

function replace(call: CloudflareCall, accountId: string, tsigId: string): ApiAnswer {
  const tsig = tsigOf(call, accountId, tsigId);
  Object.assign(tsig, fieldsOf(call));
  return success(present(tsig));
}

function remove(call: CloudflareCall, accountId: string, tsigId: string): ApiAnswer {
  const { id } = tsigOf(call, accountId, tsigId);
  const { tsigs, peers, switches } = call.world.state;
  const isUsed = Object.values(peers).some(({ tsig_id }) => tsig_id === id);
  if (isUsed && switches.deleteTsigInUse === "refuse") throw new Refusal(400, CHOSEN.tsigInUse);
  delete tsigs[id];
  return success({ id });
}

const READ = ["Account Settings Read", "Account Settings Write"] as const;
const WRITE = ["Account Settings Write"] as const;
const COLLECTION = "/accounts/*/secondary_dns/tsigs";
const MEMBER = "/accounts/*/secondary_dns/tsigs/*";

export const tsigRoutes: readonly CloudflareRoute[] = [
  { method: "GET", path: COLLECTION, rights: READ, handle: list },
  { method: "POST", path: COLLECTION, rights: WRITE, handle: create },
  {
    method: "GET",
    path: MEMBER,
    rights: READ,
    handle: (call, accountId: string, tsigId: string) => success(present(tsigOf(call, accountId, tsigId))),
  },
  { method: "PUT", path: MEMBER, rights: WRITE, handle: replace },
  { method: "DELETE", path: MEMBER, rights: WRITE, handle: remove },
];
