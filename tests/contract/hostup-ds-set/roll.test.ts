import "../../support/one-realm";
import { until } from "../../support/dns-processes";
import { useDsSet } from "../../support/ds-set";
import { messageOf } from "../../support/outcome";
import { describeAtPort53 } from "../../support/signed-domain";

const STRANGE = `12345 13 2 ${"5A".repeat(32)}`;
const TTL = 2;
jest.setTimeout(40_000);

describeAtPort53("a HostupDsSet whose records change", () => {
  const { it, set, hasty, program, next, lines, calls } = useDsSet({ ttl: TTL });

  test("has the new one published first, and takes the old one out when resolvers know it", async () => {
    const resource = set();
    await resource.up(program([it().ds]));
    const began = Date.now();
    const [did, made] = await calls(() => resource.up(program([it().ds384])));
    expect(did).toBe("updated");
    expect(made).toEqual(["GET dnssec", "POST dnssec", "GET dnssec", "GET dnssec", "DELETE dnssec/…"]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(TTL * 1_000);
    expect(await it().atParent()).toEqual([it().ds384]);
    expect(await resource.preview(program([it().ds384]))).toEqual([]);
  });

  test("where that is longer than it may wait keeps both, and the next run goes on once it is time", async () => {
    let resource = set();
    await resource.up(program([it().ds]));
    const wanted = program([it().ds384], { waitForRemoval: 0 });
    await resource.up(wanted);
    expect(await it().atParent()).toEqual([it().ds, it().ds384]);
    expect(resource.state.outputs.records).toHaveLength(2);
    const [line = ""] = lines();
    expect(line).toContain(`DS ${it().ds} of ${it().name} stays published beside the new one`);
    const time = Date.parse(/until (\S+)\. Next: run "pulumi up" after that/.exec(line)?.[1] ?? "");
    expect(time).toBeGreaterThan(Date.now());

    // Not due yet, whether it is refreshed or not.
    expect(await calls(() => next(resource).up(wanted))).toEqual(["same", []]);
    await resource.refresh();
    await until("it is time", async () => Date.now() > time);
    resource = next(resource);
    const [did, made] = await calls(() => resource.up(wanted));
    expect([did, made]).toEqual(["updated", ["GET dnssec", "GET dnssec", "DELETE dnssec/…"]]);
    expect(await it().atParent()).toEqual([it().ds384]);
    expect(await calls(() => next(resource).up(wanted))).toEqual(["same", []]);
  });

  test("keeps the old one while the parent has no new one", async () => {
    const resource = set();
    await resource.up(program([it().ds]));
    // A registry that takes its time.
    await it().patchDomain({ name: `other.${it().name}` });
    const wanted = program([it().ds384], { waitForRemoval: 1 });
    await resource.up(wanted);
    expect(lines().join()).toContain("the parent does not have the new one yet");
    expect([...(await it().published())].sort()).toEqual([it().ds, it().ds384].sort());

    await it().putAtParent(it().ds, it().ds384);
    await it().patchDomain({ name: it().name });
    const later = next(resource);
    await later.up(program([it().ds384]));
    expect(await it().published()).toEqual([it().ds384]);
  });

  test("keeps what signs when the new key does not sign yet", async () => {
    const resource = hasty();
    await resource.up(program([it().ds]));
    const message = await messageOf(resource.up(program([STRANGE])));
    expect(message).toContain("does not serve it signed by the keys of DS 12345 13 2".replace("does", "do"));
    expect(await it().atParent()).toEqual([it().ds]);
    expect(await next(resource).up(program([it().ds]))).toBe("updated");
  });

  test("takes the old one out in the end when a refresh has hidden that a run failed half-way", async () => {
    const resource = hasty();
    await resource.up(program([it().ds]));
    await it().control.fault({
      method: "DELETE",
      path: "/domains/*/dnssec/*",
      count: 1,
      fault: { kind: "status", status: 403, body: {} },
    });
    await messageOf(resource.up(program([it().ds384])));
    expect(await it().published()).toHaveLength(2);
    await resource.refresh();
    expect(await next(resource).up(program([it().ds384]))).toBe("updated");
    expect(await it().published()).toEqual([it().ds384]);
  });

  test("does not take out what somebody else has published meanwhile", async () => {
    const resource = set();
    await resource.up(program([it().ds]));
    await it().patchDomain({ dsRecords: { dsr_other: { ds: STRANGE } } });
    await resource.refresh();
    expect(await resource.preview(program([it().ds]))).toEqual([]);
    await resource.up(program([it().ds384]));
    expect([...(await it().published())].sort()).toEqual([STRANGE, it().ds384].sort());
  });

  test("moves to another domain once that has its own", async () => {
    const resource = set();
    await resource.up(program([it().ds]));
    const { dnssecAuto, ...domain } = await it().domain();
    const [id, name] = ["dom_other", "moved.example"];
    const other = { ...domain, id, name, dsRecords: {}, dnssecAuto: { ...dnssecAuto, domainName: name } };
    await it().control.patch({ domains: { [id]: other } });
    expect(await resource.up(program([], { domainId: id }))).toBe("replaced");
    expect(await it().published()).toEqual([]);
  });
});
