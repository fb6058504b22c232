import { z } from "zod";
import { canonicalAddress } from "../dns/address";
import { accountCollection } from "./account-collection";
import { objectId } from "./object-id";

/** A primary to ask for transfers. A fresh peer has an empty address, port 0 and no key. */
const peer = z.object({
  id: objectId,
  name: z.string(),
  ip: z.string().nullish(),
  port: z.number().nullish(),
  ixfr_enable: z.boolean().nullish(),
  tsig_id: z.string().nullish(),
});

/** https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/peers/ */
export type Peer = z.output<typeof peer>;

export interface PeerContent {
  readonly name: string;
  readonly ip: string;
  readonly port: number;
  readonly ixfr_enable: boolean;
  readonly tsig_id: string;
}

const DNS_PORT = 53;

/** A create takes the name alone; the rest follows by `replace`. */
export const accountPeers = accountCollection<Peer, PeerContent, Pick<PeerContent, "name">>({
  collection: "peers",
  called: { one: "peer", many: "peers" },
  item: peer,
  bodyOf: (content) => ({ ...content }),
  comparable: ({ name, ip, port, ixfr_enable, tsig_id }: Partial<Peer>) => ({
    name,
    ip: canonicalAddress(ip ?? ""),
    port: port || DNS_PORT,
    ixfr_enable: ixfr_enable ?? false,
    tsig_id: tsig_id ?? "",
  }),
});
