import { z } from "zod";
import { Secret } from "../core/secret";
import { absoluteName } from "../dns/domain-name";
import { accountCollection } from "./account-collection";
import { objectId } from "./object-id";

const tsig = z
  .object({ id: objectId, name: z.string(), algo: z.string(), secret: z.string() })
  .transform(({ secret, ...rest }) => ({ ...rest, secret: new Secret(secret) }));

/** A TSIG key as Cloudflare holds it. https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/tsigs/ */
export type TsigKey = z.output<typeof tsig>;
export type TsigContent = Omit<TsigKey, "id">;

export const accountTsigs = accountCollection<TsigKey, TsigContent>({
  collection: "tsigs",
  called: { one: "TSIG", many: "TSIGs" },
  item: tsig,
  bodyOf: ({ name, algo, secret }) => ({ name, algo, secret: secret.reveal() }),
  comparable: ({ name, algo, secret }) => ({
    name: absoluteName(name),
    algo: absoluteName(algo),
    secret: secret.reveal(),
  }),
});
