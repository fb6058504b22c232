import { modeChangeTests } from "../support/mode-change-tests";

// Each of the twelve ways from one mode to another, once.
modeChangeTests(
  "none",
  "nsec",
  "none",
  "nsec3",
  "none",
  "multi-signer",
  "nsec",
  "nsec3",
  "nsec",
  "multi-signer",
  "nsec3",
  "multi-signer",
  "none",
);
