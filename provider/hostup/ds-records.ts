import { z } from "zod";
import { ApiError } from "../core/errors";
import { undottedALabels } from "../dns/domain-name";
import type { DsData } from "../dns/ds";
import { rdataOf } from "../dns/ds-text";
import { listOf } from "../http/list-of";
import { type HostupClient, unlessGone } from "./client";

/** A DS record as HostUp lists it. A new one may have no id for a while, and without one it cannot be removed. */
export interface ListedDs {
  readonly recordId: string | undefined;
  readonly ds: DsData;
}

/** Whether something may be done now, and if not why, in HostUp's words. */
export interface Gate {
  readonly allowed: boolean;
  readonly reason?: string | null | undefined;
  /** For programs. */
  readonly code?: string | null | undefined;
}

/** What the registry has of a domain, as far as HostUp knows. */
export interface DomainDnssec {
  readonly domainName: string | undefined;
  /** Some registries take keys, and make the DS records themselves. */
  readonly recordType: "DS" | "KEY";
  readonly records: readonly ListedDs[];
  readonly canAdd: Gate | undefined;
}

// Texts in the documents, and null where HostUp does not know.
const numeral = z.union([z.string(), z.number()]).nullish();
const listed = z.object({
  // It becomes a part of a path.
  id: z
    .string()
    .regex(/^\w[\w-]*$/)
    .nullish(),
  keyTag: numeral,
  algorithm: numeral,
  digestType: numeral,
  digest: z.string().nullish(),
});
const gate = z.object({ allowed: z.boolean(), reason: z.string().nullish(), code: z.string().nullish() });
const common = {
  domainName: z.string().nullish(),
  // A gate of another form must not keep a record from being seen and removed.
  actions: z.object({ canAdd: gate.nullish() }).nullish().catch(undefined),
};

/** https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-dnssec */
const domainDnssec = z
  .discriminatedUnion("recordType", [
    z.object({ recordType: z.literal("DS"), dsRecords: listOf(listed), ...common }),
    z.object({ recordType: z.literal("KEY"), ...common }),
  ])
  .transform(
    (answer): DomainDnssec => ({
      domainName: answer.domainName ? undottedALabels(answer.domainName) : undefined,
      recordType: answer.recordType,
      records: answer.recordType === "DS" ? answer.dsRecords.flatMap(recordOf) : [],
      canAdd: answer.actions?.canAdd ?? undefined,
    }),
  );

const READ = "read:domains";
const WRITE = "read:domains write:domains";
const path = (domainId: string, ...rest: string[]) => ["domains", domainId, "dnssec", ...rest];

/** `undefined`: the account has no such domain. */
export function getDomainDnssec(client: HostupClient, domainId: string): Promise<DomainDnssec | undefined> {
  return unlessGone(
    client.call({
      operation: `list the DS records of domain ${domainId}`,
      method: "GET",
      path: path(domainId),
      result: domainDnssec,
      permission: READ,
    }),
  );
}

/**
 * Gives what the answer says of the record: it may say nothing. When the answer is lost, `look` finds the record.
 * https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec
 */
export function addDsRecord(
  client: HostupClient,
  domainId: string,
  ds: DsData,
  look: () => Promise<ListedDs | undefined>,
): Promise<ListedDs | "added"> {
  const { keyTag, algorithm, digestType, digest } = ds;
  return client.call({
    operation: `add DS ${rdataOf(ds)} to domain ${domainId}`,
    method: "POST",
    path: path(domainId),
    body: {
      type: "DS",
      keyTag: String(keyTag),
      algorithm: String(algorithm),
      digestType: String(digestType),
      digest,
    },
    result: z.unknown().transform((answer) => recordIn(answer, ds) ?? "added"),
    permission: WRITE,
    again: { kind: "recover", look, makesAnother: true },
  });
}

/** Succeeds when the record is already gone. */
export async function removeDsRecord(
  client: HostupClient,
  domainId: string,
  recordId: string,
): Promise<void> {
  await unlessGone(
    client.call({
      operation: `remove DS record ${recordId} from domain ${domainId}`,
      method: "DELETE",
      path: path(domainId, recordId),
      result: z.unknown(),
      permission: WRITE,
    }),
  );
}

/**
 * Whether the key may do more than read. To one that may not, every gate is closed, with a reason or without. HostUp
 * looks at a key's scopes first, and a body without a record adds none.
 */
export async function mayWrite(client: HostupClient, domainId: string): Promise<boolean> {
  const call = client.call({
    operation: `see whether the API key may add DS records to domain ${domainId}`,
    method: "POST",
    path: path(domainId),
    body: {},
    result: z.unknown(),
    permission: WRITE,
  });
  return call.then(
    () => true,
    (error: unknown) => !(error instanceof ApiError && error.data.status === 403),
  );
}

function recordIn(answer: unknown, ds: DsData): ListedDs | undefined {
  const parsed = listed.safeParse(answer);
  return parsed.success
    ? recordOf(parsed.data).find((record) => rdataOf(record.ds) === rdataOf(ds))
    : undefined;
}

/** None when it lacks a part: nobody can say what it is then. */
function recordOf({ id, digest, ...numbers }: z.output<typeof listed>): ListedDs[] {
  const [keyTag, algorithm, digestType] = [numbers.keyTag, numbers.algorithm, numbers.digestType].map(
    (text) => (/^\d{1,5}$/.test(String(text)) ? Number(text) : undefined),
  );
  if (keyTag === undefined || algorithm === undefined || digestType === undefined || !digest) return [];
  const ds = { keyTag, algorithm, digestType, digest: digest.replace(/\s/g, "").toUpperCase() };
  return [{ recordId: id ?? undefined, ds }];
}
