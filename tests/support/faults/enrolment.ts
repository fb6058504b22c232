import fc from "fast-check";
import { domainIn, outputsOf, type Subject, type World } from "./subject";

export const enrolment: Subject = {
  kind: "hostupDnssecAuto",
  wishes: {
    auto: fc.record({
      action: fc.constantFrom("include", "exclude"),
      onDelete: fc.constantFrom("restore", "restore", "retain"),
    }),
  },
  target: ({ domains: [domain] }) => ({ domainName: domain?.name }),
  changes: {
    "enrol or exclude": (world) => {
      const status = actionIn(world) === "exclude" ? "active" : "excluded";
      const change = { [domainIn(world).id]: { dnssecAuto: { status } } };
      return outputsOf(world, "auto") && { domains: change };
    },
  },
  standing: actionIn,
  check(world) {
    const outputs = outputsOf(world, "auto");
    if (outputs) expect(actionIn(world)).toBe(outputs.action);
  },
};

function actionIn(world: World): "exclude" | "include" {
  return domainIn(world).dnssecAuto.status === "excluded" ? "exclude" : "include";
}
