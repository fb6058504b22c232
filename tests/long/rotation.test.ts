import { CONFIGURABLE } from "../support/configured-primary";
import { bindServer } from "../support/dns-server-bind";
import { testRotation } from "../support/rotation";

testRotation(CONFIGURABLE.filter((kind) => kind !== bindServer));
