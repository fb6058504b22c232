import { z } from "zod";
import { type HostupClient, unlessGone } from "./client";

/** The ten fields, all present: https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-dnssec-auto */
const dnssecAuto = z.object({
  domainName: z.string().nullable(),
  /** active, inactive, excluded, pending, error or blocked; a new one must not stop a refresh. */
  status: z.string(),
  reason: z.string().nullable(),
  isEnabled: z.boolean(),
  isBlocked: z.boolean(),
  blockedUntil: z.string().nullable(),
  blockReason: z.string().nullable(),
  lastCheckedAt: z.string().nullable(),
  lastError: z.string().nullable(),
  nameserversChangedAt: z.string().nullable(),
});
export type DnssecAuto = z.output<typeof dnssecAuto>;
export type DnssecAutoAction = "include" | "exclude";

const path = (domainId: string) => ["domains", domainId, "dnssec-auto"];

/** `undefined`: the account has no such domain. */
export function getDnssecAuto(client: HostupClient, domainId: string): Promise<DnssecAuto | undefined> {
  return unlessGone(
    client.call({
      operation: `read automatic DNSSEC of domain ${domainId}`,
      method: "GET",
      path: path(domainId),
      result: dnssecAuto,
      permission: "read:domains",
    }),
  );
}

/** Sets the enrolment; the answer is the state at once, often still `pending` or `blocked`. */
export function setDnssecAuto(
  client: HostupClient,
  domainId: string,
  action: DnssecAutoAction,
): Promise<DnssecAuto> {
  return client.call({
    operation: `${action} domain ${domainId} ${action === "include" ? "in" : "from"} automatic DNSSEC`,
    method: "POST",
    path: path(domainId),
    body: { action },
    result: dnssecAuto,
    contradiction: (answered) => contradiction(action, answered),
    permission: "read:domains write:domains",
    // It sets, it does not toggle.
    again: { kind: "repeat", look: () => ifDone(client, domainId, action) },
  });
}

/**
 * What is the opposite of what was asked for. A status may say nothing of it: HostUp's own example answers `blocked`
 * to an exclude.
 */
function contradiction(action: DnssecAutoAction, { status }: DnssecAuto): string | undefined {
  const opposites = action === "include" ? ["excluded"] : ["active", "pending"];
  return opposites.includes(status) ? `status is "${status}" after "${action}"` : undefined;
}

async function ifDone(
  client: HostupClient,
  domainId: string,
  action: DnssecAutoAction,
): Promise<DnssecAuto | undefined> {
  const now = await getDnssecAuto(client, domainId);
  return now !== undefined && contradiction(action, now) === undefined ? now : undefined;
}
