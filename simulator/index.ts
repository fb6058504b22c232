export type { FaultRule } from "./faults";
export type { LoggedRequest } from "./request-log";
export {
  type Simulator,
  type SimulatorAddress,
  type SimulatorOptions,
  startSimulator,
} from "./start-simulator";
export type {
  Domain,
  DsRecord,
  IncomingTransfer,
  Peer,
  Permission,
  RateLimit,
  Scope,
  State,
  Tsig,
  Zone,
} from "./state";
export type { Switches } from "./switches";
