export type { DnssecChoice } from "./components/dnssec-choice";
export {
  type HostupChoice,
  type OwnTsig,
  SecondaryZone,
  type SecondaryZoneArgs,
} from "./components/secondary-zone";
export type { Transform } from "./components/transform";
export { HostupDnssecAuto, type HostupDnssecAutoArgs } from "./provider/hostup-dnssec-auto";
export { IncomingTransfer, type IncomingTransferArgs } from "./provider/incoming-transfer";
export type { GetOptions } from "./provider/resource";
export { TransferPeer, type TransferPeerArgs } from "./provider/transfer-peer";
export { Tsig, type TsigArgs } from "./provider/tsig";
export { ZoneDnssec, type ZoneDnssecArgs } from "./provider/zone-dnssec";
