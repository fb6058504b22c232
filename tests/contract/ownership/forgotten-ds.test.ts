import "../../support/one-realm";
import { freshRuntime, type Wanted } from "../../support/engine-runs";
import { useStacks } from "../../support/two-programs";

const { services, stack, zone } = useStacks();

const PEER = "e".repeat(32);
const TIME = "2026-01-01T00:00:00Z";
const DS = `2371 13 2 ${"5A".repeat(32)}`;

const first = () => services().simulator.zones[0] ?? { id: "", name: "" };

/** The zone is presigned as it was before the program, which takes it over as it is. */
const transfer = (): Wanted => ({
  kind: "incomingTransfer",
  inputs: { zoneId: first().id, name: first().name, peers: [PEER], waitForTransfer: false },
});
const signing = (flags: object = { dnssecPresigned: true, dnssecUseNsec3: true }): Wanted => ({
  kind: "zoneDnssec",
  inputs: {
    zoneId: first().id,
    ...flags,
    __zone: { zoneId: first().id, zoneName: first().name, accountId: services().simulator.accountId },
  },
  from: () => ({}),
});
const OFF = { status: "disabled" };
const both = () => ({ transfer: transfer(), signing: signing() });
const off = () => ({ transfer: transfer(), signing: signing(OFF) });

async function atParent(...ds: readonly string[]): Promise<void> {
  await services().patch({ zones: { [first().id]: { parent: { ds, ttl: 3_600 } } } });
  // The operator's own resolver never had it; others may.
  await fetch(`${services().simulator.control}/resolver-cache`, { method: "DELETE" });
}

const HELD = "may have it cached for 60 min";
const isPresigned = async () => (await zone()).dnssec.dnssec_presigned;

beforeEach(async () => {
  const { accountId } = services().simulator;
  await services().patch({ peers: { [PEER]: { accountId, name: "ns0", ip: "127.0.0.1", port: 9 } } });
  const dnssec = { status: "pending", dnssec_presigned: true, dnssec_use_nsec3: true, modified_on: TIME };
  const incoming = {
    name: first().name,
    peers: [PEER],
    auto_refresh_seconds: 86_400,
    created_time: TIME,
    modified_time: TIME,
  };
  await services().patch({ zones: { [first().id]: { dnssec, incoming } } });
});

/** A stack whose last refreshes saw a DS at the parent, and that it had gone. */
async function withdrawn() {
  const program = stack();
  await program.up(both());
  await atParent(DS);
  await program.refresh();
  await atParent();
  await program.refresh();
  return program;
}

describe("a DS that was withdrawn a moment ago", () => {
  test("is remembered by what signs the zone", async () => {
    const program = await withdrawn();
    expect((await program.failing(off())).signing).toContain(HELD);
    expect(await isPresigned()).toBe(true);
  });

  test("is not forgotten when that is replaced by force with a change", async () => {
    const program = await withdrawn();
    expect((await program.failing(off(), { replace: ["signing"] })).signing).toContain(HELD);
    expect(await isPresigned()).toBe(true);
  });

  test("is not forgotten when it is replaced by force as it is, and changed by the next run", async () => {
    const program = await withdrawn();
    await program.up(both(), { replace: ["signing"] });
    expect((await program.failing(off())).signing).toContain(HELD);
    expect(await isPresigned()).toBe(true);
  });

  test("is not forgotten with a refresh, also under another name and without its transfer", async () => {
    const program = await withdrawn();
    const { renamed } = await program.failing({ renamed: signing(OFF) }, { refresh: true });
    expect(renamed).toContain(HELD);
    expect(await isPresigned()).toBe(true);
  });

  test("keeps the transfer of a presigned zone, and another signer from it, after its signing was taken out", async () => {
    const program = stack();
    await atParent(DS);
    await program.up(both());
    await program.up({ transfer: transfer() });
    await atParent();
    await program.refresh();
    const errors = await program.model.destroy(freshRuntime());
    expect(String([...errors.values()])).toContain(HELD);
    expect((await zone()).incoming?.peers).toEqual([PEER]);
    expect((await program.failing(off())).signing).toContain(HELD);
    expect(await isPresigned()).toBe(true);
  });
});

test("a zone without a DS has nothing of it in the state of its transfer", async () => {
  const program = stack();
  await program.up(both());
  await program.refresh();
  expect(program.outputsOf("transfer")).not.toHaveProperty("__parent");
});
