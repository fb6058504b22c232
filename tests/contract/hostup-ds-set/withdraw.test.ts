import "../../support/one-realm";
import { until } from "../../support/dns-processes";
import { useDsSet } from "../../support/ds-set";
import { freshRuntime, type Runtime } from "../../support/engine-runs";
import { type Bag, Managed, simulatorConfig } from "../../support/handlers";
import { messageOf } from "../../support/outcome";
import { describeAtPort53 } from "../../support/signed-domain";

const [TTL, KEY_TTL] = [2, 1];
jest.setTimeout(40_000);

describeAtPort53("a HostupDsSet that withdraws", () => {
  const { it, set, program, next, lines, calls } = useDsSet({ ttl: TTL, dnskeyTtl: KEY_TTL });
  /** What signs the zone, in a run of the engine, and what its component gives it. */
  const zoneOf = (runtime: Runtime) =>
    new Managed(runtime.zoneDnssec, simulatorConfig(it().control.simulator));
  const named = () => {
    const { zoneId, name: zoneName } = it();
    return { zoneId, __zone: { zoneId, zoneName, accountId: "a".repeat(32), hasPrimaries: true } };
  };

  test("ends when no resolver can hold the DS, or the keys by it", async () => {
    const resource = set();
    await resource.up(program([it().ds, it().ds384]));
    const began = Date.now();
    const [, made] = await calls(() => next(resource).destroy());
    expect(Date.now() - began).toBeGreaterThanOrEqual((TTL + KEY_TTL) * 1_000);
    expect(made).toEqual(["GET dnssec", "DELETE dnssec/…", "DELETE dnssec/…"]);
    expect(await it().atParent()).toEqual([]);
  });

  test("spares what is destroyed after it another wait, which knows of the DS from before", async () => {
    const runtime = freshRuntime();
    const dnssec = zoneOf(runtime);
    await dnssec.up(named());
    const resource = set(runtime);
    await resource.up(program([it().ds]));
    await dnssec.refresh();
    const { outputs } = dnssec.state;
    expect(outputs).toMatchObject({ __parent: { ds: [{ ttl: TTL }] } });

    const later = freshRuntime();
    await next(resource, set(later)).destroy();
    const forgotten = Date.now();
    const second = zoneOf(later);
    // What stood there before the program: it is put back by ending signing.
    const __before = { ...outputs, status: "disabled", deleted: true };
    second.saved = { ...dnssec.state, outputs: { ...outputs, __before } };
    await second.destroy();
    expect(Date.now() - forgotten).toBeLessThan(TTL * 1_000);
    // Its keys are deleted, as they would not be while a DS of them may be held.
    expect((await it().zone()).dnssec).toMatchObject({ status: "disabled", modified_on: null });
  });

  test("keeps the zone signed until then where both are destroyed at once, as the program has no order between them", async () => {
    const runtime = freshRuntime();
    const dnssec = zoneOf(runtime);
    await dnssec.up(named());
    const resource = await published({ waitForRemoval: 0 });
    // It has not been seen by what signs the zone: nobody refreshed.
    const __before = { ...dnssec.state.outputs, status: "disabled", deleted: true };
    // As with `signing: "off"`, which withdraws first.
    await messageOf(next(resource).up(program([], { waitForRemoval: 0 })));
    expect(await it().atParent()).toEqual([]);

    const withdrawn = Date.now();
    await it().control.fault({
      method: "GET",
      path: "/domains/*/dnssec",
      fault: { kind: "delay", milliseconds: 500 },
    });

    const later = freshRuntime();
    const second = zoneOf(later);
    second.saved = { ...dnssec.state, outputs: { ...dnssec.state.outputs, __before } };
    await Promise.all([second.destroy(), messageOf(next(resource, set(later)).destroy())]);
    expect((await it().zone()).dnssec).toMatchObject({ status: "disabled", modified_on: null });
    expect(Date.now() - withdrawn).toBeGreaterThanOrEqual((TTL + KEY_TTL) * 1_000);
  });

  describe('before signing ends, as with `signing: "off"` of a SecondaryZone,', () => {
    const off = () => ({ ...program([], { waitForRemoval: 0 }), __zone: { isSigningGuarded: true } });

    /** The DS came to the parent in the run that published it, after what signs the zone was looked at. */
    const signed = async () => {
      const runtime = freshRuntime();
      const dnssec = zoneOf(runtime);
      await dnssec.up(named());
      const resource = set(runtime);
      await resource.up(program([it().ds]));
      const __before = { ...dnssec.state.outputs, status: "disabled", deleted: true };
      dnssec.saved = { ...dnssec.state, outputs: { ...dnssec.state.outputs, __before } };
      return { dnssec, resource };
    };
    /** Cloudflare signs on, DNSSEC disabled or not, until its keys are deleted. */
    const hasKeys = async () => (await it().zone()).dnssec.modified_on !== null;

    test("tells what signs the zone, which in a destroy after that goes on signing", async () => {
      await it().patchZone({ parent: { ttl: 3600 } });
      const { dnssec, resource } = await signed();

      const second = freshRuntime();
      expect(await next(resource, set(second)).up(off())).toBe("updated");
      expect(lines().join()).toMatch(
        /is withdrawn at HostUp\. .* cached until \S+: zone-0000\.example stays signed until then\./,
      );
      const disabled = zoneOf(second);
      disabled.saved = dnssec.saved;
      await disabled.up({ ...named(), status: "disabled" });

      const third = zoneOf(freshRuntime());
      third.saved = disabled.saved;
      await third.destroy();
      expect(await hasKeys()).toBe(true);
      expect(lines().join()).toContain("stays signed");
    });

    test("lets it end once resolvers have forgotten the DS", async () => {
      const { dnssec, resource } = await signed();
      const second = freshRuntime();
      await next(resource, set(second)).up(off());
      const withdrawn = Date.now();
      const last = zoneOf(second);
      last.saved = dnssec.saved;
      await last.up({ ...named(), status: "disabled" });
      await last.destroy();
      expect(await hasKeys()).toBe(false);
      expect(Date.now() - withdrawn).toBeGreaterThanOrEqual(TTL * 1_000);
    });

    test("while the registry has yet to publish it leaves the state as it is, and with it the order of a destroy", async () => {
      const { resource } = await signed();
      await it().patchZone({ parent: { ds: [] } });
      const later = next(resource);
      later.saved = { ...resource.state, outputs: { ...resource.state.outputs, __wasShown: undefined } };
      const before = later.saved;
      expect(await messageOf(later.up(off()))).toContain("stays published for now");
      expect(later.saved).toBe(before);
      expect(await it().published()).toEqual([it().ds]);
    });
  });

  describe("and leaves the program where what signs the zone stays", () => {
    /** Both are up, and what signs the zone looked at the parent before the DS came. */
    const both = async () => {
      await it().patchZone({ parent: { ttl: 3600 } });
      const dnssec = zoneOf(freshRuntime());
      await dnssec.up(named());
      return { dnssec, resource: await published({ waitForRemoval: 0 }) };
    };
    const inRunOf = (runtime: Runtime, { saved }: Managed) => {
      const dnssec = zoneOf(runtime);
      dnssec.saved = saved;
      return dnssec;
    };

    test("withdraws nothing before that is known there, since it would not wait in a later run", async () => {
      const { dnssec, resource } = await both();
      const second = freshRuntime();
      expect(await inRunOf(second, dnssec).up(named())).toBe("same");
      const message = await messageOf(next(resource, set(second)).destroy());
      expect(message).toContain("the state of what signs the zone (ZoneDnssec) does not record it yet");
      expect(message).toContain('Next: run "pulumi refresh", which records it');
      expect(await it().published()).toEqual([it().ds]);
    });

    test("withdraws it after a refresh, and a change of signing that follows waits", async () => {
      const { dnssec, resource } = await both();
      await dnssec.refresh();
      const second = freshRuntime();
      await inRunOf(second, dnssec).up(named());
      expect(await messageOf(next(resource, set(second)).destroy())).toContain("is withdrawn at HostUp");
      const presigned = { ...named(), dnssecPresigned: true };
      expect(await messageOf(inRunOf(freshRuntime(), dnssec).up(presigned))).toContain("stays as it is");
    });

    test("withdraws it where that is forced", async () => {
      const { dnssec, resource } = await both();
      process.env.SECONDARY_DNS_FORCE = it().name;
      const second = freshRuntime();
      await inRunOf(second, dnssec).up(named());
      await next(resource, set(second)).destroy();
      expect(await it().published()).toEqual([]);
    });

    test("and is destroyed with it where all goes", async () => {
      const { resource } = await both();
      expect(await messageOf(next(resource).destroy())).toContain("is withdrawn at HostUp");
    });
  });

  test("where that is longer than it may wait stops, says until when, and knows it again after a refresh", async () => {
    let resource = await published({ waitForRemoval: 0 });
    const before = Date.now();
    resource = next(resource);
    const message = await messageOf(resource.destroy());
    const [, time = ""] = /Next: run "pulumi refresh" now, .* again after (\S+)\./.exec(message) ?? [];
    expect(Date.parse(time)).toBeGreaterThanOrEqual(before + (TTL + KEY_TTL) * 1_000);
    expect(message).toContain("is withdrawn at HostUp, and nothing else is changed yet");
    expect(await it().atParent()).toEqual([]);

    resource = next(resource);
    await resource.refresh();
    expect(await messageOf(next(resource).destroy())).toContain("Next: run the command again after");
    await until("resolvers have forgotten the DS", () =>
      next(resource)
        .destroy()
        .then(
          () => true,
          () => false,
        ),
    );
    expect(Date.now()).toBeGreaterThanOrEqual(before + (TTL + KEY_TTL) * 1_000);
  });

  test("withdraws nothing that it would have to wait for longer than it may, before the state knows of it", async () => {
    const resource = await published({ waitForRemoval: 0 });
    // The registry took its time.
    const { __parent: _, ...outputs } = resource.state.outputs;
    resource.saved = { ...resource.state, outputs };
    const [message, made] = await calls(() => messageOf(next(resource).destroy()));
    expect(message).toContain(
      `it may stay in caches for ${TTL + KEY_TTL} s, longer than waitForRemoval (0 s)`,
    );
    expect(message).toContain('Next: run "pulumi refresh", which records it');
    expect(made).toEqual(["GET dnssec"]);
    await resource.refresh();
    expect(await messageOf(next(resource).destroy())).toContain("is withdrawn at HostUp");
    expect(await it().published()).toEqual([]);
  });

  test("takes nothing for forgotten that it has not seen go", async () => {
    const resource = await published({ waitForRemoval: 0 });
    await messageOf(next(resource).destroy());
    // Nobody knows since when.
    const began = Date.now();
    const again = await messageOf(next(resource).destroy());
    expect(again).toContain('run "pulumi refresh" now');
    const [, time = ""] = /again after (\S+)\./.exec(again) ?? [];
    expect(Date.parse(time)).toBeGreaterThanOrEqual(began + (TTL + KEY_TTL) * 1_000);
  });

  test("says that the parent still has it, where the registry puts it there by itself", async () => {
    const resource = set();
    await resource.up(program([it().ds], { waitForRemoval: 1 }));
    await it().putAtParent(it().ds, it().ds384);
    await it().patchDomain({ dsRecords: Object.fromEntries(await rowsOfDomain()) });
    await it().putAtParent(it().ds, it().ds384);
    const message = await messageOf(next(resource).destroy());
    expect(message).toContain("After 1 s (waitForRemoval) the parent still has it.");
    expect(message).toContain("A registry that reads CDS");
  });

  test("stops where the parent cannot be queried, unless it is forced", async () => {
    const resource = set();
    await resource.up(program([it().ds]));
    await it().patchZone({ parent: { reachable: false } });
    await fetch(`${it().control.simulator.control}/resolver-cache`, { method: "DELETE" });
    const message = await messageOf(next(resource).destroy());
    expect(message).toContain(`DS ${it().ds} of ${it().name} stays published: the DS set at the parent`);
    expect(message).toContain("Next: name a resolver that can be asked");
    expect(await it().published()).toEqual([it().ds]);
    process.env.SECONDARY_DNS_FORCE = it().name;
    await next(resource).destroy();
  });

  test("stops where a DS of somebody else would stay by which nothing validates, unless it is forced", async () => {
    const strange = `12345 13 2 ${"5A".repeat(32)}`;
    const resource = set();
    await resource.up(program([it().ds]));
    await it().putAtParent(it().ds, strange);
    const [named, elsewhere] = [(await it().zone()).parent.nameServers, ["ns.elsewhere.example"]];
    for (const nameServers of [named, elsewhere]) {
      await it().patchZone({ parent: { nameServers } });
      const message = await messageOf(next(resource).destroy());
      expect(message).toContain(
        `DS ${it().ds} of ${it().name} stays published: the parent also has DS ${strange}`,
      );
      expect(message).toContain("Next: remove that DS where it was published");
      expect(await it().published()).toEqual([it().ds]);
    }
    process.env.SECONDARY_DNS_FORCE = it().name;
    await next(resource).destroy();
    expect(await it().published()).toEqual([]);
  });

  test("withdraws nothing that is still on its way to the parent, where it would come when nothing signs for it", async () => {
    await it().control.patch({ switches: { hostupDsAtParent: "by-hand" } });
    const resource = set();
    await resource.up(program([it().ds], { waitForRemoval: 1 }));
    expect(lines().at(-1)).toContain(`DS ${it().ds} of ${it().name} is on its way`);
    for (const run of [
      () => next(resource).destroy(),
      () => next(resource).up(program([], { waitForRemoval: 1 })),
    ]) {
      const message = await messageOf(run());
      expect(message).toContain("stays published for now: HostUp has it, and after 1 s (waitForRemoval)");
      expect(message).toContain("Next: run the command again when the parent has it");
    }
    expect(await it().published()).toEqual([it().ds]);

    await it().control.patch({ switches: { hostupDsAtParent: "at-once" } });
    await it().putAtParent(it().ds);
    await resource.up(program([it().ds]));
    await next(resource).destroy();
    expect(await it().atParent()).toEqual([]);
  });

  test("waits for what is on its way, and then until resolvers have forgotten it", async () => {
    await it().control.patch({ switches: { hostupDsAtParent: "by-hand" } });
    const resource = set();
    await resource.up(program([it().ds]));
    const destroyed = next(resource).destroy();
    await it().control.patch({ switches: { hostupDsAtParent: "at-once" } });
    await it().putAtParent(it().ds);
    const shown = Date.now();
    await destroyed;
    expect(Date.now() - shown).toBeGreaterThanOrEqual((TTL + KEY_TTL) * 1_000);
    expect(await it().atParent()).toEqual([]);
  });

  test("waits longer than it may where the time would be lost with it, since the state knows nothing of the DS", async () => {
    await it().control.patch({ switches: { hostupDsAtParent: "by-hand" } });
    const resource = set();
    const limit = TTL + KEY_TTL + 1;
    await resource.up(program([it().ds], { waitForRemoval: limit }));
    const destroyed = next(resource).destroy();
    await it().putAtParent(it().ds);
    await until("HostUp has none", async () => (await it().published()).length === 0);
    const withdrawn = Date.now();
    await until("the registry has taken its time", async () => Date.now() > withdrawn + 2_500);
    await it().putAtParent();
    await destroyed;
    expect(Date.now() - withdrawn).toBeGreaterThan(limit * 1_000);
  });

  test("withdraws what the registry has taken out by itself since, however long ago", async () => {
    const resource = set();
    await resource.up(program([it().ds]));
    await it().putAtParent();
    await resource.refresh();
    await until("resolvers have forgotten the DS", async () => {
      await resource.refresh();
      return !JSON.stringify(resource.state.outputs.__parent).includes("keyTag");
    });
    await next(resource).destroy();
    expect(await it().published()).toEqual([]);
  });

  test("leaves a DS of somebody else that names a key which signs, and waits for its own alone", async () => {
    const resource = set();
    await resource.up(program([it().ds]));
    await it().patchDomain({ dsRecords: { dsr_other: { ds: it().ds384 } } });
    await next(resource).destroy();
    expect(await it().atParent()).toEqual([it().ds384]);
  });

  test("makes no call at all when it has published nothing", async () => {
    const resource = set();
    await resource.up(program([]));
    expect(await calls(() => next(resource).destroy())).toEqual([undefined, []]);
  });

  test("by an empty set keeps the time in the state, and goes on from there", async () => {
    let resource = await published({ waitForRemoval: 0 });
    const none = program([], { waitForRemoval: 0 });
    resource = next(resource);
    const message = await messageOf(resource.up(none));
    expect(message).toContain("Next: run the command again after");
    expect(message).not.toContain("pulumi refresh");
    expect(await it().published()).toEqual([]);
    await until("resolvers have forgotten the DS", async () => {
      resource = next(resource);
      return resource.up(none).then(
        () => true,
        () => false,
      );
    });
    expect(await next(resource).up(none)).toBe("same");
  });

  /** With a DS that is published, and then as the program says. */
  const published = async (then: Bag) => {
    const resource = set();
    await resource.up(program([it().ds]));
    await resource.up(program([it().ds], then));
    return resource;
  };

  const rowsOfDomain = async () =>
    Object.keys((await it().domain()).dsRecords).map((id) => [id, null] as const);
});
