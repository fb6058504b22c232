import "../../support/one-realm";
import { createClients } from "../../../provider/runtime/clients";
import { createRuntime } from "../../../provider/runtime/create-runtime";
import { hostupDsSetProvider } from "../../../provider/runtime/hostup-ds-set/resource";
import { nameServersFor } from "../../../simulator/cloudflare/name-servers";
import { until } from "../../support/dns-processes";
import { useDsSet } from "../../support/ds-set";
import { freshRuntime, hastyTransport, killedAfter } from "../../support/engine-runs";
import { Managed, PROVIDER, simulatorConfig } from "../../support/handlers";
import { messageOf } from "../../support/outcome";
import { describeAtPort53 } from "../../support/signed-domain";

/** In seconds. */
const KEY_TTL = 1;
/** Of a key that the zone does not have. */
const STRANGE = `12345 13 2 ${"5A".repeat(32)}`;

describeAtPort53("a HostupDsSet that publishes", () => {
  const { it, set, hasty, program, next, lines, calls } = useDsSet({ dnskeyTtl: KEY_TTL });

  test("adds the records of the keys that sign, and shows what it has published", async () => {
    const resource = set();
    const [did, made] = await calls(() => resource.up(program([it().ds])));
    expect([did, made]).toEqual(["created", ["GET dnssec", "POST dnssec", "GET dnssec"]]);
    expect(await it().atParent()).toEqual([it().ds]);
    const [keyTag, algorithm, digestType, digest] = it().ds.split(" ");
    expect(resource.state).toEqual({
      id: it().domainId,
      inputs: {
        domainId: it().domainId,
        ds: `${it().name}. IN DS ${it().ds}`,
        waitForRemoval: 20,
        __provider: PROVIDER,
      },
      outputs: expect.objectContaining({
        domainName: it().name,
        records: [
          {
            keyTag: Number(keyTag),
            algorithm: Number(algorithm),
            digestType: Number(digestType),
            digest,
          },
        ],
      }),
    });
    expect(lines()).toEqual([]);
  });

  test("finds a domain given by name, and publishes every record once", async () => {
    const { name, ds, ds384 } = it();
    const wanted = program([ds, ds384, ds], { domainId: undefined, domainName: name });
    const [, made] = await calls(() => set().up(wanted));
    const added = ["POST dnssec", "GET dnssec"];
    expect(made).toEqual(["GET domains", "GET dnssec", ...added, ...added]);
    expect([...(await it().atParent())].sort()).toEqual([ds, ds384].sort());
  });

  test("makes no call and asks nothing when nothing has changed, in whatever form the records come", async () => {
    const resource = set();
    await resource.up(program([it().ds384, it().ds]));
    const other = `${it().name.toUpperCase()}.  DS ${it().ds.toLowerCase()}\n${it().name}. 60 IN DS ${it().ds384}\n`;
    await it().patchZone({ parent: { reachable: false } });
    expect(await calls(() => resource.up(program([], { ds: other })))).toEqual(["same", []]);
    expect(lines()).toEqual([]);
  });

  test("shows no difference after a refresh, and none of its own at the parent's", async () => {
    const resource = set();
    const wanted = program([it().ds]);
    await resource.up(wanted);
    expect(await resource.refresh()).toBe("present");
    expect(await resource.preview(wanted)).toEqual([]);
    const { outputs } = resource.state;
    await resource.refresh();
    expect(resource.state.outputs).toEqual(outputs);
  });

  test("takes over equal records without a write, and leaves those of others alone", async () => {
    await it().patchDomain({ dsRecords: { dsr_one: { ds: it().ds }, dsr_other: { ds: it().ds384 } } });
    const resource = set();
    expect(await calls(() => resource.up(program([it().ds])))).toEqual(["created", ["GET dnssec"]]);
    expect(await resource.preview(program([it().ds]))).toEqual([]);
    await resource.destroy();
    expect(await it().published()).toEqual([it().ds384]);
  });

  test("puts back what somebody has withdrawn", async () => {
    const resource = set();
    const wanted = program([it().ds, it().ds384]);
    await resource.up(wanted);
    const rows = Object.values((await it().domain()).dsRecords);
    const gone = rows.filter(({ ds }) => ds === it().ds384).map(({ id }) => [id, null]);
    await it().patchDomain({ dsRecords: Object.fromEntries(gone) });
    await resource.refresh();
    expect(await resource.preview(wanted)).toEqual(["ds"]);
    expect(await resource.up(wanted)).toBe("updated");
    expect([...(await it().published())].sort()).toEqual([it().ds, it().ds384].sort());
  });

  test.each([
    ["another key's alone", () => [STRANGE]],
    // An algorithm that stands in the DS set has to sign (RFC 4035 section 2.2).
    ["another algorithm's beside one that signs", () => [it().ds, `12345 15 2 ${"5A".repeat(32)}`]],
  ])("refuses %s before anything is sent", async (_what, wanted) => {
    const [message, made] = await calls(() => messageOf(hasty().up(program(wanted()))));
    expect(message).toContain(`its name servers do not serve it signed by the keys of DS`);
    expect(message).toContain("Next: make sure that the domain is delegated to these servers alone");
    expect(made).toEqual(["GET dnssec"]);
    expect(await it().atParent()).toEqual([]);
  });

  test("waits until resolvers have forgotten what the zone was before it was signed for the DS", async () => {
    const began = Date.now();
    await set().up(program([it().ds]));
    expect(Date.now() - began).toBeGreaterThanOrEqual(KEY_TTL * 1_000);
    expect(await it().atParent()).toEqual([it().ds]);
  });

  test("goes by the keys that another resource of the run has seen before, where they live longer", async () => {
    const clients = createClients(hastyTransport());
    const config = simulatorConfig(it().control.simulator);
    const source = { config: (key: string) => config[key], env: () => undefined };
    clients.chain(source, undefined).keyTtls.note(it().name, 3 * KEY_TTL);
    const waits = { listed: 1, removable: 1, signed: 1 };
    const began = Date.now();
    await set({ hostupDsSet: hostupDsSetProvider(clients, waits) }).up(program([it().ds]));
    expect(Date.now() - began).toBeGreaterThanOrEqual(3 * KEY_TTL * 1_000);
  });

  test("outlasts the keys of a signer from before, which the zone's DNSSEC has in state from an earlier run", async () => {
    const config = simulatorConfig(it().control.simulator);
    const { zoneId, name } = it();
    const __zone = { zoneId, zoneName: name, accountId: "a".repeat(32), hasPrimaries: true };
    const earlier = new Managed(freshRuntime().zoneDnssec, config);
    await earlier.up({ zoneId, __zone });
    await earlier.up({ zoneId, dnssecMultiSigner: true, __zone });
    const { outputs } = earlier.state;
    expect(outputs).toMatchObject({ __parent: { keysUntil: expect.any(Number) } });

    const runtime = freshRuntime();
    const dnssec = new Managed(runtime.zoneDnssec, config);
    const keysUntil = Date.now() + 3 * KEY_TTL * 1_000;
    dnssec.saved = {
      ...earlier.state,
      outputs: { ...outputs, __parent: { ds: [], delegations: [], keysUntil } },
    };
    await dnssec.up({ zoneId, __zone });
    await set(runtime).up(program([it().ds]));
    expect(Date.now()).toBeGreaterThanOrEqual(keysUntil);
  });

  test("where that is longer than it may wait ends well, and the next run goes on once it is time", async () => {
    let resource = set();
    const wanted = program([it().ds], { waitForRemoval: 0 });
    const [did, made] = await calls(() => resource.up(wanted));
    expect([did, made]).toEqual(["created", ["GET dnssec"]]);
    expect(await it().published()).toEqual([]);
    expect(resource.state.outputs.records).toEqual([]);
    const [line = ""] = lines();
    expect(line).toContain(`DS ${it().ds} of ${it().name} is not published yet: until `);
    const time = Date.parse(/until (\S+), .*Next: run "pulumi up" after that/.exec(line)?.[1] ?? "");
    expect(time).toBeGreaterThan(Date.now());

    // A refresh shows no difference, and does not begin anew.
    await resource.refresh();
    expect(await resource.preview(wanted)).toEqual([]);
    await until("it is time", async () => Date.now() > time);
    resource = next(resource);
    expect(await resource.up(wanted)).toBe("updated");
    expect(await it().atParent()).toEqual([it().ds]);
    expect(await calls(() => next(resource).up(wanted))).toEqual(["same", []]);
  });

  test("begins anew with other keys, and does not wait beside a DS that stands at the parent", async () => {
    const resource = set();
    await resource.up(program([it().ds], { waitForRemoval: 0 }));
    await resource.up(program([it().ds384], { waitForRemoval: 0 }));
    expect(await it().published()).toEqual([]);
    await it().patchDomain({ dsRecords: { dsr_other: { ds: it().ds } } });
    await it().putAtParent(it().ds);
    await resource.up(program([it().ds384, it().ds], { waitForRemoval: 0 }));
    expect([...(await it().published())].sort()).toEqual([it().ds, it().ds384].sort());
  });

  test("publishes it all the same when it is forced to", async () => {
    process.env.SECONDARY_DNS_FORCE = it().name;
    await set().up(program([STRANGE]));
    expect(await it().atParent()).toEqual([STRANGE]);
    expect(lines().join()).toContain(`Forced for ${it().name} by SECONDARY_DNS_FORCE.`);
  });

  test("says in one line that name servers which cannot be queried were not", async () => {
    await it().patchZone({ parent: { nameServers: ["ns.elsewhere.example"] } });
    await set().up(program([it().ds]));
    expect(lines()).toEqual([
      `Not checked: whether the name servers of ${it().name} serve it signed by the keys of its DS. They cannot be queried from here: check them with dig @SERVER ${it().name} DNSKEY +dnssec.`,
    ]);
    expect(await it().published()).toEqual([it().ds]);
  });

  test("says which of the delegated name servers was not asked, whatever its place among them", async () => {
    const [first, second] = nameServersFor("secondary");
    const nameServers = [first, second, "ns.elsewhere.example"].filter((host) => host !== undefined);
    await it().patchZone({ parent: { nameServers } });
    await set().up(program([it().ds]));
    expect(lines()).toEqual([
      `Not checked: whether ${it().name} is served at ns.elsewhere.example signed by the keys of its DS. They cannot be queried from here: check them with dig @SERVER ${it().name} DNSKEY +dnssec.`,
    ]);
    expect(await it().published()).toEqual([it().ds]);
  });

  test("refuses the records of another name, also where the name comes from HostUp", async () => {
    const ds = `example.net. IN DS ${it().ds}`;
    const refused = `ds has the records of example.net while the domain is ${it().name}`;
    expect(await messageOf(set().up(program([], { ds })))).toContain(refused);
    const named = program([], { ds, domainId: undefined, domainName: it().name });
    expect(await messageOf(set().up(named))).toContain(refused);
    expect(await it().published()).toEqual([]);
  });

  test("looks the name up where HostUp's answer has none, so that no other zone's DS takes its domain off the air", async () => {
    await it().control.patch({ switches: { hostupDnssecHasName: false } });
    const above = it().name.replace(/^[^.]+\./, "above.");
    await it().patchDomain({ name: above });
    expect(await messageOf(set().up(program([it().ds])))).toContain(
      `ds has the records of ${it().name} while the domain is ${above}`,
    );
    expect(await it().published()).toEqual([]);

    await it().patchDomain({ name: it().name });
    const resource = set();
    await resource.up(program([it().ds]));
    expect(await it().published()).toEqual([it().ds]);
    expect(resource.state.outputs.domainName).toBe(it().name);
  });

  test("publishes nothing for a domain whose name nobody says", async () => {
    await it().control.patch({ switches: { hostupDnssecHasName: false } });
    await it().control.fault({
      method: "GET",
      path: "/domains",
      count: null,
      fault: { kind: "status", status: 200, body: { data: [], hasMore: false } },
    });
    const message = await messageOf(set().up(program([it().ds])));
    expect(message).toContain(`HostUp does not say the name of domain ${it().domainId}`);
    expect(message).toContain("Next: set domainName in place of domainId");
    expect(await it().published()).toEqual([]);
  });

  test("tells a registry that takes keys, and a gate that is closed, before it asks the name servers", async () => {
    await it().patchZone({ parent: { reachable: false } });
    await it().patchDomain({ dsGate: { reason: "The domain is locked.", code: "locked" } });
    expect(await messageOf(set().up(program([it().ds])))).toContain('"The domain is locked." (locked)');
    await it().patchDomain({ dsGate: null, recordType: "KEY" });
    expect(await messageOf(set().up(program([it().ds])))).toContain("does not accept DS records");
    expect(lines()).toEqual([]);
  });

  test.each([0, 1, 2, 3, 4])(
    "ends with each record once after a run that was killed after %d calls",
    async (count) => {
      const { killed, dead } = killedAfter(count, hastyTransport());
      const wanted = program([it().ds, it().ds384]);
      void set(createRuntime(killed)).up(wanted);
      if (count > 0) await dead;
      const resource = set();
      await resource.up(wanted);
      expect(
        Object.values((await it().domain()).dsRecords)
          .map(({ ds }) => ds)
          .sort(),
      ).toEqual([it().ds, it().ds384].sort());
      await next(resource).destroy();
      expect(await it().published()).toEqual([]);
    },
  );
});
