import { at, list, type Problem, shape, show, strayFields } from "./problem";

const MODES = ["automatic", "ds-records", "excluded"];

/** Whether it names one domain, the child sees. */
export function registrarProblems(registrar: unknown, dnssecChoice: unknown): Problem[] {
  if (registrar === undefined) return [];
  const hostup = at(registrar, "hostup");
  if (hostup === undefined)
    return [{ path: "registrar", given: shape(registrar), allowed: "{ hostup: { domainName, dnssec } }" }];
  const dnssec = at(hostup, "dnssec");
  return [
    ...strayFields(registrar, "registrar", ["hostup"]),
    ...strayFields(hostup, "registrar.hostup", [
      "domainName",
      "domainId",
      "dnssec",
      ...(dnssec === "ds-records" ? ["waitForRemoval"] : []),
    ]),
    ...(MODES.includes(String(dnssec))
      ? []
      : [{ path: "registrar.hostup.dnssec", given: show(dnssec), allowed: list(MODES) }]),
    ...(dnssec === "ds-records" && at(dnssecChoice, "ds") === false
      ? [{ path: "dnssec.ds", given: "false", allowed: 'true with registrar.hostup.dnssec "ds-records"' }]
      : []),
  ];
}
