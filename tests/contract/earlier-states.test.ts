import { startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { type EarlierState, earlierStates, objectsOf } from "../support/earlier-states";
import { freshRuntime, type Runtime } from "../support/engine-runs";
import { type Bag, handlerOf, simulatorConfig, stackConfig } from "../support/handlers";

const open: Control[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(open.splice(0).map(({ simulator }) => simulator.close()));
});

/** The services as they were, and today's code. */
async function resumed({ server }: EarlierState) {
  const control = controlOf(await startSimulator());
  open.push(control);
  await control.patch(server);
  // A primary that is gone by now is told.
  jest.spyOn(console, "log").mockImplementation(() => {});
  const { simulator } = control;
  const config = stackConfig({
    ...simulatorConfig(simulator),
    "cloudflare-eu:apiToken": simulator.cloudflareToken,
    "cloudflare-eu:baseUrl": simulator.cloudflare,
  });
  const runtime = freshRuntime();
  const handler = (kind: keyof Runtime) => {
    const provider = handlerOf(runtime[kind]);
    void provider.configure(config);
    return provider;
  };
  return { control, handler };
}

const wire = (value: unknown): Bag => JSON.parse(JSON.stringify(value));

describe.each(earlierStates())("what the engine saved of $name at 15f4e2d", ({ state }) => {
  test("previews without a change", async () => {
    const { control, handler } = await resumed(state);
    for (const { kind, id, inputs, outputs } of objectsOf(state)) {
      const { inputs: checked = {}, failures } = await handler(kind).check(inputs, inputs);
      expect(failures).toEqual([]);
      const { __provider: _, ...given } = inputs;
      expect(wire(checked)).toEqual(given);
      const { replaces } = await handler(kind).diff(id, outputs, inputs);
      expect(replaces).toEqual([]);
    }
    expect(await control.requests()).toEqual([]);
  });

  test("refreshes without a change, save that a failed wait is due again", async () => {
    const { handler } = await resumed(state);
    for (const { kind, id, inputs, outputs, initErrors } of objectsOf(state)) {
      const read = await handler(kind).read(id, outputs);
      expect(read.id).toBe(id);
      const { __provider: _, ...given } = inputs;
      const waits = Object.keys(given).filter((key) => initErrors && key.startsWith("waitFor"));
      const due = Object.fromEntries(waits.map((key) => [key, false]));
      expect(wire(read.inputs)).toEqual({ ...given, ...due });
      expect(initErrors === undefined || waits.length === 1).toBe(true);
    }
  });

  test("is taken down to what stood there before", async () => {
    const { control, handler } = await resumed(state);
    const objects = objectsOf(state);
    for (const { kind, id, outputs } of [...objects].reverse()) await handler(kind).delete(id, outputs);
    const { tsigs, peers, zones, domains } = await control.state();
    expect(tsigs).toEqual({});
    // Those that nobody took over.
    expect(Object.values(peers).map(({ name }) => name)).toEqual("other" in byName(state) ? ["other"] : []);
    for (const { kind, id, outputs } of objects) {
      if (kind === "zoneDnssec") expect(zones[id]?.dnssec).toMatchObject(dnssecBefore(outputs));
      if (kind === "incomingTransfer")
        expect(zones[id]?.incoming ?? undefined).toEqual(incomingBefore(outputs));
      if (kind === "hostupDnssecAuto")
        expect(domains[id]?.dnssecAuto.status === "excluded").toBe(outputs.__before === "exclude");
    }
  });
});

function byName({ server }: EarlierState): Record<string, unknown> {
  const peers = Object.values(wire(server.peers ?? {}));
  return Object.fromEntries(peers.map((peer) => [String(wire(peer).name), peer]));
}

function dnssecBefore({ __before }: Bag): object {
  const { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner, deleted } = wire(__before);
  return {
    status: status === "active" ? "pending" : "disabled",
    dnssec_presigned: dnssecPresigned,
    dnssec_use_nsec3: dnssecUseNsec3,
    dnssec_multi_signer: dnssecMultiSigner,
    ...(deleted ? { modified_on: null } : {}),
  };
}

function incomingBefore({ __before }: Bag): unknown {
  if (__before === undefined) return undefined;
  const { name, peers, autoRefreshSeconds } = wire(__before);
  return expect.objectContaining({ name, peers, auto_refresh_seconds: autoRefreshSeconds });
}
