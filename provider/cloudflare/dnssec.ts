import { z } from "zod";
import { ApiError } from "../core/errors";
import { type CloudflareClient, isGone, unlessGone } from "./client";
import { contradiction } from "./contradiction";
import { RecentObjects } from "./recent-objects";

/** The five states of https://developers.cloudflare.com/dns/dnssec/dnssec-states/, and `error`. */
export const dnssecStatuses = ["active", "pending", "disabled", "pending-disabled", "error"] as const;
export type DnssecStatus = (typeof dnssecStatuses)[number];

/** What somebody asked for, behind what the parent's DS makes of it: pending until the DS is there, or until it is gone. */
export const askedStatus: Record<DnssecStatus, "active" | "disabled" | "error"> = {
  active: "active",
  pending: "active",
  disabled: "disabled",
  "pending-disabled": "disabled",
  error: "error",
};

/** A zone's DNSSEC as GET and PATCH answer it; every field may be missing or null before it is provisioned. */
const dnssec = z.object({
  status: z.enum(dnssecStatuses).nullish(),
  dnssec_presigned: z.boolean().nullish(),
  dnssec_use_nsec3: z.boolean().nullish(),
  dnssec_multi_signer: z.boolean().nullish(),
  algorithm: z.string().nullish(),
  digest: z.string().nullish(),
  digest_algorithm: z.string().nullish(),
  digest_type: z.string().nullish(),
  ds: z.string().nullish(),
  flags: z.number().nullish(),
  key_tag: z.number().nullish(),
  key_type: z.string().nullish(),
  public_key: z.string().nullish(),
  modified_on: z.string().nullish(),
});
export type Dnssec = z.output<typeof dnssec>;

/** https://developers.cloudflare.com/api/resources/dns/subresources/dnssec/methods/edit/ */
export interface DnssecEdit {
  readonly status?: "active" | "disabled";
  readonly dnssec_presigned?: boolean;
  readonly dnssec_use_nsec3?: boolean;
  readonly dnssec_multi_signer?: boolean;
}

export const recentDnssec = new RecentObjects<Dnssec>();

/** `undefined`: the zone does not exist. */
export async function getDnssec(client: CloudflareClient, zoneId: string): Promise<Dnssec | undefined> {
  const found = await unlessGone(
    client.call({
      operation: `read DNSSEC of zone ${zoneId}`,
      method: "GET",
      path: ["zones", zoneId, "dnssec"],
      result: dnssec,
      permission: "DNS Read",
    }),
  );
  return found && recentDnssec.note(client, zoneId, found);
}

/** As this run has just seen it, else read now: of a zone several resources look at it, one after the other. */
export function getRecentDnssec(client: CloudflareClient, zoneId: string): Promise<Dnssec | undefined> {
  return recentDnssec.findOrAsk(client, zoneId, () => getDnssec(client, zoneId));
}

export function editDnssec(client: CloudflareClient, zoneId: string, edit: DnssecEdit): Promise<Dnssec> {
  recentDnssec.forget(client, zoneId);
  return client.call({
    operation: `change DNSSEC of zone ${zoneId}`,
    method: "PATCH",
    path: ["zones", zoneId, "dnssec"],
    body: edit,
    result: dnssec,
    contradiction: (answered) => otherThanSent(edit, answered),
    permission: "DNS Write",
    // Sent twice, it may answer "DNSSEC is already enabled".
    again: { kind: "recover", look: () => ifDone(client, zoneId, edit) },
  });
}

/** A status may be missing or `error`, whatever was asked. */
function otherThanSent(edit: DnssecEdit, answered: Dnssec): string | undefined {
  const { status } = answered;
  const isOpen = !status || status === "error";
  return contradiction(
    { ...edit },
    { ...flagsOf(answered), status: isOpen ? edit.status : askedStatus[status] },
  );
}

async function ifDone(
  client: CloudflareClient,
  zoneId: string,
  edit: DnssecEdit,
): Promise<Dnssec | undefined> {
  const now = await getDnssec(client, zoneId);
  if (now === undefined) return undefined;
  const settings = { ...flagsOf(now), status: askedStatus[now.status ?? "disabled"] };
  return contradiction({ ...edit }, settings) === undefined ? now : undefined;
}

/** One that was never set may be missing. */
function flagsOf({ dnssec_presigned, dnssec_use_nsec3, dnssec_multi_signer }: Dnssec) {
  return {
    dnssec_presigned: dnssec_presigned ?? false,
    dnssec_use_nsec3: dnssec_use_nsec3 ?? false,
    dnssec_multi_signer: dnssec_multi_signer ?? false,
  };
}

/** Takes keys and signatures out of the zone. Accepted in the state `disabled` alone. */
export async function deleteDnssec(client: CloudflareClient, zoneId: string): Promise<void> {
  recentDnssec.forget(client, zoneId);
  try {
    await client.call({
      operation: `delete DNSSEC of zone ${zoneId}`,
      method: "DELETE",
      path: ["zones", zoneId, "dnssec"],
      result: z.unknown(),
      permission: "DNS Write",
    });
  } catch (error) {
    if (!isGone(error) && !isAlreadyDeleted(error)) throw error;
  }
}

/** The API has no code for it that is written down; the text is what other clients match too. */
function isAlreadyDeleted(error: unknown): boolean {
  return (
    error instanceof ApiError && error.data.problems.some(({ message }) => /already deleted/i.test(message))
  );
}
