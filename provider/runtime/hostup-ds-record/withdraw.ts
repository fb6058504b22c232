import { WaitError } from "../../core/errors";
import { rdataOf } from "../../dns/ds-text";
import { pollUntil } from "../../engine/poll";
import type { HostupClient } from "../../hostup/client";
import { getDomainDnssec, type ListedDs, removeDsRecord } from "../../hostup/ds-records";
import type { Identity } from "./identity";
import { rowsOf } from "./plan";

/** Removes every row of this content. What is gone already is no error. */
export async function withdraw(
  client: HostupClient,
  { domainId, ds }: Identity,
  seconds: number,
): Promise<void> {
  const look = async () => rowsOf((await getDomainDnssec(client, domainId))?.records ?? [], ds);
  await withdrawRows(client, { domainId, ds }, await look(), { seconds, look });
}

interface Looking {
  /** How long a row may be without an id, and cannot be removed. */
  readonly seconds: number;
  look(): Promise<readonly ListedDs[]>;
}

/** The same of rows that have been looked up. */
export async function withdrawRows(
  client: HostupClient,
  { domainId, ds }: Identity,
  rows: readonly ListedDs[],
  { seconds, look }: Looking,
): Promise<void> {
  const what = `DS ${rdataOf(ds)} of domain ${domainId}`;
  const { observed, failure } = await pollUntil<readonly ListedDs[]>(rows, {
    subject: `HostUp to give ${what} an id`,
    timeoutSeconds: seconds,
    look,
    judge: (seen) => ({ kind: seen.every(({ recordId }) => recordId) ? "reached" : "wait" }),
  });
  for (const { recordId } of observed) if (recordId) await removeDsRecord(client, domainId, recordId);
  if (failure === undefined) return;
  throw new WaitError(
    `${what} cannot be removed yet: HostUp lists it without an id (${failure}).\nNext: run the command again in a few minutes.`,
  );
}
