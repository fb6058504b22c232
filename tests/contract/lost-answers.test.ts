import "../support/one-realm";
import { createRuntime } from "../../provider/runtime/create-runtime";
import { type FaultRule, startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { freshRuntime, hastyTransport, type Kind, killedAfter, type Runtime } from "../support/engine-runs";
import { type Bag, handlerOf, Managed, PROVIDER, simulatorConfig, stackConfig } from "../support/handlers";
import { callsDuring, messageOf } from "../support/outcome";

type Fault = FaultRule["fault"];

const SECRET = Buffer.alloc(64, 1).toString("base64");
const OTHER_SECRET = Buffer.alloc(64, 2).toString("base64");
const NAME = "cf.example.com.";

/** Two ways in which a write is made and nobody hears of it, and two in which it is not made. */
const MADE: [title: string, fault: Fault][] = [
  ["its answer is lost", { kind: "lost-answer" }],
  ["its answer is cut off", { kind: "truncated" }],
];
const NOT_MADE: [title: string, fault: Fault][] = [
  ["the connection is reset before it", { kind: "reset" }],
  ["the service fails with 500", { kind: "status", status: 500 }],
];
const EITHER = [...MADE, ...NOT_MADE];

let control: Control;
let tsigInputs: Bag;
let zoneInputs: Bag;
let autoInputs: Bag;

beforeEach(async () => {
  // What is taken over is told.
  jest.spyOn(console, "log").mockImplementation(() => {});
  control = controlOf(await startSimulator({ zones: 1, switches: { hostupPendingReads: 0 } }));
  const { accountId, zones, domains } = control.simulator;
  tsigInputs = { accountId, name: NAME, __owner: "project/stack/key" };
  zoneInputs = { zoneId: zones[0]?.id };
  autoInputs = { domainName: domains[0]?.name };
});

afterEach(async () => {
  jest.restoreAllMocks();
  await control.simulator.close();
});

/** A resource in a process of its own. */
function managed(kind: Kind, runtime: Runtime = freshRuntime()): Managed {
  return new Managed(runtime[kind], simulatorConfig(control.simulator));
}

/** The same resource in the next run of the engine. */
function next(kind: Kind, { saved }: Managed): Managed {
  const resource = managed(kind);
  resource.saved = saved;
  return resource;
}

const tsigs = async () => Object.values((await control.state()).tsigs);

async function onlyTsig() {
  const [first, ...others] = await tsigs();
  if (first === undefined || others.length > 0) throw new Error("the account should have one TSIG");
  return first;
}

async function zone() {
  const [first] = Object.values((await control.state()).zones);
  if (first === undefined) throw new Error("the simulator starts with a zone");
  return first;
}

async function domain() {
  const [first] = Object.values((await control.state()).domains);
  if (first === undefined) throw new Error("the simulator starts with a domain");
  return first;
}

const failing = (method: NonNullable<FaultRule["method"]>, fault: Fault) => control.fault({ method, fault });
const during = <Result>(run: () => Promise<Result>) => callsDuring(control, run);

describe.each([
  ["a generated", {}],
  ["a given", { secret: SECRET }],
])("a create of a Tsig with %s secret", (_title, given) => {
  test.each(MADE)("finds what it made when %s", async (_fault, fault) => {
    await failing("POST", fault);
    const resource = managed("tsig");
    const [, made] = await during(() => resource.up({ ...tsigInputs, ...given }));
    expect(made).toEqual(["GET tsigs", "POST tsigs", "GET tsigs"]);
    const { id, secret } = await onlyTsig();
    expect(resource.state.outputs).toMatchObject({ tsigId: id, secret });
  });

  test.each(NOT_MADE)("looks first and is sent again when %s", async (_fault, fault) => {
    await failing("POST", fault);
    const resource = managed("tsig");
    const [, made] = await during(() => resource.up({ ...tsigInputs, ...given }));
    expect(made).toEqual(["GET tsigs", "POST tsigs", "GET tsigs", "POST tsigs"]);
    const { id, secret } = await onlyTsig();
    expect(resource.state.outputs).toMatchObject({ tsigId: id, secret });
  });

  test("is sent again without a look when the service says that it did nothing", async () => {
    await failing("POST", { kind: "rate-limited", retryAfterSeconds: 0 });
    const [, made] = await during(() => managed("tsig").up({ ...tsigInputs, ...given }));
    expect(made).toEqual(["GET tsigs", "POST tsigs", "POST tsigs"]);
    await onlyTsig();
  });

  test("does not take an older one of the same name for its own", async () => {
    const { accountId } = control.simulator;
    const older = { accountId, name: NAME, algo: "hmac-sha512.", secret: OTHER_SECRET };
    await control.patch({ tsigs: { ["a".repeat(32)]: older } });
    await failing("POST", { kind: "lost-answer" });
    const resource = managed("tsig");
    await resource.up({ ...tsigInputs, ...given });
    expect(await tsigs()).toHaveLength(2);
    expect(resource.state.outputs.tsigId).not.toBe("a".repeat(32));
  });
});

describe("two Tsigs of one name whose answers are both lost", () => {
  const both = async (first: Bag, second: Bag) => {
    await control.fault({ method: "POST", count: 2, fault: { kind: "lost-answer" } });
    const runtime = freshRuntime();
    const resources = [managed("tsig", runtime), managed("tsig", runtime)] as const;
    await Promise.all([resources[0].up(first), resources[1].up(second)]);
    return resources.map(({ state }) => state.outputs);
  };

  test("find each their own, by the generated secret", async () => {
    const outputs = await both(tsigInputs, { ...tsigInputs, __owner: "project/stack/other" });
    const there = (await tsigs()).map(({ id, secret }) => ({ tsigId: id, secret }));
    expect(there).toHaveLength(2);
    for (const { tsigId, secret } of outputs) expect(there).toContainEqual({ tsigId, secret });
    expect(new Set(outputs.map(({ tsigId }) => tsigId)).size).toBe(2);
  });

  test("find one each when nothing tells them apart", async () => {
    const outputs = await both(
      { ...tsigInputs, secret: SECRET },
      { ...tsigInputs, secret: SECRET, __owner: "project/stack/other" },
    );
    const ids = (await tsigs()).map(({ id }) => id).sort();
    expect(outputs.map(({ tsigId }) => tsigId).sort()).toEqual(ids);
  });
});

describe("an update or delete of a Tsig", () => {
  test.each(EITHER)("is sent again when %s", async (_title, fault) => {
    const resource = managed("tsig");
    await resource.up({ ...tsigInputs, secret: SECRET });
    const { id } = await onlyTsig();
    await failing("PUT", fault);
    const [, put] = await during(() => resource.up({ ...tsigInputs, secret: OTHER_SECRET }));
    expect(put).toEqual(["GET peers", `PUT tsigs/${id}`, `PUT tsigs/${id}`]);
    expect(await onlyTsig()).toMatchObject({ id, secret: OTHER_SECRET });

    await failing("DELETE", fault);
    const [, deleted] = await during(() => resource.destroy());
    expect(deleted).toEqual([`DELETE tsigs/${id}`, `DELETE tsigs/${id}`]);
    expect(await tsigs()).toEqual([]);
  });
});

describe("a change of ZoneDnssec", () => {
  const on = { dnssecUseNsec3: true };

  test.each(MADE)("is found made when %s", async (_title, fault) => {
    await failing("PATCH", fault);
    const resource = managed("zoneDnssec");
    const [, made] = await during(() => resource.up({ ...zoneInputs, ...on }));
    expect(made).toEqual(["GET dnssec", `GET zones/${zoneInputs.zoneId}`, "PATCH dnssec", "GET dnssec"]);
    expect((await zone()).dnssec).toMatchObject({ status: "pending", dnssec_use_nsec3: true });
    expect(resource.state.outputs).toMatchObject({ observedStatus: "pending", ...on });
  });

  test.each(NOT_MADE)("is sent again when %s", async (_title, fault) => {
    await failing("PATCH", fault);
    const [, made] = await during(() => managed("zoneDnssec").up({ ...zoneInputs, ...on }));
    expect(made).toEqual([
      "GET dnssec",
      `GET zones/${zoneInputs.zoneId}`,
      "PATCH dnssec",
      "GET dnssec",
      "PATCH dnssec",
    ]);
    expect((await zone()).dnssec).toMatchObject({ status: "pending", dnssec_use_nsec3: true });
  });

  test.each(EITHER)("is undone once at destroy when %s", async (_title, fault) => {
    const before = (await zone()).dnssec;
    const resource = managed("zoneDnssec");
    await resource.up({ ...zoneInputs, ...on });
    await failing("PATCH", fault);
    await failing("DELETE", fault);
    await resource.destroy();
    expect((await zone()).dnssec).toEqual(before);
  });

  test("that fails for good still knows what stood there, and destroy brings that back", async () => {
    const before = (await zone()).dnssec;
    await control.fault({ method: "PATCH", count: null, fault: { kind: "lost-answer" } });
    await control.fault({ method: "GET", after: 1, count: null, fault: { kind: "status", status: 500 } });
    const first = managed("zoneDnssec");
    const message = await messageOf(first.up({ ...zoneInputs, ...on }));
    expect(message).toContain("HTTP 500");
    await control.clearFaults();

    const second = next("zoneDnssec", first);
    await second.up({ ...zoneInputs, ...on });
    expect(second.state.outputs).toMatchObject({ observedStatus: "pending", ...on });
    await second.destroy();
    expect((await zone()).dnssec).toEqual(before);
  });

  test("that is refused leaves nothing in state", async () => {
    await control.fault({ method: "PATCH", fault: { kind: "status", status: 403 } });
    const resource = managed("zoneDnssec");
    await messageOf(resource.up({ ...zoneInputs, ...on }));
    expect(resource.saved).toBeUndefined();
  });
});

describe("a change of HostupDnssecAuto", () => {
  test.each(EITHER)("is sent again when %s, for it sets and does not toggle", async (_title, fault) => {
    await failing("POST", fault);
    const resource = managed("hostupDnssecAuto");
    const [, made] = await during(() => resource.up(autoInputs));
    expect(made.slice(2)).toEqual(["POST dnssec-auto", "POST dnssec-auto"]);
    expect((await domain()).dnssecAuto.status).not.toBe("excluded");
    expect(resource.state.outputs).toMatchObject({ action: "include" });

    await failing("POST", fault);
    await resource.destroy();
    expect((await domain()).dnssecAuto.status).toBe("excluded");
  });

  test("that fails for good still knows what stood there, and destroy brings that back", async () => {
    await control.fault({ method: "POST", count: null, fault: { kind: "lost-answer" } });
    const first = managed("hostupDnssecAuto");
    await messageOf(first.up(autoInputs));
    await control.clearFaults();

    const second = next("hostupDnssecAuto", first);
    await second.up(autoInputs);
    await second.destroy();
    expect((await domain()).dnssecAuto.status).toBe("excluded");
  });
});

describe("a run that is killed between the call and the state", () => {
  /** Leaves a TSIG that no state knows of. */
  async function killed(inputs: Bag) {
    const { killed, dead } = killedAfter(2, hastyTransport());
    void managed("tsig", createRuntime(killed)).up(inputs);
    await dead;
    return onlyTsig();
  }

  test("leaves a Tsig that the next run of the same resource finds", async () => {
    const left = await killed(tsigInputs);
    const resource = managed("tsig");
    const [did, made] = await during(() => resource.up(tsigInputs));
    expect([did, made]).toEqual(["created", ["GET tsigs"]]);
    expect(await onlyTsig()).toEqual(left);
    expect(resource.state.outputs).toMatchObject({ tsigId: left.id, secret: left.secret });
  });

  test("leaves a Tsig that the next run brings to another algorithm", async () => {
    const left = await killed(tsigInputs);
    await managed("tsig").up({ ...tsigInputs, algo: "hmac-sha256." });
    expect(await onlyTsig()).toEqual({ ...left, algo: "hmac-sha256." });
  });

  test.each([
    ["another resource", { __owner: "project/stack/other" }],
    ["a program that gives a secret", { secret: SECRET }],
  ])("leaves a Tsig that %s does not take", async (_title, change) => {
    const left = await killed(tsigInputs);
    const resource = managed("tsig");
    await resource.up({ ...tsigInputs, ...change });
    expect(await tsigs()).toHaveLength(2);
    expect(resource.state.outputs.tsigId).not.toBe(left.id);
  });

  test("leaves a Tsig that is found although another resource of its name is in state", async () => {
    const left = await killed(tsigInputs);
    const namesake = { ...tsigInputs, __owner: "project/stack/other" };
    const other = managed("tsig");
    await other.up(namesake);

    const runtime = freshRuntime();
    const [resource, standing] = [managed("tsig", runtime), managed("tsig", runtime)];
    standing.saved = other.saved;
    expect(await standing.up(namesake)).toBe("same");
    await resource.up(tsigInputs);
    expect(resource.state.outputs.tsigId).toBe(left.id);
    expect(await tsigs()).toHaveLength(2);
  });

  describe("with a given secret", () => {
    const given = () => ({ ...tsigInputs, secret: SECRET });

    test("leaves a Tsig that may be anybody's: it is refused with its id and what to do", async () => {
      const left = await killed(given());
      const message = await messageOf(managed("tsig").up(given()));
      expect(message).toContain(left.id);
      expect(message).toContain("set adopt to true");
      expect(message).not.toContain(SECRET);
      expect(await onlyTsig()).toEqual(left);
    });

    test("leaves a Tsig that adopt takes", async () => {
      const left = await killed(given());
      const resource = managed("tsig");
      const [, made] = await during(() => resource.up({ ...given(), adopt: true }));
      expect(made).toEqual(["GET tsigs"]);
      expect(resource.state.outputs.tsigId).toBe(left.id);
      expect(await onlyTsig()).toEqual(left);
    });

    test("leaves a Tsig that adopt takes though another one has its name", async () => {
      const left = await killed(given());
      const { accountId } = control.simulator;
      const another = { accountId, name: NAME, algo: "hmac-sha512.", secret: OTHER_SECRET };
      await control.patch({ tsigs: { ["a".repeat(32)]: another } });
      const resource = managed("tsig");
      await resource.up({ ...given(), adopt: true });
      expect(resource.state.outputs.tsigId).toBe(left.id);
      expect(await tsigs()).toHaveLength(2);
    });
  });
});

describe("a replacement that is asked for while the old Tsig stands", () => {
  /** The engine with --replace: check with the old inputs, create, then delete the old one. */
  async function replace(given: Bag) {
    const first = managed("tsig");
    await first.up({ ...tsigInputs, ...given });
    const { inputs, outputs, id } = first.state;
    const handler = handlerOf(freshRuntime().tsig);
    await handler.configure(stackConfig(simulatorConfig(control.simulator)));
    const checked = await handler.check(inputs, { ...tsigInputs, ...given, __provider: PROVIDER });
    const created = await handler.create(checked.inputs ?? {});
    return { old: { id, outputs }, created, handler };
  }

  test.each([
    ["a generated", {}],
    ["a given", { secret: SECRET }],
  ])("makes a second one with %s secret, and never takes the first", async (_title, given) => {
    const { old, created, handler } = await replace(given);
    expect(created.id).not.toBe(old.id);
    expect(await tsigs()).toHaveLength(2);
    await handler.delete(old.id, old.outputs);
    expect(`${control.simulator.accountId}/${(await onlyTsig()).id}`).toBe(created.id);
  });

  test("makes just one more when the answer is lost", async () => {
    await control.fault({ method: "POST", after: 1, fault: { kind: "lost-answer" } });
    const { old, created } = await replace({});
    expect(created.id).not.toBe(old.id);
    expect(await tsigs()).toHaveLength(2);
  });
});
