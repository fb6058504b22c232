import { foreignText } from "../../core/foreign-text";
import type { Verdict } from "../../engine/poll";
import type { DnssecAuto, DnssecAutoAction } from "../../hostup/dnssec-auto";
import type { Delegation } from "../../hostup/nameservers";

export type Enrolment = DnssecAutoAction | "unclear";

/**
 * Whether the domain takes part in automatic DNSSEC. Only `excluded` means that it does not; a
 * blocked domain may be either (HostUp's own example answers `blocked` to an exclude), and so may
 * one in a status that its documents do not name.
 */
export function enrolmentOf({ status }: DnssecAuto): Enrolment {
  switch (status) {
    case "excluded":
      return "exclude";
    case "active":
    case "inactive":
    case "pending":
    case "error":
      return "include";
    default:
      return "unclear";
  }
}

/** The action to send, or `undefined`. Sending one twice is harmless, so in doubt it is sent. */
export function planAction(observed: DnssecAuto, wanted: DnssecAutoAction): DnssecAutoAction | undefined {
  return enrolmentOf(observed) === wanted ? undefined : wanted;
}

export type OnDelete = "restore" | "exclude" | "include" | "retain";

/** What the domain should be once the resource is gone, or `undefined` to leave it as it is. */
export function afterDelete(onDelete: OnDelete, before: Enrolment | undefined): DnssecAutoAction | undefined {
  switch (onDelete) {
    case "retain":
      return undefined;
    case "restore":
      return before === "unclear" ? undefined : before;
    case "include":
    case "exclude":
      return onDelete;
  }
}

/** Whether waiting for `active` has an end. A block can last 72 hours, so it is not waited for. */
export function judge({
  status,
  isBlocked,
  blockedUntil,
  blockReason,
  reason,
  lastError,
}: DnssecAuto): Verdict {
  if (status === "active") return { kind: "reached" };
  if (status === "blocked" || isBlocked) {
    const until = foreignText(blockedUntil ?? "an unknown time", 40);
    return { kind: "stuck", why: `it is blocked until ${until}: ${firstLine(blockReason ?? reason)}` };
  }
  if (status === "pending") return { kind: "wait" };
  if (status === "error") {
    return { kind: "stuck", why: `HostUp's last attempt failed: ${firstLine(lastError ?? reason)}` };
  }
  const until = blockedUntil === null ? "" : ` (and blocked until ${foreignText(blockedUntil, 40)})`;
  return { kind: "stuck", why: `its status is ${foreignText(status, 40)}${until}: ${firstLine(reason)}` };
}

/** What to do when a domain does not become active. `delegation` is only of use for one that is inactive. */
export function hintFor({ status }: DnssecAuto, delegation: Delegation | undefined): string {
  if (status !== "inactive") {
    return "Next: run the command again later, or set waitForActive to false to go on without it.";
  }
  const { nameservers = [], dnssecAutoWillBeBlocked = false } = delegation ?? {};
  const list = nameservers.map((host) => foreignText(host, 255)).join(", ");
  return [
    ...(list === "" ? [] : [`Its name servers are ${foreignText(list)}.`]),
    ...(dnssecAutoWillBeBlocked
      ? ["Changing them now would pause automatic DNSSEC for up to 72 hours."]
      : []),
    'Next: to have HostUp publish the DS, use HostUp\'s own name servers (.se and .nu only); for a zone served elsewhere, set action to "exclude" and publish the DS with a HostupDsRecord. To go on without waiting, set waitForActive to false.',
  ].join("\n");
}

/** `lastError` can be a log of many lines in Swedish; its first line says enough. */
function firstLine(text: string | null): string {
  const [first] = text?.trim().split("\n") ?? [];
  return first ? foreignText(first).slice(0, 200) : "no reason given";
}
