import type { QueryOptions } from "../../dns/asked";
import type { Dnskey, DsData } from "../../dns/ds";
import { failed, type Result } from "../../dns/failure";
import type { QuestionType } from "../../dns/message";
import { normalName } from "../../dns/name";
import type { Primary } from "../../dns/primary";
import { reading } from "../../dns/query";
import type { ResourceRecord } from "../../dns/resource-record";
import { signaturesBegin, signaturesEnded, signedBy } from "../../dns/verify-signature";
import type { Denial, ZoneView } from "../view/zone-view";
import { askDenial, isDenialSigned } from "./observe-denial";
import { type Section, sectionOf } from "./section";
import { sooner } from "./sooner";

/** Asks a server, a primary with its key or one of Cloudflare's without, what it shows of a zone. */
export async function observeServer(
  server: Primary,
  zoneName: string,
  options: QueryOptions = {},
): Promise<Result<ZoneView>> {
  const ask = (type: QuestionType) => sectionOf(server, zoneName, type, options);
  const [soa, dnskey, nsec3param, cds, denied] = await Promise.all([
    ask("SOA"),
    ask("DNSKEY"),
    ask("NSEC3PARAM"),
    ask("CDS"),
    askDenial(server, zoneName, options),
  ]);
  if (!soa.ok) return soa;
  if (!dnskey.ok) return dnskey;
  if (!nsec3param.ok) return nsec3param;
  if (!cds.ok) return cds;
  const start = soa.value.records.find((record) => record.type === "SOA");
  // A server of the parent zone answers too, and has no SOA here.
  if (start?.type !== "SOA" || start.name !== normalName(zoneName)) {
    return failed({ primary: server, zoneName, type: "SOA" }, { kind: "not-authoritative" });
  }
  const now = options.now?.() ?? Date.now();
  const dnskeys = dnskey.value.records.flatMap((record) => (record.type === "DNSKEY" ? [record.dnskey] : []));
  const overKeys = signedBy(dnskey.value, dnskey.value.records, "DNSKEY", dnskeys, now);
  const overSoa = signedBy(soa.value, soa.value.records, "SOA", dnskeys, now);
  const ended = [
    signaturesEnded(dnskey.value.records, "DNSKEY", now),
    signaturesEnded(soa.value.records, "SOA", now),
  ];
  const begins = [
    signaturesBegin(dnskey.value.records, "DNSKEY", now),
    signaturesBegin(soa.value.records, "SOA", now),
  ];
  const asked = { primary: server, zoneName, type: "DNSKEY" } as const;
  return reading(asked, () => ({
    serial: start.serial,
    soaExpire: start.expire,
    dnskeys,
    keyTtl: Math.max(0, ...dnskey.value.records.map(({ type, ttl }) => (type === "DNSKEY" ? ttl : 0))),
    signers: overKeys.keys,
    zoneSigners: overSoa.keys,
    isSigned: overKeys.keys.length > 0 && overSoa.keys.length > 0,
    expires: sooner(overKeys.expiration, overSoa.expiration),
    ended: sooner(ended[0], ended[1]),
    begins: sooner(begins[0], begins[1]),
    denial: denialOf(nsec3param.value.records),
    isDenialSigned: isDenialSigned(denied, dnskeys, now),
    cds: signedCds(cds.value, dnskeys, now),
  }));
}

/** What no key of the zone has signed does not speak for it (RFC 7344 section 4.1). */
function signedCds(section: Section, dnskeys: readonly Dnskey[], now: number): readonly DsData[] {
  const { records } = section;
  if (signedBy(section, records, "CDS", dnskeys, now).keys.length === 0) return [];
  return records.flatMap((record) => (record.type === "CDS" ? [record.ds] : []));
}

/** A server publishes NSEC3PARAM once its chain of NSEC3 is whole (RFC 5155 section 7.1). */
function denialOf(records: readonly ResourceRecord[]): Denial {
  const parameters = records.find((record) => record.type === "NSEC3PARAM");
  if (parameters?.type !== "NSEC3PARAM") return { kind: "nsec" };
  const { iterations, saltLength } = parameters;
  return { kind: "nsec3", iterations, saltLength };
}
