export type { FaultRule } from "./faults";
export type { LoggedRequest } from "./request-log";
export {
  type Simulator,
  type SimulatorAddress,
  type SimulatorOptions,
  startSimulator,
} from "./start-simulator";
export type {
  Account,
  Acl,
  DnssecFlag,
  Domain,
  DsRecord,
  IncomingTransfer,
  Parent,
  Peer,
  Permission,
  RateLimit,
  Scope,
  State,
  Tsig,
  Zone,
} from "./state";
export type { Switches } from "./switches";
