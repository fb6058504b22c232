import { modeChangeTests } from "../support/mode-change-tests";

// Every way from each to each is in tests/long.
modeChangeTests("none", "nsec3", "none", "nsec", "nsec3");
