import "../../support/one-realm";
import type { Wanted } from "../../support/engine-runs";
import { useStacks } from "../../support/two-programs";

const { services, stack, printed, peerIds, zone } = useStacks();

const zoneAt = (index: number) => services().simulator.zones[index] ?? { id: "", name: "" };
const domain = () => services().simulator.domains[0] ?? { id: "", name: "" };
const domainStatus = async () => (await services().state()).domains[domain().id]?.dnssecAuto.status;

/** A zone with a peer of its own. */
const zoneProgram = (name: string, dnssec: object, action = "include"): Record<string, Wanted> => ({
  peer: {
    kind: "transferPeer",
    inputs: { accountId: services().simulator.accountId, name, ip: "127.0.0.1", port: 9 },
  },
  transfer: {
    kind: "incomingTransfer",
    inputs: { zoneId: zoneAt(0).id, name: zoneAt(0).name },
    from: (outputsOf) => ({ peers: [outputsOf("peer").peerId] }),
  },
  dnssec: { kind: "zoneDnssec", inputs: { zoneId: zoneAt(0).id, ...dnssec } },
  auto: { kind: "hostupDnssecAuto", inputs: { domainId: domain().id, action } },
});

describe.each([false, true])("destroy, with refresh: %s,", (refresh) => {
  test("leaves what another stack has taken over since, and says so", async () => {
    const from = stack("old");
    const to = stack("new");
    await from.up(zoneProgram("old", { dnssecMultiSigner: true }));
    await to.up(zoneProgram("new", { dnssecMultiSigner: true, dnssecUseNsec3: true }, "exclude"));
    const { peerId } = to.outputsOf("peer");

    await from.destroy({ refresh });
    expect(await peerIds()).toEqual([peerId]);
    expect((await zone()).incoming?.peers).toEqual([peerId]);
    expect((await zone()).dnssec).toMatchObject({ status: "pending", dnssec_multi_signer: true });
    expect(await domainStatus()).toBe("excluded");
    const lines = printed().split("\n");
    // The domain is as it was before both.
    const left = lines.filter((line) => line.includes("stays as it is"));
    expect(left.map((line) => line.includes(zoneAt(0).id))).toEqual([true, true]);

    // The new one goes on, and takes back what it found.
    await to.refresh();
    expect(
      await to.preview(zoneProgram("new", { dnssecMultiSigner: true, dnssecUseNsec3: true }, "exclude")),
    ).toMatchObject({ dnssec: [], transfer: [], auto: [] });
  });

  test("takes back what is as the program left it", async () => {
    const program = stack();
    await program.up(zoneProgram("ns0", { dnssecMultiSigner: true }));
    await program.destroy({ refresh });
    expect(printed()).not.toContain("stays");
    expect(await zone()).toMatchObject({ incoming: null, dnssec: { status: "disabled", modified_on: null } });
    expect(await domainStatus()).toBe("excluded");
    expect(await peerIds()).toEqual([]);
  });

  test("takes back a transfer of the program's peers, whatever else somebody changed of it", async () => {
    const program = stack();
    await program.up(zoneProgram("ns0", {}));
    await services().patch({ zones: { [zoneAt(0).id]: { incoming: { auto_refresh_seconds: 600 } } } });
    await program.destroy({ refresh });
    expect((await zone()).incoming).toBeNull();
    expect(await peerIds()).toEqual([]);
  });

  test("leaves DNSSEC that somebody changed in a console, and says what it is now", async () => {
    const program = stack();
    await program.up(zoneProgram("ns0", {}));
    await services().patch({ zones: { [zoneAt(0).id]: { dnssec: { dnssec_multi_signer: true } } } });
    await program.destroy({ refresh });
    expect((await zone()).dnssec).toMatchObject({ status: "pending", dnssec_multi_signer: true });
    expect(printed()).toMatch(/DNSSEC of zone .* is not as this program left it.*stays as it is/);
  });

  test("takes back a status that is Cloudflare's own doing", async () => {
    const program = stack();
    await program.up(zoneProgram("ns0", {}));
    await services().patch({ zones: { [zoneAt(0).id]: { dnssec: { status: "error" } } } });
    await program.destroy({ refresh });
    expect((await zone()).dnssec).toMatchObject({ status: "disabled" });
    expect(printed()).not.toContain("stays as it is");
  });
});

test("what was changed by hand and is brought back by an up is the program's again", async () => {
  const program = stack();
  await program.up(zoneProgram("ns0", {}));
  await services().patch({ zones: { [zoneAt(0).id]: { dnssec: { dnssec_multi_signer: true } } } });
  await program.refresh();
  await program.up(zoneProgram("ns0", {}));
  await program.destroy();
  expect((await zone()).dnssec).toMatchObject({ status: "disabled", modified_on: null });
});

test("a destroy that was interrupted goes on where it stopped", async () => {
  const { accountId } = services().simulator;
  const [foreign, time] = ["f".repeat(32), "2026-01-01T00:00:00Z"];
  const { id, name } = zoneAt(0);
  const incoming = {
    name,
    peers: [foreign],
    auto_refresh_seconds: 600,
    created_time: time,
    modified_time: time,
  };
  await services().patch({ peers: { [foreign]: { accountId, name: "other", ip: "127.0.0.1", port: 9 } } });
  await services().patch({ zones: { [id]: { incoming } } });
  const program = stack();
  await program.up(zoneProgram("ns0", {}));
  for (const method of ["DELETE", "PUT"] as const)
    await services().fault({ method, count: null, path: "/zones/**", fault: { kind: "lost-answer" } });
  await expect(program.destroy()).rejects.toThrow();
  await services().clearFaults();
  await program.destroy();
  expect((await zone()).incoming).toMatchObject({ peers: [foreign], auto_refresh_seconds: 600 });
  expect((await zone()).dnssec).toMatchObject({ status: "disabled", modified_on: null });
  expect(await peerIds()).toEqual([foreign]);
  expect(printed()).not.toContain("stays as it is");
});

describe.each([
  ["made, and its answer lost", { kind: "lost-answer" }],
  ["not made", { kind: "status", status: 500 }],
] as const)("an update that fails for good, %s,", (_title, fault) => {
  test("leaves nothing that destroy takes for somebody else's", async () => {
    const program = stack();
    await program.up(zoneProgram("ns0", {}));
    await services().fault({ method: "PATCH", count: null, fault });
    await services().fault({ method: "GET", after: 1, count: null, fault: { kind: "status", status: 500 } });
    const errors = await program.failing(zoneProgram("ns0", { dnssecMultiSigner: true }));
    expect(errors).toHaveProperty("dnssec");
    await services().clearFaults();
    await program.destroy();
    expect((await zone()).dnssec).toMatchObject({ status: "disabled", modified_on: null });
    expect(printed()).not.toContain("stays as it is");
  });
});
