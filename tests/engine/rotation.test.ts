import { bindServer } from "../support/dns-server-bind";
import { testRotation } from "../support/rotation";

// The other servers are tried by `npm run test:long`.
testRotation([bindServer]);
