import fc from "fast-check";
import { outputsOf, type Subject, zoneIn } from "./subject";

export const zoneDnssec: Subject = {
  kind: "zoneDnssec",
  wishes: {
    dnssec: fc.record({
      status: fc.constantFrom("active", "disabled"),
      dnssecUseNsec3: fc.boolean(),
      dnssecMultiSigner: fc.boolean(),
      onDelete: fc.constantFrom("restore", "restore", "retain"),
    }),
  },
  target: ({ zones: [zone] }) => ({ zoneId: zone?.id }),
  changes: {
    "change a flag": (world) => {
      const { id, dnssec } = zoneIn(world);
      const change = { dnssec_use_nsec3: !dnssec.dnssec_use_nsec3 };
      return outputsOf(world, "dnssec") && { zones: { [id]: { dnssec: change } } };
    },
    "switch DNSSEC": (world) => {
      const { id, dnssec } = zoneIn(world);
      const change = { status: dnssec.status === "disabled" ? "pending" : "disabled" };
      return outputsOf(world, "dnssec") && { zones: { [id]: { dnssec: change } } };
    },
  },
  standing(world) {
    const { status, dnssec_use_nsec3, dnssec_multi_signer, modified_on } = zoneIn(world).dnssec;
    const asked = status === "pending" || status === "active" ? "active" : "disabled";
    const deleted = asked === "disabled" && modified_on === null;
    return { asked, dnssec_use_nsec3, dnssec_multi_signer, deleted };
  },
  check(world) {
    const outputs = outputsOf(world, "dnssec");
    if (!outputs) return;
    const { status, dnssec_use_nsec3, dnssec_multi_signer } = zoneIn(world).dnssec;
    expect(outputs).toMatchObject({
      observedStatus: status,
      dnssecUseNsec3: dnssec_use_nsec3,
      dnssecMultiSigner: dnssec_multi_signer,
    });
  },
};
