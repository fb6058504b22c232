import { createHash, randomInt } from "node:crypto";
import type { Domain, DsRecord, World } from "../state";

const ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** The domain's DS set as its registry publishes it: rdata in presentation form, each once. */
export function publishedDs({ dsRecords }: Domain): string[] {
  return [...new Set(Object.values(dsRecords).map(({ ds }) => ds))];
}

export function addDs(domain: Domain, ds: string, addedBy: DsRecord["addedBy"]): DsRecord {
  const characters = Array.from({ length: 26 }, () => ID_ALPHABET.charAt(randomInt(ID_ALPHABET.length)));
  const record = { id: `dsr_${characters.join("")}`, ds, addedBy, listed: 0 };
  domain.dsRecords[record.id] = record;
  return record;
}

/** What the automation does once it is active: it publishes the DS of the key that HostUp signs with. */
export function publishAutomaticDs(domain: Domain): void {
  const digest = createHash("sha256").update(domain.name).digest("hex").toUpperCase();
  // The documents' example: key tag and algorithm of a HostUp-managed .se domain.
  const ds = `2371 13 2 ${digest}`;
  if (!publishedDs(domain).includes(ds)) addDs(domain, ds, "automation");
}

/** What `exclude` does to that DS. */
export function withdrawAutomaticDs(domain: Domain, { state }: World): void {
  if (state.switches.hostupExcludedDs === "keeps") return;
  for (const { id, addedBy } of Object.values(domain.dsRecords)) {
    if (addedBy === "automation") delete domain.dsRecords[id];
  }
}
