import {
  createIncoming,
  deleteIncoming,
  forceTransfer,
  getIncoming,
  replaceIncoming,
} from "../../../provider/cloudflare/incoming";
import { accountPeers } from "../../../provider/cloudflare/peers";
import { getZone } from "../../../provider/cloudflare/zones";
import { listDomains } from "../../../provider/hostup/list-domains";
import { ACCOUNT, everyOperation, TSIG, ZONE } from "../client-operations";
import type { Clients } from "../clients";

export const PEER = "0f".repeat(16);

type Call = (clients: Clients) => Promise<unknown>;

const transfer = { name: "example.com", peers: [PEER], auto_refresh_seconds: 600 };
const peer = { name: "primary", ip: "192.0.2.53", port: 53, ixfr_enable: false, tsig_id: TSIG };

const others: Readonly<Record<string, Call>> = {
  "list the peers": ({ cloudflare }) => accountPeers.list(cloudflare, ACCOUNT),
  "read a peer": ({ cloudflare }) => accountPeers.get(cloudflare, ACCOUNT, PEER),
  "create a peer": ({ cloudflare }) =>
    accountPeers.create(cloudflare, ACCOUNT, { name: peer.name }, async () =>
      (await accountPeers.list(cloudflare, ACCOUNT)).find(({ name }) => name === peer.name),
    ),
  "update a peer": ({ cloudflare }) => accountPeers.replace(cloudflare, ACCOUNT, PEER, peer),
  "delete a peer": ({ cloudflare }) => accountPeers.remove(cloudflare, ACCOUNT, PEER),
  "read the incoming transfer": ({ cloudflare }) => getIncoming(cloudflare, ZONE),
  "create the incoming transfer": ({ cloudflare }) => createIncoming(cloudflare, ZONE, transfer),
  "update the incoming transfer": ({ cloudflare }) => replaceIncoming(cloudflare, ZONE, transfer),
  "delete the incoming transfer": ({ cloudflare }) => deleteIncoming(cloudflare, ZONE),
  "force a transfer": ({ cloudflare }) => forceTransfer(cloudflare, ZONE),
  "read a zone": ({ cloudflare }) => getZone(cloudflare, ZONE),
  "list the domains": ({ hostup }) => listDomains(hostup),
};

/** Every call of the typed clients, by what it does. */
export const CALLS: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(everyOperation.map(({ named, run }) => [named, run])),
  ...others,
};
