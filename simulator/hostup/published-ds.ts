import { createHash, randomInt } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { publishAtParent } from "../parent/publish";
import type { Domain, DsRecord, World } from "../state";

const ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** The domain's DS set as its registry publishes it: rdata in presentation form, each once. */
export function publishedDs({ dsRecords }: Domain): string[] {
  return [...new Set(Object.values(dsRecords).map(({ ds }) => ds))];
}

export function addDs(domain: Domain, ds: string, addedBy: DsRecord["addedBy"], world: World): DsRecord {
  const characters = Array.from({ length: 26 }, () => ID_ALPHABET.charAt(randomInt(ID_ALPHABET.length)));
  const record = { id: `dsr_${characters.join("")}`, ds, addedBy, listed: 0 };
  domain.dsRecords[record.id] = record;
  tellRegistry(domain, world);
  return record;
}

export function removeDs(domain: Domain, { id }: DsRecord, world: World): void {
  delete domain.dsRecords[id];
  tellRegistry(domain, world);
}

/** What the automation does once it is active: it publishes the DS of the key that HostUp signs with. */
export function publishAutomaticDs(domain: Domain, world: World): void {
  const digest = createHash("sha256").update(domain.name).digest("hex").toUpperCase();
  // The documents' example: key tag and algorithm of a HostUp-managed .se domain.
  const ds = `2371 13 2 ${digest}`;
  if (!publishedDs(domain).includes(ds)) addDs(domain, ds, "automation", world);
}

/** What `exclude` does to that DS. */
export function withdrawAutomaticDs(domain: Domain, world: World): void {
  if (world.state.switches.hostupExcludedDs === "keeps") return;
  for (const record of Object.values(domain.dsRecords)) {
    if (record.addedBy === "automation") removeDs(domain, record, world);
  }
}

/**
 * Somebody may have changed the domain in a console. Where nothing was changed, the parent is left alone: a
 * registry that reads CDS has DS records of its own.
 */
export function settleRegistry(domain: Domain, earlier: Domain | undefined, world: World): void {
  const [were, are] = [earlier ? publishedDs(earlier) : [], publishedDs(domain)];
  const isRenamed = earlier?.name !== domain.name && are.length > 0;
  if (isRenamed || !isDeepStrictEqual(were, are)) tellRegistry(domain, world);
}

function tellRegistry(domain: Domain, world: World): void {
  if (world.state.switches.hostupDsAtParent === "by-hand") return;
  publishAtParent(domain.name, publishedDs(domain), world);
}
