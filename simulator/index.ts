export type { FaultRule } from "./faults";
export type { RecordText } from "./primary/records";
export type { PrimaryKey, PrimaryState, PrimaryZone } from "./primary/state";
export type { LoggedRequest } from "./request-log";
export type { Simulator, SimulatorAddress, SimulatorOptions } from "./simulator-options";
export { startSimulator } from "./start-simulator";
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
