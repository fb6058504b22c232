import type { Transport } from "../http/transport";
import { createClients } from "./clients";
import { hostupDnssecAutoProvider } from "./hostup-dnssec-auto/resource";
import { hostupDsRecordProvider } from "./hostup-ds-record/resource";
import { hostupDsSetProvider } from "./hostup-ds-set/resource";
import { incomingTransferProvider } from "./incoming-transfer/resource";
import { primaryDsProvider } from "./primary-ds/resource";
import { PeerLinks } from "./transfer-peer/links";
import { transferPeerProvider } from "./transfer-peer/resource";
import { tsigProvider } from "./tsig/resource";
import { zoneDnssecProvider } from "./zone-dnssec/resource";

/** All resources of one process, over one transport: what they know of each other is in here. */
export function createRuntime(transport: Transport) {
  const clients = createClients(transport);
  const links = new PeerLinks();
  return {
    hostupDnssecAuto: hostupDnssecAutoProvider(clients),
    hostupDsRecord: hostupDsRecordProvider(clients),
    hostupDsSet: hostupDsSetProvider(clients),
    incomingTransfer: incomingTransferProvider(clients, links),
    primaryDs: primaryDsProvider(clients),
    transferPeer: transferPeerProvider(clients, links),
    tsig: tsigProvider(clients),
    zoneDnssec: zoneDnssecProvider(clients),
  };
}
