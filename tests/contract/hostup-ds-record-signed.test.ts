import "../support/one-realm";
import { createClients } from "../../provider/runtime/clients";
import { hostupDsRecordProvider } from "../../provider/runtime/hostup-ds-record/resource";
import { useDsSet } from "../support/ds-set";
import { freshRuntime, hastyTransport } from "../support/engine-runs";
import { type Bag, Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";
import { describeAtPort53, type SignedDomain } from "../support/signed-domain";

describeAtPort53("a HostupDsRecord that is published", () => {
  const { it } = useDsSet();
  const record = () => {
    const waits = { listed: 1, removable: 1, signed: 1 };
    const provider = hostupDsRecordProvider(createClients(hastyTransport()), waits);
    return new Managed(provider, simulatorConfig(it().control.simulator));
  };

  const program = (rdata: string, more?: Bag) => recordOf(it(), rdata, more);
  const typo = () => program(it().ds, { digest: "5A".repeat(32) });

  test("names a key that signs what the name servers serve", async () => {
    await record().up(program(it().ds));
    expect(await it().atParent()).toEqual([it().ds]);
  });

  test("is refused with a typing error in its digest, by which nothing would validate", async () => {
    const message = await messageOf(record().up(typo()));
    expect(message).toContain(`The DS set of ${it().name} stays as it is`);
    expect(message).toContain(`SECONDARY_DNS_FORCE=${it().name}`);
    expect(await it().published()).toEqual([]);
  });

  test("is refused of an algorithm that nothing signs with yet, beside one that validates too", async () => {
    await record().up(program(it().ds));
    const ahead = program(it().ds, { keyTag: 1, algorithm: 15, digest: "5A".repeat(32) });
    expect(await messageOf(record().up(ahead))).toContain("stays as it is");
    expect(await it().published()).toEqual([it().ds]);
  });

  test("may name a key that is to come, beside one that validates", async () => {
    await record().up(program(it().ds));
    const standby = program(it().ds, { keyTag: 1, digest: "5A".repeat(32) });
    expect(await record().up(standby)).toBe("created");
    expect(await it().published()).toHaveLength(2);
  });

  test("is published all the same where that is forced", async () => {
    process.env.SECONDARY_DNS_FORCE = it().name;
    expect(await record().up(typo())).toBe("created");
  });
});

describeAtPort53("a HostupDsRecord that leaves a program in which the signing of the zone stays", () => {
  const { it } = useDsSet({ ttl: 3_600 });

  const running = () => {
    const { zoneDnssec, hostupDsRecord } = freshRuntime();
    const config = simulatorConfig(it().control.simulator);
    return { dnssec: new Managed(zoneDnssec, config), record: new Managed(hostupDsRecord, config) };
  };
  const published = async () => {
    const { dnssec, record } = running();
    await dnssec.up(zone());
    await record.up(recordOf(it(), it().ds));
    return { dnssec, record };
  };
  const zone = () => {
    const { zoneId, name: zoneName } = it();
    return { zoneId, __zone: { zoneId, zoneName, accountId: "a".repeat(32), hasPrimaries: true } };
  };
  /** The next run of the engine, whose program lacks the record. */
  const without = async ({ dnssec, record }: ReturnType<typeof running>) => {
    const now = running();
    now.dnssec.saved = dnssec.saved;
    now.record.saved = record.saved;
    await now.dnssec.up(zone());
    await now.record.destroy();
    return now;
  };

  test("stays published until that is known to what signs, since it would not wait in a later run", async () => {
    const first = await published();
    const message = await messageOf(without(first));
    expect(message).toContain("the state of what signs the zone (ZoneDnssec) does not record it yet");
    expect(await it().published()).toEqual([it().ds]);
  });

  test("is withdrawn after a refresh, and a change of signing that follows waits", async () => {
    const first = await published();
    await first.dnssec.refresh();
    await without(first);
    expect(await it().published()).toEqual([]);
    const { dnssec } = running();
    dnssec.saved = first.dnssec.saved;
    expect(await messageOf(dnssec.up({ ...zone(), dnssecPresigned: true }))).toContain("stays as it is");
  });
});

/** A record as a program has it; `more` is where it differs. */
function recordOf({ domainId }: SignedDomain, rdata: string, more: Bag = {}): Bag {
  const [keyTag, algorithm, digestType, digest] = rdata.split(" ");
  const numbers = { keyTag: Number(keyTag), algorithm: Number(algorithm), digestType: Number(digestType) };
  return { domainId, ...numbers, digest, ...more };
}
