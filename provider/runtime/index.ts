import { endWithEngine } from "../engine/end-with-engine";
import { createTransport } from "../http/transport";
import { createRuntime } from "./create-runtime";

endWithEngine();

/**
 * What the resources' `__provider` text loads by name. State files hold that text, so these names
 * stay for ever; they are not for programs.
 */
export const {
  hostupDnssecAuto,
  hostupDsRecord,
  hostupDsSet,
  incomingTransfer,
  primaryDs,
  transferAcl,
  transferPeer,
  tsig,
  zoneDnssec,
} = createRuntime(createTransport());
