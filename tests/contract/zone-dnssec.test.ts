import { zoneDnssec } from "../../provider/runtime";
import { startSimulator, type Zone } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { type Bag, handlerOf, Managed, PROVIDER, simulatorConfig, stackConfig } from "../support/handlers";
import { callsDuring, messageOf } from "../support/outcome";

const CHANGED = "2026-01-01T00:00:00.000Z";
const NO_FLAGS = { dnssec_presigned: false, dnssec_use_nsec3: false, dnssec_multi_signer: false };

/** The states of Cloudflare's documents, and what leads the simulator there. */
const STATES = {
  deleted: {},
  pending: { dnssec: { status: "pending" } },
  active: { dsAtParent: true, dnssec: { status: "active" } },
  "pending-disabled": { dsAtParent: true, dnssec: { status: "pending-disabled" } },
  disabled: { dnssec: { status: "disabled", modified_on: CHANGED } },
} as const;

/** What is looked at before a change, besides the setting itself: the zone, and its transfer where that matters. */
const isWrite = (call: string) => !call.startsWith("GET ");

let control: Control;
let resource: Managed;
let zoneId: string;
let program: Bag;

beforeEach(async () => {
  control = controlOf(await startSimulator());
  resource = new Managed(zoneDnssec, simulatorConfig(control.simulator));
  zoneId = control.simulator.zones[0]?.id ?? "";
  program = { zoneId };
  // These zones have no primary and no transfer: what stands guard over that is tested in guard-model.test.ts.
  process.env.SECONDARY_DNS_FORCE = control.simulator.zones.map(({ name }) => name).join();
  jest.spyOn(console, "log").mockImplementation(() => {});
});

afterEach(async () => {
  delete process.env.SECONDARY_DNS_FORCE;
  jest.restoreAllMocks();
  await control.simulator.close();
});

async function zone(): Promise<Zone> {
  const found = (await control.state()).zones[zoneId];
  if (found === undefined) throw new Error("the zone is gone");
  return found;
}

const dnssec = async () => (await zone()).dnssec;
const patch = (change: object | null) => control.patch({ zones: { [zoneId]: change } });
const counting = <Result>(run: () => Promise<Result>) => callsDuring(control, run);

describe("a ZoneDnssec from create to update", () => {
  test("enables DNSSEC by one write, once it has looked at the zone", async () => {
    const [did, made] = await counting(() => resource.up(program));
    expect([did, made]).toEqual(["created", ["GET dnssec", `GET zones/${zoneId}`, "PATCH dnssec"]]);
    expect(await dnssec()).toMatchObject({ status: "pending", ...NO_FLAGS });
    expect(resource.state).toMatchObject({
      id: zoneId,
      outputs: {
        zoneId,
        status: "active",
        observedStatus: "pending",
        dnssecPresigned: false,
        dnssecUseNsec3: false,
        dnssecMultiSigner: false,
        onDelete: "restore",
        algorithm: "13",
        digestType: "2",
        flags: 257,
        keyTag: 2371,
        keyType: "ECDSAP256SHA256",
      },
    });
    const { outputs } = resource.state;
    expect(outputs.ds).toBe(`zone-0000.example. 3600 IN DS 2371 13 2 ${outputs.digest}`);
    expect(outputs.modifiedOn).toEqual(expect.any(String));
  });

  test("sets presigned and NSEC3 in the call that enables", async () => {
    const [, made] = await counting(() =>
      resource.up({ ...program, dnssecPresigned: true, dnssecUseNsec3: true }),
    );
    expect(made.filter(isWrite)).toEqual(["PATCH dnssec"]);
    expect(await dnssec()).toMatchObject({
      status: "pending",
      dnssec_presigned: true,
      dnssec_use_nsec3: true,
      dnssec_multi_signer: false,
    });
  });

  test.each<[state: keyof typeof STATES, wanted: string, ends: string, calls: number]>([
    ["deleted", "active", "pending", 3],
    ["pending", "active", "pending", 1],
    ["active", "active", "active", 1],
    ["pending-disabled", "active", "active", 3],
    ["disabled", "active", "pending", 3],
    ["deleted", "disabled", "disabled", 1],
    ["pending", "disabled", "disabled", 3],
    ["active", "disabled", "pending-disabled", 3],
    ["pending-disabled", "disabled", "pending-disabled", 1],
    ["disabled", "disabled", "disabled", 1],
  ])("takes over a zone that is %s and wanted %s", async (state, status, ends, calls) => {
    await patch(STATES[state]);
    const [, made] = await counting(() => resource.up({ ...program, status }));
    expect(made).toHaveLength(calls);
    expect(await dnssec()).toMatchObject({ status: ends });
    expect(resource.state.outputs).toMatchObject({ status, observedStatus: ends });
  });

  test.each<[title: string, from: Bag, to: Bag, there: object]>([
    ["presigned", {}, { dnssecPresigned: true }, { dnssec_presigned: true }],
    ["NSEC3", {}, { dnssecUseNsec3: true }, { dnssec_use_nsec3: true }],
    ["multi-signer", {}, { dnssecMultiSigner: true }, { dnssec_multi_signer: true }],
    ["presigned off", { dnssecPresigned: true }, {}, { dnssec_presigned: false }],
    [
      "presigned for multi-signer",
      { dnssecPresigned: true },
      { dnssecMultiSigner: true },
      { dnssec_presigned: false, dnssec_multi_signer: true },
    ],
    ["off", {}, { status: "disabled" }, { status: "disabled" }],
    ["on again", { status: "disabled" }, { status: "active" }, { status: "pending" }],
    [
      "off together with its flags",
      { dnssecPresigned: true, dnssecUseNsec3: true },
      { status: "disabled" },
      { status: "disabled", ...NO_FLAGS },
    ],
  ])("changes to %s in place by one write", async (_title, from, to, there) => {
    await resource.up({ ...program, ...from });
    const [did, made] = await counting(() => resource.up({ ...program, ...to }));
    expect([did, made.filter(isWrite)]).toEqual(["updated", ["PATCH dnssec"]]);
    expect(await dnssec()).toMatchObject(there);
    expect(await resource.preview({ ...program, ...to })).toEqual([]);
  });

  test("does nothing at all when nothing changes", async () => {
    await resource.up(program);
    expect(await counting(() => resource.up({ zoneId: zoneId.toUpperCase() }))).toEqual(["same", []]);
  });

  test.each<[title: string, change: Bag]>([
    ["onDelete", { onDelete: "retain" }],
    ["the engine's own property", {}],
  ])("writes nothing when only %s changes", async (_title, change) => {
    await resource.up(program);
    const before = await dnssec();
    const { id, inputs, outputs } = resource.state;
    const news = { ...inputs, ...change, __provider: "exports.handler=…" };
    const [{ outs }, made] = await counting(() => handlerOf(zoneDnssec).update(id, outputs, news));
    expect(made).toEqual(["GET dnssec"]);
    expect(await dnssec()).toEqual(before);
    expect({ ...outs, __provider: PROVIDER }).toEqual({ ...outputs, ...change });
  });

  test("writes nothing when somebody has made the change already", async () => {
    await resource.up(program);
    await patch({ dnssec: { dnssec_use_nsec3: true } });
    const [, made] = await counting(() => resource.up({ ...program, dnssecUseNsec3: true }));
    expect(made).toEqual(["GET dnssec"]);
  });

  test("is replaced when the zone changes, and the old zone is restored", async () => {
    const other = control.simulator.zones[1]?.id ?? "";
    await resource.up(program);
    expect(await resource.up({ zoneId: other })).toBe("replaced");
    expect((await control.state()).zones[other]?.dnssec.status).toBe("pending");
    expect(await dnssec()).toMatchObject({ status: "disabled", modified_on: null });
  });
});

describe("a refresh of a ZoneDnssec", () => {
  const states: [state: keyof typeof STATES, status: string][] = [
    ["pending", "active"],
    ["active", "active"],
    ["pending-disabled", "disabled"],
    ["disabled", "disabled"],
    ["deleted", "disabled"],
  ];
  test.each(states)("shows no change while the zone is %s and %s is wanted", async (state, status) => {
    await resource.up({ ...program, status });
    await patch(STATES[state]);
    const { inputs } = resource.state;
    const [, made] = await counting(() => resource.refresh());
    expect(made).toEqual(["GET dnssec"]);
    expect(resource.state.inputs).toEqual(inputs);
    expect(await resource.preview({ ...program, status })).toEqual([]);
    expect(resource.state.outputs.observedStatus).toBe(state === "deleted" ? "disabled" : state);
  });

  test("shows no change with every input given", async () => {
    const given = {
      ...program,
      status: "active",
      dnssecPresigned: true,
      dnssecUseNsec3: true,
      dnssecMultiSigner: false,
      onDelete: "disable",
    };
    await resource.up(given);
    const before = resource.state;
    await resource.refresh();
    expect(resource.state).toEqual(before);
  });

  test("shows no change while a presigned zone stays pending for good", async () => {
    await control.patch({ switches: { presignedStatus: "stays-pending" } });
    await patch({ dsAtParent: true });
    const given = { ...program, dnssecPresigned: true };
    await resource.up(given);
    await resource.refresh();
    expect(resource.state.outputs.observedStatus).toBe("pending");
    expect(await resource.preview(given)).toEqual([]);
  });

  test.each<[field: string, given: Bag, change: object, shown: unknown, healed: object]>([
    ["status", {}, { dnssec: { status: "disabled" } }, "disabled", { status: "pending" }],
    ["status", {}, { dnssec: { status: "error" } }, "error", { status: "pending" }],
    ["status", { status: "disabled" }, { dnssec: { status: "pending" } }, "active", { status: "disabled" }],
    [
      "dnssecPresigned",
      { dnssecPresigned: true },
      { dnssec: { dnssec_presigned: false } },
      false,
      { dnssec_presigned: true },
    ],
    ["dnssecUseNsec3", {}, { dnssec: { dnssec_use_nsec3: true } }, true, { dnssec_use_nsec3: false }],
    [
      "dnssecMultiSigner",
      {},
      { dnssec: { dnssec_multi_signer: true } },
      true,
      { dnssec_multi_signer: false },
    ],
  ])(
    "shows what somebody did to %s, and the next up puts it back",
    async (field, more, change, shown, healed) => {
      const given = { ...program, ...more };
      await resource.up(given);
      await patch(change);
      await resource.refresh();
      expect(resource.state.inputs[field]).toBe(shown);
      expect(resource.state.outputs[field]).toBe(shown);
      expect(await resource.preview(given)).toEqual([field]);

      const [did, made] = await counting(() => resource.up(given));
      expect([did, made.filter(isWrite)]).toEqual(["updated", ["PATCH dnssec"]]);
      expect(await dnssec()).toMatchObject(healed);
      await resource.refresh();
      expect(await resource.preview(given)).toEqual([]);
    },
  );

  test("shows all that was done at once", async () => {
    await resource.up(program);
    await patch({ dnssec: { status: "disabled", dnssec_use_nsec3: true, dnssec_multi_signer: true } });
    await resource.refresh();
    expect(await resource.preview(program)).toEqual(["dnssecMultiSigner", "dnssecUseNsec3", "status"]);
  });

  test("tells the engine that the zone is gone", async () => {
    await resource.up(program);
    await patch(null);
    expect(await resource.refresh()).toBe("gone");
  });

  test("does not take a proxy's 404 page for gone", async () => {
    await resource.up(program);
    const before = resource.state;
    await control.fault({ method: "GET", path: "/zones/*/dnssec", fault: { kind: "html", status: 404 } });
    expect(await messageOf(resource.refresh())).toContain("an HTML page in place of JSON");
    expect(resource.state).toBe(before);
  });

  test("does not take a zone that the token may not see for gone", async () => {
    await control.patch({ switches: { missingZone: "forbidden" } });
    await resource.up(program);
    await patch(null);
    expect(await messageOf(resource.refresh())).toContain('permission "DNS Read"');
    expect(resource.state.id).toBe(zoneId);
  });
});

describe("destroy of a ZoneDnssec", () => {
  const presigned = () => ({ ...program, dnssecPresigned: true, dnssecUseNsec3: true });

  test("takes a zone that never had DNSSEC back to that: no keys, no flags", async () => {
    await resource.up(presigned());
    const [, made] = await counting(() => resource.destroy());
    expect(made).toEqual(["GET dnssec", "PATCH dnssec", "DELETE dnssec"]);
    expect(await dnssec()).toEqual({ status: "disabled", modified_on: null, ...NO_FLAGS });
  });

  test("leaves the keys of a zone that never had DNSSEC while the parent still has their DS", async () => {
    await resource.up(program);
    await patch({ dsAtParent: true });
    const [, made] = await counting(() => resource.destroy());
    expect(made.filter(isWrite)).toEqual(["PATCH dnssec"]);
    expect(await dnssec()).toMatchObject({ status: "pending-disabled" });
  });

  test.each<[title: string, before: object, given: Bag, after: object]>([
    [
      "disabled with its keys",
      { dnssec: { status: "disabled", modified_on: CHANGED } },
      { dnssecUseNsec3: true },
      { status: "disabled", modified_on: expect.any(String), ...NO_FLAGS },
    ],
    [
      "active",
      { dsAtParent: true, dnssec: { status: "active" } },
      { dnssecPresigned: true },
      { status: "active", ...NO_FLAGS },
    ],
    [
      "active with flags of its own",
      { dnssec: { status: "pending", dnssec_multi_signer: true, dnssec_use_nsec3: true } },
      { dnssecPresigned: true },
      { status: "pending", dnssec_presigned: false, dnssec_multi_signer: true, dnssec_use_nsec3: true },
    ],
    [
      "active when the program had disabled it",
      { dnssec: { status: "pending" } },
      { status: "disabled" },
      { status: "pending", ...NO_FLAGS },
    ],
  ])("restores a zone that was %s", async (_title, before, given, after) => {
    await patch(before);
    await resource.up({ ...program, ...given });
    await resource.destroy();
    expect(await dnssec()).toMatchObject(after);
  });

  test("restores what was before the first up, not before the last", async () => {
    await resource.up(program);
    await resource.up({ ...program, dnssecUseNsec3: true });
    await resource.refresh();
    await resource.up({ ...program, dnssecMultiSigner: true });
    await resource.destroy();
    expect(await dnssec()).toEqual({ status: "disabled", modified_on: null, ...NO_FLAGS });
  });

  test("disables and clears the flags when onDelete is disable, and keeps the keys", async () => {
    await resource.up({ ...presigned(), onDelete: "disable" });
    const [, made] = await counting(() => resource.destroy());
    expect(made.filter(isWrite)).toEqual(["PATCH dnssec"]);
    expect(await dnssec()).toEqual({ status: "disabled", modified_on: expect.any(String), ...NO_FLAGS });
  });

  test("calls nothing when onDelete is retain", async () => {
    await resource.up({ ...presigned(), onDelete: "retain" });
    const before = await dnssec();
    const [, made] = await counting(() => resource.destroy());
    expect(made).toEqual([]);
    expect(await dnssec()).toEqual(before);
  });

  test("does what onDelete said last", async () => {
    await resource.up(presigned());
    await resource.up({ ...presigned(), onDelete: "retain" });
    const [, made] = await counting(() => resource.destroy());
    expect(made).toEqual([]);
  });

  test("writes nothing when the zone is already as it should be", async () => {
    await resource.up(program);
    await patch({ dnssec: { status: "disabled", modified_on: null } });
    const [, made] = await counting(() => resource.destroy());
    expect(made).toEqual(["GET dnssec"]);
  });

  test("succeeds when the zone is gone", async () => {
    await resource.up(program);
    await patch(null);
    await resource.destroy();
    expect(resource.saved).toBeUndefined();
  });

  test("succeeds when somebody deletes the keys at the same moment", async () => {
    await resource.up(program);
    await control.fault({
      method: "DELETE",
      fault: {
        kind: "status",
        status: 400,
        body: {
          success: false,
          errors: [{ code: 1203, message: "DNSSEC is already deleted" }],
          messages: [],
          result: null,
        },
      },
    });
    await resource.destroy();
    expect(resource.saved).toBeUndefined();
  });

  test.each(["never", "by-disable", "by-delete"] as const)(
    "clears the flags, whether the service clears them %s or not",
    async (dnssecFlagsCleared) => {
      await control.patch({ switches: { dnssecFlagsCleared } });
      await resource.up(presigned());
      await resource.destroy();
      expect(await dnssec()).toEqual({ status: "disabled", modified_on: null, ...NO_FLAGS });
    },
  );
});

describe("what Cloudflare refuses", () => {
  test("an unknown zone is named, with what to check", async () => {
    const unknown = "f".repeat(32);
    expect(await messageOf(resource.up({ zoneId: unknown }))).toBe(
      `Cloudflare knows no zone ${unknown}.\nNext: check zoneId, and that the API token may see the zone (permission "DNS Read").`,
    );
    expect(resource.saved).toBeUndefined();
  });

  test("a zone whose name servers are not delegated is told from a missing plan by the hint", async () => {
    await patch({ status: "pending" });
    const message = await messageOf(resource.up(program));
    expect(message).toContain("  1017: Invalid zone plan for action");
    expect(message).toContain("the zone is not active yet");
    expect(resource.saved).toBeUndefined();
  });

  test("NSEC3 without the plan says that it is an Enterprise feature", async () => {
    await patch({ plan: "free" });
    expect(await messageOf(resource.up({ ...program, dnssecUseNsec3: true }))).toContain("Enterprise");
  });

  test("presigned on a zone that is not secondary is refused before it is sent", async () => {
    await patch({ type: "full" });
    const message = await messageOf(resource.up({ ...program, dnssecPresigned: true }));
    expect(message).toContain("zone-0000.example is of type full, and is to be served as secondary");
    expect(await dnssec()).toMatchObject({ status: "disabled" });
  });

  test("a token that may only read says which permission to give", async () => {
    const permissions = ["DNS Read"];
    await control.patch({ tokens: { cloudflare: { [control.simulator.cloudflareToken]: { permissions } } } });
    const message = await messageOf(resource.up(program));
    expect(message).toContain("HTTP 403");
    expect(message).toContain('the permission "DNS Write"');
  });
});

describe("a ZoneDnssec that is looked up", () => {
  const handler = handlerOf(zoneDnssec);

  beforeEach(() => handler.configure(stackConfig(simulatorConfig(control.simulator))));

  test("has the zone's fields as outputs and manages nothing", async () => {
    await patch(STATES.active);
    const { id, props, inputs } = await handler.read(zoneId, { __provider: PROVIDER });
    expect(id).toBe(zoneId);
    expect(props).toMatchObject({ zoneId, status: "active", observedStatus: "active", keyTag: 2371 });
    expect(inputs).toEqual({});
    expect(await handler.read(zoneId, props)).toEqual({ id, props, inputs });
  });

  test("is an error when there is no such zone", async () => {
    const message = await messageOf(handler.read("f".repeat(32), { __provider: PROVIDER }));
    expect(message).toContain(`Nothing exists with the id ${"f".repeat(32)}.`);
  });
});

test.each([{ unsetDnssecFlags: "absent" }, { nullFields: "refuse" }, { nullFields: "ignore" }] as const)(
  "with %j flags go on and off again, and nothing is left to do",
  async (switches) => {
    await control.patch({ switches });
    await resource.up(program);
    await resource.refresh();
    expect(await resource.preview(program)).toEqual([]);

    await resource.up({ ...program, dnssecUseNsec3: true });
    expect(await dnssec()).toMatchObject({ dnssec_use_nsec3: true });
    await resource.up(program);
    expect(await dnssec()).toMatchObject(NO_FLAGS);
    await resource.refresh();
    expect(await resource.preview(program)).toEqual([]);
    await resource.destroy();
    expect(await dnssec()).toMatchObject({ status: "disabled", modified_on: null });
  },
);
