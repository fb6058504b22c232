import { undottedALabels } from "../../provider/dns/domain-name";
import { at, list, type Problem, shape, show, strayFields } from "./problem";

const MODES = ["automatic", "ds-records", "excluded"];

/** Whether it names one domain, the child sees. */
export function registrarProblems(registrar: unknown, dnssecChoice: unknown, zoneName: unknown): Problem[] {
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
    ...(dnssec === "ds-records" ? otherDomain(at(hostup, "domainName"), zoneName) : []),
  ];
}

/** The DS of a zone is for the domain of its own name. */
function otherDomain(domainName: unknown, zoneName: unknown): Problem[] {
  if (typeof domainName !== "string" || typeof zoneName !== "string") return [];
  if (undottedALabels(domainName) === undottedALabels(zoneName)) return [];
  const allowed = `${show(zoneName)}, the zone whose DS is published`;
  return [{ path: "registrar.hostup.domainName", given: show(domainName), allowed }];
}
