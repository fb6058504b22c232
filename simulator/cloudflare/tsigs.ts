import { z } from "zod";
import type { Tsig } from "../state";
import { accountObjectRoutes } from "./account-objects";
import { bodyOf, type CloudflareCall } from "./call";
import { Refusal } from "./envelope";
import { CHOSEN } from "./error-codes";
import { type TsigFields, tsigForm } from "./tsig-form";

const text = z.string().min(1, "must not be empty");
const tsigBody = z.strictObject({ name: text, algo: text, secret: text });

/** With the secret in clear, as the real service shows it on every read. */
function present({ id, name, algo, secret }: Tsig): object {
  return { id, name, algo, secret };
}

function fieldsOf(call: CloudflareCall): TsigFields {
  return tsigForm(bodyOf(call, tsigBody), call.world.state.switches);
}

/** https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/tsigs/ */
export const tsigRoutes = accountObjectRoutes<Tsig>({
  collection: "tsigs",
  membersOf: ({ tsigs }) => tsigs,
  notFound: CHOSEN.tsigNotFound,
  present,
  create: (call, owned) => ({ ...owned, ...fieldsOf(call) }),
  replace: (call, tsig) => void Object.assign(tsig, fieldsOf(call)),
  requireUnused: ({ id }, { peers, switches }) => {
    const isUsed = Object.values(peers).some(({ tsig_id }) => tsig_id === id);
    if (isUsed && switches.deleteTsigInUse === "refuse") throw new Refusal(400, CHOSEN.tsigInUse);
  },
});
