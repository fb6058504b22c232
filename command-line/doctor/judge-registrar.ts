import { foreignText } from "../../provider/core/foreign-text";
import { type Found, fault, ok, warning } from "./finding";
import type { Seen } from "./seen";
import { servingBy } from "./serving";

/** What HostUp says of the domain, where the stack or the account has it there. */
export function judgeRegistrar({ registrar, zoneName, dnssec }: Seen): readonly Found[] {
  if (registrar.kind === "none") return [];
  if (registrar.kind === "not asked") {
    const [text = "", ...next] = registrar.why.split("\n");
    return [
      warning(
        "hostup-not-asked",
        `Nothing is known of ${zoneName} at HostUp: ${text}`,
        ...next.map((line) => line.replace(/^Next: /, "")),
      ),
    ];
  }
  const { status, isBlocked, blockedUntil, blockReason, lastError, reason } = registrar.auto;
  if (isBlocked || status === "blocked") {
    const until = blockedUntil ? ` until ${foreignText(blockedUntil)}` : "";
    return [
      warning(
        "hostup-blocked",
        `HostUp's automatic DNSSEC of ${zoneName} is blocked${until}: ${foreignText(blockReason ?? reason ?? "it does not say why")}`,
        "wait until the block ends: a change of the domain's name servers is the usual cause.",
      ),
    ];
  }
  if (status === "error")
    return [
      fault(
        "hostup-error",
        `HostUp's automatic DNSSEC of ${zoneName} failed: ${foreignText(lastError ?? reason ?? "it does not say why")}`,
        "fix the cause if it is named above; otherwise contact HostUp's support.",
      ),
    ];
  const { signer } = servingBy(dnssec);
  if ((status === "active" || status === "pending") && (signer === "primary" || signer === "both"))
    return [
      warning(
        "hostup-publishes",
        `HostUp publishes a DS of ${zoneName} automatically (${status}), but the zone is signed at its primary.`,
        'exclude the domain (registrar: { hostup: { dnssec: "excluded" } }), and publish the DS of the primary.',
      ),
    ];
  return [ok("hostup-ok", `HostUp's automatic DNSSEC of ${zoneName} is ${foreignText(status)}.`)];
}
