import "../../support/one-realm";
import { guardDeletion } from "../../../provider/chain/guard/guard-transfer";
import { createClients } from "../../../provider/runtime/clients";
import { zoneDnssecProvider } from "../../../provider/runtime/zone-dnssec/resource";
import { nameServersFor } from "../../../simulator/cloudflare/name-servers";
import { useDsSet } from "../../support/ds-set";
import { freshRuntime, hastyTransport } from "../../support/engine-runs";
import { type Bag, Managed, simulatorConfig } from "../../support/handlers";
import { messageOf } from "../../support/outcome";
import { describeAtPort53 } from "../../support/signed-domain";

describeAtPort53("the DNSSEC of a zone whose DS is on its way to the parent", () => {
  const { it, set, program, calls } = useDsSet({ switches: { hostupDsAtParent: "by-hand" } });

  beforeEach(() => it().patchZone({ parent: { nameServers: nameServersFor("secondary") } }));

  const signed = (): Managed =>
    new Managed(freshRuntime().zoneDnssec, simulatorConfig(it().control.simulator));
  const wanted = (more: Bag = {}, registrar: Bag | "none" = { domainId: it().domainId }): Bag => ({
    zoneId: it().zoneId,
    __zone: {
      zoneId: it().zoneId,
      zoneName: it().name,
      accountId: "a".repeat(32),
      hasPrimaries: true,
      ...(registrar === "none" ? {} : { registrar }),
    },
    ...more,
  });

  test("goes to no other signers while the registrar has the DS, though the parent does not show it", async () => {
    const dnssec = signed();
    await dnssec.up(wanted());
    await set().up(program([it().ds]));
    expect(await it().atParent()).toEqual([]);
    const [message, made] = await calls(() => messageOf(dnssec.up(wanted({ dnssecMultiSigner: true }))));
    expect(message).toContain(`DNSSEC of ${it().name} stays as it is`);
    expect(message).toContain("The registrar has accepted DS records");
    expect(message).toContain(`${it().name}. IN DS ${it().ds}`);
    expect(message).toContain(`Next: wait until the parent shows them (dig ${it().name} DS)`);
    expect(made.filter((call) => !call.startsWith("GET"))).toEqual([]);
  });

  test("finds the registrar's domain by its name too", async () => {
    const dnssec = signed();
    await dnssec.up(wanted());
    await set().up(program([it().ds]));
    const byName = wanted({ dnssecMultiSigner: true }, { domainId: null, domainName: it().name });
    expect(await messageOf(dnssec.up(byName))).toContain("The registrar has accepted DS records");
  });

  test("goes to none while the registrar does not say what it has", async () => {
    const dnssec = signed();
    await dnssec.up(wanted());
    const elsewhere = { domainName: "not-ours.example" };
    const message = await messageOf(dnssec.up(wanted({ dnssecMultiSigner: true }, elsewhere)));
    expect(message).toContain(
      `whether the registrar has accepted a DS of ${it().name} that its parent does not`,
    );
    expect(message).toContain("not-ours.example");
  });

  test("is not taken down, nor changed without the registrar, while a killed run's DS is there", async () => {
    const dnssec = signed();
    await set().up(program([it().ds]));
    await it().patchZone({ dnssec: { dnssec_presigned: true } });
    await dnssec.up(wanted({ dnssecPresigned: true, onDelete: "disable" }));
    const refusal = "The registrar has accepted DS records";
    expect(await messageOf(dnssec.up(wanted({ dnssecMultiSigner: true }, "none")))).toContain(refusal);
    expect(await messageOf(dnssec.destroy())).toContain(refusal);
  });

  test("keeps its transfers for the signatures that such a DS is of, where it is presigned as before the program", async () => {
    const clients = createClients(hastyTransport());
    const config = simulatorConfig(it().control.simulator);
    const access = clients.chain({ config: (key) => config[key], env: () => undefined }, undefined);
    const dnssec = new Managed(zoneDnssecProvider(clients), config);
    await set().up(program([it().ds]));
    await it().patchZone({ dnssec: { dnssec_presigned: true } });
    await dnssec.up(wanted({ dnssecPresigned: true }));
    await guardDeletion(access, it().zoneId, undefined);
    await dnssec.destroy();
    expect((await it().zone()).dnssec.dnssec_presigned).toBe(true);
    const message = await messageOf(guardDeletion(access, it().zoneId, undefined));
    expect(message).toContain(`The incoming transfer of ${it().name} stays`);
    expect(message).toContain("The registrar has accepted DS records");
  });

  test("can be taken down where the program named a registrar that nobody can ask any more", async () => {
    const dnssec = signed();
    await it().patchZone({ dnssec: { dnssec_presigned: true } });
    const presigned = { dnssecPresigned: true, onDelete: "disable" };
    await dnssec.up(wanted(presigned, { domainName: "not-ours.example" }));
    await dnssec.destroy();
    expect((await it().zone()).dnssec.dnssec_presigned).toBe(false);
  });

  test("goes there when the registrar has none, and asks no registrar that the program does not publish at", async () => {
    const [first, second] = [signed(), signed()];
    await first.up(wanted());
    const [did, made] = await calls(() => first.up(wanted({ dnssecMultiSigner: true })));
    expect([did, made.slice(-1)]).toEqual(["updated", ["PATCH dnssec"]]);
    await second.up(wanted({}, "none"));
    const [, others] = await calls(() => second.up(wanted({ dnssecMultiSigner: true }, "none")));
    const atHostup = (all: readonly string[]) => all.filter((call) => call === "GET dnssec").length - 1;
    expect([made, others].map(atHostup)).toEqual([1, 0]);
  });
});
