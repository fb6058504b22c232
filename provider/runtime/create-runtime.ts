import { clearNotes } from "../chain/run/access";
import { accountAcls } from "../cloudflare/acls";
import { recentDnssec } from "../cloudflare/dnssec";
import { recentIncoming } from "../cloudflare/incoming";
import { accountPeers } from "../cloudflare/peers";
import { accountTsigs } from "../cloudflare/tsigs";
import type { Transport } from "../http/transport";
import { createClients } from "./clients";
import { hostupDnssecAutoProvider } from "./hostup-dnssec-auto/resource";
import { hostupDsRecordProvider } from "./hostup-ds-record/resource";
import { hostupDsSetProvider } from "./hostup-ds-set/resource";
import { WantedRecords } from "./hostup-ds-set/wanted-records";
import { incomingTransferProvider } from "./incoming-transfer/resource";
import { primaryDsProvider } from "./primary-ds/resource";
import { Runs } from "./runs";
import { transferAclProvider } from "./transfer-acl/resource";
import { PeerLinks } from "./transfer-peer/links";
import { transferPeerProvider } from "./transfer-peer/resource";
import { tsigProvider } from "./tsig/resource";
import { zoneDnssecProvider } from "./zone-dnssec/resource";

/** All resources of one process, over one transport: what they know of each other is in here. */
export function createRuntime(transport: Transport) {
  const clients = createClients(transport);
  const links = new PeerLinks();
  const records = new WantedRecords();
  const runs = new Runs(() => {
    links.clear();
    records.clear();
    clearNotes(clients.notes);
    for (const recent of [recentDnssec, recentIncoming, accountAcls, accountPeers, accountTsigs])
      recent.forgetAll();
  });
  return {
    hostupDnssecAuto: runs.hear("hostupDnssecAuto", hostupDnssecAutoProvider(clients)),
    hostupDsRecord: runs.hear("hostupDsRecord", hostupDsRecordProvider(clients, undefined, records)),
    hostupDsSet: runs.hear("hostupDsSet", hostupDsSetProvider(clients, undefined, records)),
    incomingTransfer: runs.hear("incomingTransfer", incomingTransferProvider(clients, links)),
    primaryDs: runs.hear("primaryDs", primaryDsProvider(clients)),
    transferAcl: runs.hear("transferAcl", transferAclProvider(clients)),
    transferPeer: runs.hear("transferPeer", transferPeerProvider(clients, links)),
    tsig: runs.hear("tsig", tsigProvider(clients)),
    zoneDnssec: runs.hear("zoneDnssec", zoneDnssecProvider(clients)),
  };
}
