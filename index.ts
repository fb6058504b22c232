export type { DnssecChoice, PrimaryPolicy } from "./components/dnssec-choice";
export { primaryConfig } from "./components/primary-config";
export { SecondaryZone } from "./components/secondary-zone";
export type {
  HostupChoice,
  Primary,
  PrimaryAddress,
  SecondaryZoneArgs,
  SharedPrimary,
} from "./components/secondary-zone-args";
export type { Transform } from "./components/transform";
export type { OwnTsig, RotatingTsig, SharedTsig, TsigChoice } from "./components/tsig-choice";
export { type ErrorCode, errorCodes } from "./provider/core/error-codes";
export { type TsigAlgorithm, tsigAlgorithms } from "./provider/dns/tsig-algorithm";
export { HostupDnssecAuto, type HostupDnssecAutoArgs } from "./provider/hostup-dnssec-auto";
export { HostupDsRecord, type HostupDsRecordArgs } from "./provider/hostup-ds-record";
export { HostupDsSet, type HostupDsSetArgs } from "./provider/hostup-ds-set";
export { IncomingTransfer, type IncomingTransferArgs } from "./provider/incoming-transfer";
export { type DsRecord, PrimaryDs, type PrimaryDsArgs } from "./provider/primary-ds";
export type { GetOptions } from "./provider/resource";
export { TransferAcl, type TransferAclArgs } from "./provider/transfer-acl";
export { TransferPeer, type TransferPeerArgs } from "./provider/transfer-peer";
export { Tsig, type TsigArgs } from "./provider/tsig";
export { type DsAtParent, ZoneDnssec, type ZoneDnssecArgs } from "./provider/zone-dnssec";
export type { PrimaryConfig } from "./servers";
export type { SecondaryAddresses } from "./servers/secondary-addresses";
