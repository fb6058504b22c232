import { WaitError } from "../../provider/core/errors";
import { hostupDnssecAuto } from "../../provider/runtime";
import { type Domain, startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import {
  type Bag,
  handlerOf,
  Managed,
  PROVIDER,
  partialOf,
  simulatorConfig,
  stackConfig,
} from "../support/handlers";
import { callsDuring, errorOf, messageOf } from "../support/outcome";

const LONG_FROM_NOW = "2999-01-01T00:00:00.000Z";

/** What leads the simulator to each of HostUp's statuses. */
const STATUSES = {
  excluded: {},
  pending: { dnssecAuto: { status: "pending" } },
  active: { dnssecAuto: { status: "active" } },
  inactive: { nameservers: ["ns1.example.com", "ns2.example.com"], dnssecAuto: { status: "inactive" } },
  error: { dnssecAuto: { status: "error", lastError: "- Verifierar... FEL.\n- Mer." } },
  blocked: {
    dnssecAuto: { status: "blocked", blockedUntil: LONG_FROM_NOW, blockReason: "Nameservers changed." },
  },
} as const;

let control: Control;
let resource: Managed;
let domainId: string;
let domainName: string;
let program: Bag;

beforeEach(async () => {
  // For ever, as far as these tests go: pending stays until a test says otherwise.
  control = controlOf(await startSimulator({ switches: { hostupPendingReads: 1_000 } }));
  resource = new Managed(hostupDnssecAuto, simulatorConfig(control.simulator));
  ({ id: domainId, name: domainName } = control.simulator.domains[0] ?? { id: "", name: "" });
  program = { domainId };
});

afterEach(() => control.simulator.close());

async function domain(): Promise<Domain> {
  const found = (await control.state()).domains[domainId];
  if (found === undefined) throw new Error("the domain is gone");
  return found;
}

const status = async () => (await domain()).dnssecAuto.status;
const patch = (change: object | null) => control.patch({ domains: { [domainId]: change } });
const counting = <Result>(run: () => Promise<Result>) => callsDuring(control, run);

describe("a HostupDnssecAuto from create to update", () => {
  test("includes a domain given by id by one read and one write", async () => {
    const [did, made] = await counting(() => resource.up(program));
    expect([did, made]).toEqual(["created", ["GET dnssec-auto", "POST dnssec-auto"]]);
    expect(await status()).toBe("pending");
    expect(resource.state).toEqual({
      id: domainId,
      inputs: {
        ...program,
        action: "include",
        waitForActive: false,
        onDelete: "restore",
        __provider: PROVIDER,
      },
      outputs: expect.objectContaining({
        domainId,
        domainName,
        action: "include",
        waitForActive: false,
        onDelete: "restore",
        status: "pending",
        reason: expect.any(String),
        isEnabled: true,
        isBlocked: false,
      }),
    });
  });

  test("includes a domain given by name after one look-up", async () => {
    const [, made] = await counting(() => resource.up({ domainName: `${domainName.toUpperCase()}.` }));
    expect(made).toEqual(["GET domains", "GET dnssec-auto", "POST dnssec-auto"]);
    expect(resource.state.id).toBe(domainId);
    expect(await status()).toBe("pending");
  });

  test("includes ten domains given by name by two calls each and two for all their names", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `name-${index}.se`);
    await control.patch({
      domains: Object.fromEntries(names.map((name, index) => [`dom_${index}`, { name }])),
    });
    const [ids, made] = await counting(() =>
      Promise.all(
        names.map(async (name) => {
          const one = new Managed(hostupDnssecAuto, simulatorConfig(control.simulator));
          await one.up({ domainName: name });
          return one.state.id;
        }),
      ),
    );
    expect(ids).toEqual(names.map((_, index) => `dom_${index}`));
    expect(made).toHaveLength(22);
    expect(made.filter((call) => call === "GET domains")).toHaveLength(2);
  });

  test.each<[before: keyof typeof STATUSES, action: string, ends: string, calls: number]>([
    ["excluded", "include", "pending", 2],
    ["pending", "include", "pending", 1],
    ["active", "include", "active", 1],
    ["inactive", "include", "inactive", 1],
    ["error", "include", "error", 1],
    ["blocked", "include", "blocked", 2],
    ["excluded", "exclude", "excluded", 1],
    ["pending", "exclude", "excluded", 2],
    ["active", "exclude", "excluded", 2],
    ["inactive", "exclude", "excluded", 2],
    ["error", "exclude", "excluded", 2],
    ["blocked", "exclude", "excluded", 2],
  ])("takes over a domain that is %s, with the action %s", async (before, action, ends, calls) => {
    await patch(STATUSES[before]);
    const [, made] = await counting(() => resource.up({ ...program, action }));
    expect(made).toHaveLength(calls);
    expect(await status()).toBe(ends);
    expect(resource.state.outputs).toMatchObject({ action, status: ends });
  });

  test("changes its action in place by one read and one write", async () => {
    await resource.up(program);
    const [did, made] = await counting(() => resource.up({ ...program, action: "exclude" }));
    expect([did, made]).toEqual(["updated", ["GET dnssec-auto", "POST dnssec-auto"]]);
    expect(await status()).toBe("excluded");
    expect(resource.state.outputs).toMatchObject({ action: "exclude", isEnabled: false });
  });

  test("does nothing at all when nothing changes", async () => {
    await resource.up({ domainName });
    const same = { domainName: domainName.toUpperCase(), action: "include" };
    expect(await counting(() => resource.up(same))).toEqual(["same", []]);
  });

  test.each<[title: string, change: Bag]>([
    ["onDelete", { onDelete: "retain" }],
    ["the engine's own property", {}],
  ])("writes nothing when only %s changes", async (_title, change) => {
    await resource.up(program);
    const { id, inputs, outputs } = resource.state;
    const news = { ...inputs, ...change, __provider: "exports.handler=…" };
    const [{ outs }, made] = await counting(() => handlerOf(hostupDnssecAuto).update(id, outputs, news));
    expect(made).toEqual(["GET dnssec-auto"]);
    expect({ ...outs, __provider: PROVIDER }).toEqual({ ...outputs, ...change });
  });

  test("is replaced when the domain's id changes", async () => {
    const other = control.simulator.domains[1]?.id ?? "";
    await resource.up(program);
    expect(await resource.up({ domainId: other })).toBe("replaced");
    expect(await status()).toBe("excluded");
    expect((await control.state()).domains[other]?.dnssecAuto.status).toBe("pending");
  });

  test("is replaced when the domain's name changes", async () => {
    await resource.up({ domainName });
    expect(await resource.up({ domainName: control.simulator.domains[1]?.name })).toBe("replaced");
  });

  test("is not replaced when the same domain is given in the other way", async () => {
    await resource.up(program);
    expect(await resource.up({ domainName })).toBe("updated");
    expect(await resource.up(program)).toBe("updated");
    expect(await status()).toBe("pending");
  });
});

describe("a domain that HostUp does not know", () => {
  test("is named by its id, with what to check", async () => {
    expect(await messageOf(resource.up({ domainId: "dom_nothing" }))).toBe(
      "HostUp knows no domain dom_nothing in this account.\nNext: check domainId, or that the API key belongs to the domain's account.",
    );
    expect(resource.saved).toBeUndefined();
  });

  test("is named by its name, with what to check", async () => {
    expect(await messageOf(resource.up({ domainName: "nothing.example" }))).toBe(
      "HostUp knows no domain nothing.example in this account.\nNext: check domainName, or that the API key belongs to the domain's account.",
    );
  });

  test("is not guessed when several have the name", async () => {
    await control.patch({ domains: { dom_second: { name: domainName } } });
    const [message, made] = await counting(() => messageOf(resource.up({ domainName })));
    expect(message).toContain(`HostUp has several domains called ${domainName}: `);
    expect(message).toContain(domainId);
    expect(message).toContain("dom_second");
    expect(message).toContain("Next: set domainId");
    expect(made).toEqual(["GET domains"]);
  });
});

describe("a refresh of a HostupDnssecAuto", () => {
  const cases: [status: keyof typeof STATUSES, action: string][] = [
    ["pending", "include"],
    ["active", "include"],
    ["inactive", "include"],
    ["error", "include"],
    ["blocked", "include"],
    ["excluded", "exclude"],
    ["blocked", "exclude"],
  ];
  test.each(cases)("shows no change while the domain is %s and the action is %s", async (there, action) => {
    await resource.up({ ...program, action });
    await patch(STATUSES[there]);
    const { inputs } = resource.state;
    const [, made] = await counting(() => resource.refresh());
    expect(made).toEqual(["GET dnssec-auto"]);
    expect(resource.state.inputs).toEqual(inputs);
    expect(await resource.preview({ ...program, action })).toEqual([]);
    expect(resource.state.outputs.status).toBe(there);
  });

  test("shows no change of a domain given by name", async () => {
    await resource.up({ domainName });
    const before = resource.state;
    await resource.refresh();
    expect(resource.state).toEqual(before);
  });

  test("shows no change with every input given", async () => {
    await patch(STATUSES.active);
    const given = { ...program, action: "include", waitForActive: 5, onDelete: "exclude" };
    await resource.up(given);
    const before = resource.state;
    await resource.refresh();
    expect(resource.state).toEqual(before);
  });

  test.each<[title: string, given: Bag, change: object, shown: string, healed: string]>([
    ["excluded", {}, { dnssecAuto: { status: "excluded" } }, "exclude", "pending"],
    ["included", { action: "exclude" }, { dnssecAuto: { status: "pending" } }, "include", "excluded"],
  ])(
    "shows that somebody %s the domain, and the next up puts it back",
    async (_title, more, change, shown, healed) => {
      const given = { ...program, ...more };
      await resource.up(given);
      await patch(change);
      await resource.refresh();
      expect(resource.state.inputs.action).toBe(shown);
      expect(resource.state.outputs.action).toBe(shown);
      expect(await resource.preview(given)).toEqual(["action"]);

      const [did, made] = await counting(() => resource.up(given));
      expect([did, made]).toEqual(["updated", ["GET dnssec-auto", "POST dnssec-auto"]]);
      expect(await status()).toBe(healed);
      await resource.refresh();
      expect(await resource.preview(given)).toEqual([]);
    },
  );

  test("tells the engine that the domain is gone", async () => {
    await resource.up(program);
    await patch(null);
    expect(await resource.refresh()).toBe("gone");
  });

  test("does not take a proxy's 404 page for gone", async () => {
    await resource.up(program);
    const before = resource.state;
    await control.fault({ method: "GET", service: "hostup", fault: { kind: "html", status: 404 } });
    expect(await messageOf(resource.refresh())).toContain("an HTML page in place of JSON");
    expect(resource.state).toBe(before);
  });

  test("does not take a 404 in somebody else's JSON for gone", async () => {
    await resource.up(program);
    const fault = { kind: "status", status: 404, body: { message: "no Route matched" } } as const;
    await control.fault({ method: "GET", service: "hostup", fault });
    expect(await messageOf(resource.refresh())).toContain("HTTP 404");
    expect(resource.state.id).toBe(domainId);
  });

  test("shows HostUp's block as outputs", async () => {
    await resource.up(program);
    await patch(STATUSES.blocked);
    await resource.refresh();
    expect(resource.state.outputs).toMatchObject({
      status: "blocked",
      isBlocked: true,
      blockedUntil: LONG_FROM_NOW,
      blockReason: "Nameservers changed.",
    });
  });
});

test("a domain that HostUp leaves blocked when it is excluded draws no change, and is excluded once it can be", async () => {
  await control.patch({ switches: { hostupExcludeWhileBlocked: "stays-blocked" } });
  await patch(STATUSES.blocked);
  const wanted = { ...program, action: "exclude" };
  await resource.up(wanted);
  await resource.refresh();
  expect(await resource.preview(wanted)).toEqual([]);
  await patch({ dnssecAuto: { blockedUntil: null } });
  await resource.refresh();
  expect(await resource.preview(wanted)).toEqual(["action"]);
  await resource.up(wanted);
  expect(await status()).toBe("excluded");
});

describe("destroy of a HostupDnssecAuto", () => {
  test.each<[onDelete: string, before: keyof typeof STATUSES, action: string, ends: string, calls: string[]]>(
    [
      ["restore", "excluded", "include", "excluded", ["GET dnssec-auto", "POST dnssec-auto"]],
      ["restore", "active", "exclude", "pending", ["GET dnssec-auto", "POST dnssec-auto"]],
      ["restore", "active", "include", "active", ["GET dnssec-auto"]],
      ["exclude", "active", "include", "excluded", ["GET dnssec-auto", "POST dnssec-auto"]],
      ["include", "excluded", "exclude", "pending", ["GET dnssec-auto", "POST dnssec-auto"]],
      ["retain", "excluded", "include", "pending", []],
      ["restore", "blocked", "exclude", "excluded", []],
    ],
  )("with onDelete %s, for a domain that was %s and has the action %s, leaves it %s", async (...row) => {
    const [onDelete, before, action, ends, calls] = row;
    await patch(STATUSES[before]);
    await resource.up({ ...program, action, onDelete });
    const [, made] = await counting(() => resource.destroy());
    expect(made).toEqual(calls);
    expect(await status()).toBe(ends);
  });

  test("restores what was before the first up, not before the last", async () => {
    await resource.up(program);
    await resource.up({ ...program, waitForActive: false, onDelete: "restore", action: "exclude" });
    await resource.up(program);
    await resource.refresh();
    await resource.destroy();
    expect(await status()).toBe("excluded");
  });

  test("succeeds when the domain is gone", async () => {
    await resource.up(program);
    await patch(null);
    await resource.destroy();
    expect(resource.saved).toBeUndefined();
  });
});

describe("waitForActive", () => {
  const waiting = () => ({ ...program, waitForActive: 2 });

  test("does not wait for what is active already", async () => {
    await patch(STATUSES.active);
    const [, made] = await counting(() => resource.up(waiting()));
    expect(made).toEqual(["GET dnssec-auto"]);
  });

  test("looks until the domain is active", async () => {
    await control.patch({ switches: { hostupPendingReads: 0 } });
    const [, made] = await counting(() => resource.up(waiting()));
    expect(made).toEqual(["GET dnssec-auto", "POST dnssec-auto", "GET dnssec-auto"]);
    expect(resource.state.outputs).toMatchObject({ status: "active", waitForActive: 2 });
  });

  test("ends at once for a blocked domain, with until when, and keeps the resource", async () => {
    await patch({ dnssecAuto: { blockedUntil: LONG_FROM_NOW, blockReason: "Nameservers changed." } });
    const error = await errorOf(resource.up({ ...program, waitForActive: 604_800 }));
    const message = `Gave up waiting for domain ${domainId} to become active in automatic DNSSEC: it is blocked until ${LONG_FROM_NOW}: Nameservers changed.\nNext: run the command again later, or set waitForActive to false to go on without it.`;
    expect(error).toBeInstanceOf(WaitError);
    expect(error.message).toBe(message);
    expect(partialOf(error)).toEqual({
      id: domainId,
      properties: expect.objectContaining({ domainId, status: "blocked", __provider: PROVIDER }),
      reasons: [message],
    });
  });

  test.each<[before: keyof typeof STATUSES, why: string, calls: string[]]>([
    ["blocked", `it is blocked until ${LONG_FROM_NOW}: Nameservers changed.`, ["POST dnssec-auto"]],
    ["error", "HostUp's last attempt failed: - Verifierar... FEL.", []],
    ["inactive", "its status is inactive: The domain is not delegated to HostUp", ["GET nameservers"]],
  ])("ends at once for a domain that is %s, and says why", async (before, why, calls) => {
    await patch(STATUSES[before]);
    const [message, made] = await counting(() =>
      messageOf(resource.up({ ...program, waitForActive: 604_800 })),
    );
    expect(message).toContain(why);
    expect(message).toContain("\nNext: ");
    expect(made).toEqual(["GET dnssec-auto", ...calls]);
    expect(resource.state.id).toBe(domainId);
  });

  test("ends at once when a pending domain says that it is blocked", async () => {
    const body = { ...(await domain()).dnssecAuto, status: "pending", isBlocked: true, reason: "Paused." };
    await control.fault({
      method: "GET",
      fault: { kind: "status", status: 200, body: { ...body, blockedUntil: LONG_FROM_NOW } },
    });
    const message = await messageOf(resource.up({ ...program, waitForActive: 604_800 }));
    expect(message).toContain(`it is blocked until ${LONG_FROM_NOW}: Paused.`);
  });

  test("ends when somebody excludes the domain meanwhile", async () => {
    const fault = { kind: "status", status: 200, body: (await domain()).dnssecAuto } as const;
    await control.fault({ method: "GET", path: "/domains/*/dnssec-auto", after: 1, fault });
    const message = await messageOf(resource.up({ ...program, waitForActive: 604_800 }));
    expect(message).toContain("its status is excluded: The domain is opted out of automatic DNSSEC.");
  });

  test("tells an inactive domain's name servers, what changing them does, and the way without", async () => {
    await patch(STATUSES.inactive);
    const message = await messageOf(resource.up({ ...program, waitForActive: 604_800 }));
    expect(message.split("\n")).toEqual([
      expect.stringContaining("its status is inactive: "),
      "Its name servers are ns1.example.com, ns2.example.com.",
      "Changing them now would pause automatic DNSSEC for up to 72 hours.",
      expect.stringMatching(/^Next: .*HostupDsRecord/),
    ]);
  });

  test("tells why a domain is inactive also when its name servers cannot be read", async () => {
    await patch(STATUSES.inactive);
    await control.fault({
      path: "/domains/*/nameservers",
      count: null,
      fault: { kind: "status", status: 403 },
    });
    const message = await messageOf(resource.up({ ...program, waitForActive: 604_800 }));
    expect(message).toMatch(/its status is inactive: .*\nNext: /);
  });

  test("ends when its time is up, keeps the resource, and the next up goes on from there", async () => {
    const error = await errorOf(resource.up({ domainName, waitForActive: 1 }));
    expect(error.message).toContain(
      `Gave up waiting for domain ${domainName} to become active in automatic DNSSEC: timed out after 1 s`,
    );
    expect(resource.state).toMatchObject({
      id: domainId,
      outputs: { status: "pending", __provider: PROVIDER },
    });

    await patch(STATUSES.active);
    const [did, made] = await counting(() => resource.up({ domainName, waitForActive: 3 }));
    expect([did, made]).toEqual(["updated", ["GET dnssec-auto"]]);
    expect(resource.state.outputs.status).toBe("active");
  });

  test("goes on at the next up also when a refresh came between", async () => {
    const wanted = { domainName, waitForActive: 1 };
    await errorOf(resource.up(wanted));
    await resource.refresh();
    expect(await resource.preview(wanted)).toEqual(["waitForActive"]);
    await patch(STATUSES.active);
    await resource.up(wanted);
    await resource.refresh();
    expect(await resource.preview(wanted)).toEqual([]);
  });

  test("remembers in a half-made resource what was before, refreshes it and restores it", async () => {
    await errorOf(resource.up({ ...program, waitForActive: 1 }));
    expect(await resource.refresh()).toBe("present");
    await resource.destroy();
    expect(await status()).toBe("excluded");
  });

  test("keeps the resource also when a look fails", async () => {
    await control.fault({
      method: "GET",
      path: "/domains/*/dnssec-auto",
      after: 1,
      fault: { kind: "status", status: 403 },
    });
    const error = await errorOf(resource.up(waiting()));
    expect(error.message).toContain("HTTP 403");
    expect(partialOf(error)).toMatchObject({
      id: domainId,
      properties: { status: "pending", __provider: PROVIDER },
      reasons: [error.message],
    });
    await resource.destroy();
    expect(await status()).toBe("excluded");
  });

  test("fails an update in the same way, with the resource as it is now", async () => {
    await resource.up({ ...program, action: "exclude" });
    const error = await errorOf(resource.up({ ...program, waitForActive: 1 }));
    expect(partialOf(error)).toMatchObject({
      id: domainId,
      properties: { action: "include", status: "pending" },
    });
    expect(resource.state.outputs.status).toBe("pending");
  });

  test("is not waited for when it is taken away", async () => {
    await patch(STATUSES.blocked);
    await errorOf(resource.up(waiting()));
    expect(await resource.up(program)).toBe("updated");
    expect(resource.state.outputs).toMatchObject({ status: "blocked", waitForActive: false });
  });
});

describe("a HostupDnssecAuto that is looked up", () => {
  const handler = handlerOf(hostupDnssecAuto);

  beforeEach(() => handler.configure(stackConfig(simulatorConfig(control.simulator))));

  test("has the domain's fields as outputs and manages nothing", async () => {
    await patch(STATUSES.active);
    const { id, props, inputs } = await handler.read(domainId, { __provider: PROVIDER });
    expect(id).toBe(domainId);
    expect(props).toMatchObject({ domainId, domainName, action: "include", status: "active" });
    expect(inputs).toEqual({});
    expect(await handler.read(domainId, props)).toEqual({ id, props, inputs });
  });

  test("is an error when there is no such domain", async () => {
    const message = await messageOf(handler.read("dom_nothing", { __provider: PROVIDER }));
    expect(message).toContain("Nothing exists with the id dom_nothing.");
  });
});
