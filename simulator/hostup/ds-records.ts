import { z } from "zod";
import { type ApiAnswer, jsonAnswer } from "../http";
import { parseJsonBody } from "../json-body";
import { type Domain, type DsRecord, lookUp } from "../state";
import type { Switches } from "../switches";
import { domainOf, type HostupCall, type HostupRoute } from "./call";
import { badBody, invalidFields, Problem } from "./problem";
import { addDs, publishedDs, removeDs } from "./published-ds";
import { shownName } from "./shown-name";

/** Which ones HostUp's registries take is not documented: those that validators know and signers may use. */
const ALGORITHMS = ["5", "7", "8", "10", "13", "14", "15", "16"];
/** Hexadecimal digits by digest type (RFC 4509, RFC 6605). */
const DIGEST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ["1", 40],
  ["2", 64],
  ["4", 96],
]);
const DIGEST_TYPES = [...DIGEST_LENGTHS.keys()];

/** All are texts, the numbers too. https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec */
const addBody = z
  .strictObject({
    type: z.literal("DS"),
    keyTag: z.string().regex(/^\d{1,5}$/),
    algorithm: z.enum(ALGORITHMS),
    digestType: z.enum(DIGEST_TYPES),
    digest: z.string().regex(/^[0-9a-fA-F]+$/),
  })
  .refine(({ keyTag }) => Number(keyTag) <= 0xffff, { path: ["keyTag"], error: "must be at most 65535" })
  .refine(({ digestType, digest }) => digest.length === DIGEST_LENGTHS.get(digestType), {
    path: ["digest"],
    error: "must have the length of its digest type",
  });

const UNSUPPORTED = "The registry of this domain does not take DNSSEC records.";
const OPEN = { allowed: true, reason: null };

function show(call: HostupCall, domainId: string): ApiAnswer {
  const domain = domainOf(call, domainId);
  const { switches } = call.world.state;
  if (domain.recordType === "none" && switches.hostupUnsupportedRegistry === "error") {
    throw new Problem(400, "domain_not_eligible", UNSUPPORTED);
  }
  const shown = listed(domain, switches);
  for (const record of shown) record.listed += 1;
  const [algorithms, digestTypes] =
    switches.hostupDnssecEnums === "allowed"
      ? ["allowedAlgorithms", "allowedDigestTypes"]
      : ["algorithms", "digestTypes"];
  return jsonAnswer(200, {
    domainName: switches.hostupDnssecHasName ? shownName(domain.name, call.world) : null,
    recordType: domain.recordType === "KEY" ? "KEY" : "DS",
    dsRecords: shown.map((record) => ({
      id: record.listed > switches.hostupDsWithoutId ? record.id : null,
      ...contentOf(record, switches),
    })),
    keyRecords: [],
    [algorithms]: ALGORITHMS,
    [digestTypes]: DIGEST_TYPES,
    actions: { canAdd: gateFor(domain, call) },
  });
}

function add(call: HostupCall, domainId: string): ApiAnswer {
  const domain = domainOf(call, domainId);
  const { switches } = call.world.state;
  const parsed = parseJsonBody(call.request.body, addBody);
  if ("problems" in parsed) throw badBody(parsed.problems);
  if (domain.recordType === "none") throw new Problem(400, "domain_not_eligible", UNSUPPORTED);
  if (domain.recordType === "KEY") {
    const detail = "The registry of this domain takes KEY records.";
    throw invalidFields([{ pointer: "/type", detail, code: "invalid_request" }]);
  }
  if (domain.dsGate) throw new Problem(409, "domain_conflict", domain.dsGate.reason);
  const { keyTag, algorithm, digestType, digest } = parsed.value;
  const ds = `${Number(keyTag)} ${algorithm} ${digestType} ${digest.toUpperCase()}`;
  if (switches.hostupDsDuplicate === "refuse" && publishedDs(domain).includes(ds)) {
    throw new Problem(409, "domain_conflict", "The DS record exists already.");
  }
  const record = addDs(domain, ds, "call", call.world);
  const status = switches.hostupDsCreateStatus;
  if (switches.hostupDsCreateAnswer === "no-body") return { status, headers: {}, body: "" };
  const id = switches.hostupDsCreateAnswer === "with-id" ? { id: record.id } : {};
  return jsonAnswer(status, { ...id, ...contentOf(record, switches) });
}

function remove(call: HostupCall, domainId: string, recordId: string): ApiAnswer {
  const domain = domainOf(call, domainId);
  const { switches } = call.world.state;
  const record = lookUp(domain.dsRecords, recordId);
  if (!record || !listed(domain, switches).includes(record)) {
    throw new Problem(404, "not_found", "The DNSSEC record does not exist.");
  }
  removeDs(domain, record, call.world);
  return switches.hostupDsDeleteStatus === 204
    ? { status: 204, headers: {}, body: "" }
    : jsonAnswer(200, { deleted: true });
}

function listed({ recordType, dsRecords }: Domain, switches: Switches): DsRecord[] {
  if (recordType !== "DS") return [];
  return Object.values(dsRecords).filter(
    ({ addedBy }) => addedBy === "call" || switches.hostupListsAutomaticDs,
  );
}

function contentOf({ ds }: DsRecord, { hostupDigestCase }: Switches): object {
  const [keyTag, algorithm, digestType, digest] = ds.split(" ");
  return {
    keyTag,
    algorithm,
    digestType,
    digest: hostupDigestCase === "lower" ? digest?.toLowerCase() : digest,
  };
}

/** "Disabled mutation gates" for a key that may not write; `code` is for programs. */
function gateFor({ recordType, dsGate }: Domain, { scopes, world }: HostupCall): object {
  if (!scopes.includes("write:domains")) {
    return world.state.switches.hostupReadOnlyGate === "explained"
      ? {
          allowed: false,
          reason: "This API key does not have the write:domains scope.",
          code: "missing_scope",
        }
      : { allowed: false, reason: null };
  }
  if (recordType === "none") return { allowed: false, reason: UNSUPPORTED, code: "unsupported_registry" };
  return dsGate ? { allowed: false, ...dsGate } : OPEN;
}

const PATH = "/domains/*/dnssec";

export const dsRecordRoutes: readonly HostupRoute[] = [
  { method: "GET", path: PATH, rights: ["read:domains"], handle: show },
  { method: "POST", path: PATH, rights: ["write:domains"], handle: add },
  { method: "DELETE", path: `${PATH}/*`, rights: ["write:domains"], handle: remove },
];
