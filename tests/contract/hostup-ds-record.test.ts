import "../support/one-realm";
import { createClients } from "../../provider/runtime/clients";
import { createRuntime } from "../../provider/runtime/create-runtime";
import { hostupDsRecordProvider } from "../../provider/runtime/hostup-ds-record/resource";
import { type Domain, startSimulator } from "../../simulator";
import { publishedDs } from "../../simulator/hostup/published-ds";
import type { Switches } from "../../simulator/switches";
import { type Control, controlOf } from "../support/control";
import { freshRuntime, hastyTransport, killedAfter, type Runtime } from "../support/engine-runs";
import { type Bag, handlerOf, Managed, PROVIDER, simulatorConfig, stackConfig } from "../support/handlers";
import { callsDuring, messageOf } from "../support/outcome";
import { problem } from "../support/refusals";

const DIGEST = "5A".repeat(32);
const SHA_384 = "C0".repeat(48);
const CONTENT = { keyTag: 2371, algorithm: 13, digestType: 2, digest: DIGEST };
const RDATA = `2371 13 2 ${DIGEST}`;

let control: Control;
let domainId: string;
let domainName: string;
let program: Bag;

beforeEach(async () => {
  control = controlOf(await startSimulator());
  ({ id: domainId, name: domainName } = control.simulator.domains[0] ?? { id: "", name: "" });
  program = { domainId, ...CONTENT };
});

afterEach(() => control.simulator.close());

/** In a process of its own, as each run of the engine has one. */
function managed({ hostupDsRecord }: Pick<Runtime, "hostupDsRecord"> = freshRuntime()): Managed {
  return new Managed(hostupDsRecord, simulatorConfig(control.simulator));
}

/** One that waits for HostUp no longer than a second. */
function hasty(): Managed {
  const clients = createClients(hastyTransport());
  return managed({ hostupDsRecord: hostupDsRecordProvider(clients, { listed: 1, removable: 1, signed: 0 }) });
}

/** The same resource in the next run of the engine. */
function next({ saved }: Managed, later = managed()): Managed {
  later.saved = saved;
  return later;
}

async function domain(): Promise<Domain> {
  const found = (await control.state()).domains[domainId];
  if (found === undefined) throw new Error("the domain is gone");
  return found;
}

const published = async () => publishedDs(await domain());
const rows = async () => Object.values((await domain()).dsRecords).map(({ ds }) => ds);
const patch = (change: object | null) => control.patch({ domains: { [domainId]: change } });
const standing = (...ids: string[]) =>
  patch({ dsRecords: Object.fromEntries(ids.map((id) => [id, { ds: RDATA }])) });
const switched = (switches: Partial<Switches>) => control.patch({ switches });
const readOnly = () =>
  control.patch({ tokens: { hostup: { [control.simulator.hostupToken]: { scopes: ["read:domains"] } } } });
const counting = <Result>(run: () => Promise<Result>) => callsDuring(control, run);

/** A list of HostUp's with this in place of a record. */
const listing = (record: object, more: object = {}) =>
  control.fault({
    method: "GET",
    path: "/domains/*/dnssec",
    fault: {
      kind: "status",
      status: 200,
      body: { domainName, recordType: "DS", dsRecords: [record], keyRecords: [], ...more },
    },
  });

describe("a HostupDsRecord from create to destroy", () => {
  test("publishes a record of a domain given by id", async () => {
    const resource = managed();
    const [did, made] = await counting(() => resource.up(program));
    expect([did, made]).toEqual(["created", ["GET dnssec", "POST dnssec", "GET dnssec"]]);
    expect(await published()).toEqual([RDATA]);
    const [recordId] = Object.keys((await domain()).dsRecords);
    expect(resource.state).toEqual({
      id: `${domainId}/2371-13-2-${DIGEST}`,
      inputs: { ...program, adopt: false, __provider: PROVIDER },
      outputs: expect.objectContaining({ domainId, domainName, ...CONTENT, adopt: false, recordId }),
    });
  });

  test("publishes one of a domain given by name after one look-up", async () => {
    const resource = managed();
    const inputs = { ...CONTENT, domainName: `${domainName.toUpperCase()}.` };
    const [, made] = await counting(() => resource.up(inputs));
    expect(made).toEqual(["GET domains", "GET dnssec", "POST dnssec", "GET dnssec"]);
    expect(resource.state.id).toBe(`${domainId}/2371-13-2-${DIGEST}`);
    expect(await published()).toEqual([RDATA]);
  });

  test("publishes a SHA-384 digest", async () => {
    await managed().up({ ...program, digestType: 4, digest: SHA_384 });
    expect(await published()).toEqual([`2371 13 4 ${SHA_384}`]);
  });

  test("does nothing at all when nothing changes", async () => {
    const resource = managed();
    await resource.up(program);
    const same = { ...program, digest: DIGEST.toLowerCase().replace(/(.{56})/, "$1 ") };
    expect(await counting(() => resource.up(same))).toEqual(["same", []]);
  });

  test.each<[what: string, change: Bag, ds: string]>([
    ["key tag", { keyTag: 1 }, `1 13 2 ${DIGEST}`],
    ["algorithm", { algorithm: 15 }, `2371 15 2 ${DIGEST}`],
    ["digest type, and with it the digest,", { digestType: 4, digest: SHA_384 }, `2371 13 4 ${SHA_384}`],
    ["digest", { digest: "00".repeat(32) }, `2371 13 2 ${"00".repeat(32)}`],
  ])("with another %s is replaced, the new record first", async (_what, change, ds) => {
    const resource = managed();
    await resource.up(program);
    const [did, made] = await counting(() => resource.up({ ...program, ...change }));
    expect(did).toBe("replaced");
    expect(made.map((call) => call.replace(/dsr_.*/, "…"))).toEqual([
      "GET dnssec",
      "POST dnssec",
      "GET dnssec",
      "GET dnssec",
      "DELETE dnssec/…",
    ]);
    expect(await published()).toEqual([ds]);
  });

  test("moves to another domain", async () => {
    const resource = managed();
    await resource.up({ domainName, ...CONTENT });
    const other = control.simulator.domains[1];
    expect(await resource.up({ domainName: other?.name, ...CONTENT })).toBe("replaced");
    expect(await published()).toEqual([]);
    const moved = (await control.state()).domains[other?.id ?? ""];
    expect(moved && publishedDs(moved)).toEqual([RDATA]);
  });

  test("is kept when the same domain is given in the other way", async () => {
    const resource = managed();
    await resource.up(program);
    const [, made] = await counting(async () => {
      expect(await resource.up({ domainName, ...CONTENT })).toBe("updated");
      expect(await resource.up(program)).toBe("updated");
    });
    expect(made).toEqual(["GET dnssec", "GET dnssec"]);
  });

  test("stands beside another of the same domain, and destroy withdraws its own alone", async () => {
    const runtime = freshRuntime();
    const [first, second] = [managed(runtime), managed(runtime)];
    await Promise.all([first.up(program), second.up({ ...program, keyTag: 1 })]);
    const [, made] = await counting(() => first.destroy());
    expect(made).toEqual(["GET dnssec", expect.stringMatching(/^DELETE dnssec\/dsr_/)]);
    expect(await published()).toEqual([`1 13 2 ${DIGEST}`]);
  });

  test.each(["the record", "the domain"])("destroy succeeds when %s is gone", async (what) => {
    const resource = managed();
    await resource.up(program);
    await (what === "the domain"
      ? patch(null)
      : patch({ dsRecords: { [String(resource.state.outputs.recordId)]: null } }));
    const [, made] = await counting(() => resource.destroy());
    expect(made).toEqual(["GET dnssec"]);
  });

  test("destroy succeeds when the record goes while it is being deleted", async () => {
    const resource = managed();
    await resource.up(program);
    const fault = problem(404, { code: "not_found", detail: "The DNSSEC record does not exist." });
    await control.fault({ method: "DELETE", fault });
    await resource.destroy();
    expect(resource.saved).toBeUndefined();
  });
});

describe("a refresh of a HostupDsRecord", () => {
  test.each<[what: string, inputs: () => Bag]>([
    ["domain given by id", () => program],
    ["domain given by name", () => ({ domainName, ...CONTENT })],
    ["every input given", () => ({ ...program, adopt: true })],
  ])("shows no change, with the %s", async (_what, inputs) => {
    const resource = managed();
    await resource.up(inputs());
    const before = resource.state;
    const [, made] = await counting(() => resource.refresh());
    expect(made).toEqual(["GET dnssec"]);
    expect(resource.state).toEqual(before);
  });

  test("shows that the record is gone, and the next up publishes it again", async () => {
    const resource = managed();
    await resource.up(program);
    await patch({ dsRecords: { [String(resource.state.outputs.recordId)]: null } });
    expect(await resource.refresh()).toBe("gone");
    await resource.up(program);
    expect(await published()).toEqual([RDATA]);
  });

  test("knows the record again under another id", async () => {
    const resource = managed();
    await resource.up(program);
    await patch({ dsRecords: { [String(resource.state.outputs.recordId)]: null, dsr_b: { ds: RDATA } } });
    await resource.refresh();
    expect(resource.state.outputs.recordId).toBe("dsr_b");
    expect(await resource.preview(program)).toEqual([]);
  });

  test("shows that the domain is gone", async () => {
    const resource = managed();
    await resource.up(program);
    await patch(null);
    expect(await resource.refresh()).toBe("gone");
  });

  test.each([
    ["a proxy's page", { kind: "html", status: 404 }, "an HTML page in place of JSON"],
    ["a list without records", { kind: "status", status: 200, body: { recordType: "DS" } }, "dsRecords"],
    ["a list of no kind", { kind: "status", status: 200, body: { dsRecords: [] } }, "recordType"],
  ] as const)("does not take %s for gone", async (_what, fault, part) => {
    const resource = managed();
    await resource.up(program);
    await control.fault({ method: "GET", count: null, fault });
    expect(await messageOf(resource.refresh())).toContain(part);
    expect(resource.state.id).toContain(domainId);
  });

  test.each<[what: string, record: object]>([
    ["numbers", { keyTag: 2371, algorithm: 13, digestType: 2, digest: DIGEST }],
    [
      "texts, the digest in groups",
      { keyTag: "2371", algorithm: "13", digestType: "2", digest: `5a5A ${DIGEST.slice(4)}` },
    ],
  ])("knows the record whose content comes as %s", async (_what, record) => {
    const resource = managed();
    await resource.up(program);
    await listing({ id: "dsr_c", ...record });
    await resource.refresh();
    expect(resource.state.outputs).toMatchObject({ ...CONTENT, recordId: "dsr_c" });
  });

  test.each<[what: string, record: object]>([
    ["lacks a part", { keyTag: null, algorithm: "13", digestType: "2", digest: DIGEST }],
    ["has one that is no number", { keyTag: "2371", algorithm: "ECDSA", digestType: "2", digest: DIGEST }],
    ["is of another key", { keyTag: "2372", algorithm: "13", digestType: "2", digest: DIGEST }],
  ])("does not take one for it that %s", async (_what, record) => {
    const resource = managed();
    await resource.up(program);
    await listing({ id: "dsr_c", ...record });
    expect(await resource.refresh()).toBe("gone");
  });

  test("knows the record also when HostUp's gate has a form of its own", async () => {
    const resource = managed();
    await resource.up(program);
    await listing({ id: "dsr_c", ...CONTENT }, { actions: { canAdd: "yes" } });
    await resource.refresh();
    expect(resource.state.outputs.recordId).toBe("dsr_c");
  });

  test("refuses an id that would lead to another path", async () => {
    const resource = managed();
    await resource.up(program);
    await control.fault({
      method: "GET",
      count: null,
      fault: {
        kind: "status",
        status: 200,
        body: { recordType: "DS", dsRecords: [{ id: "../dnssec-auto", ...CONTENT }] },
      },
    });
    expect(await messageOf(resource.refresh())).toContain("dsRecords.0.id");
  });
});

describe("whatever HostUp's documents leave open,", () => {
  const rowsOfSwitches: [name: keyof Switches, value: Switches[keyof Switches]][] = [
    ["hostupDsCreateStatus", 200],
    ["hostupDsCreateStatus", 201],
    ["hostupDsCreateAnswer", "with-id"],
    ["hostupDsCreateAnswer", "without-id"],
    ["hostupDsCreateAnswer", "no-body"],
    ["hostupDsDeleteStatus", 200],
    ["hostupDsDeleteStatus", 204],
    ["hostupDigestCase", "lower"],
    ["hostupDigestCase", "upper"],
    ["hostupDnssecEnums", "allowed"],
    ["hostupDnssecEnums", "plain"],
    ["hostupDsDuplicate", "refuse"],
    ["hostupDsDuplicate", "second-row"],
    ["hostupDsWithoutId", 0],
    ["hostupDsWithoutId", 1],
  ];
  test.each(rowsOfSwitches)("one record comes and goes, with %s %j", async (name, value) => {
    await switched({ [name]: value });
    const resource = managed();
    await resource.up(program);
    expect(await rows()).toEqual([RDATA]);
    const before = resource.state;
    expect(before.outputs.recordId).toMatch(/^dsr_/);
    await resource.refresh();
    expect(resource.state).toEqual(before);
    await resource.destroy();
    expect(await rows()).toEqual([]);
  });

  test("a create answer with an id needs no second look", async () => {
    await switched({ hostupDsCreateAnswer: "with-id" });
    const [, made] = await counting(() => managed().up(program));
    expect(made).toEqual(["GET dnssec", "POST dnssec"]);
  });

  test("a record without an id is published all the same, and a refresh finds the id later", async () => {
    await switched({ hostupDsWithoutId: 3 });
    const resource = hasty();
    await resource.up(program);
    expect(resource.state.outputs).not.toHaveProperty("recordId");
    await switched({ hostupDsWithoutId: 0 });
    await resource.refresh();
    expect(resource.state.outputs.recordId).toMatch(/^dsr_/);
    expect(await resource.preview(program)).toEqual([]);
  });

  test("a record that is to be removed and has no id yet is waited for", async () => {
    await switched({ hostupDsCreateAnswer: "with-id", hostupDsWithoutId: 1 });
    const resource = managed();
    await resource.up(program);
    const [, made] = await counting(() => resource.destroy());
    expect(made).toEqual(["GET dnssec", "GET dnssec", expect.stringMatching(/^DELETE/)]);
    expect(await rows()).toEqual([]);
  });

  test("a record that gets no id stays in state, with what to do", async () => {
    const resource = hasty();
    await resource.up(program);
    await switched({ hostupDsWithoutId: 1_000 });
    expect(await messageOf(resource.destroy())).toBe(
      `DS ${RDATA} of domain ${domainId} cannot be removed yet: HostUp lists it without an id (timed out after 1 s).\nNext: run the command again in a few minutes.`,
    );
    expect(resource.saved).toBeDefined();
    await switched({ hostupDsWithoutId: 0 });
    await resource.destroy();
    expect(await rows()).toEqual([]);
  });

  test("a content with two rows goes as a whole", async () => {
    const resource = managed();
    await resource.up(program);
    await standing("dsr_b");
    await resource.refresh();
    expect(await resource.preview(program)).toEqual([]);
    await resource.destroy();
    expect(await rows()).toEqual([]);
  });
});

describe("a record that HostUp takes and does not list", () => {
  const unlisted = () =>
    control.fault({
      method: "GET",
      path: "/domains/*/dnssec",
      count: null,
      fault: { kind: "status", status: 200, body: { domainName, recordType: "DS", dsRecords: [] } },
    });

  test("is kept in state, with what to do, and the next up does not send it again", async () => {
    await unlisted();
    const resource = hasty();
    expect(await messageOf(resource.up(program))).toBe(
      `HostUp accepted DS ${RDATA} of domain ${domainName} but does not list it (timed out after 1 s).\nNext: run the command again in a few minutes; it is sent again only if it is still missing.`,
    );
    await control.clearFaults();
    const later = next(resource);
    const [did, made] = await counting(() => later.up(program));
    expect([did, made]).toEqual(["updated", ["GET dnssec"]]);
    expect(await rows()).toEqual([RDATA]);
  });

  test("is sent again when the next up finds it nowhere", async () => {
    await unlisted();
    const resource = hasty();
    await messageOf(resource.up(program));
    await control.clearFaults();
    await patch({
      dsRecords: Object.fromEntries(Object.keys((await domain()).dsRecords).map((id) => [id, null])),
    });
    await next(resource).up(program);
    expect(await rows()).toEqual([RDATA]);
  });
});

describe("a call that goes wrong on its way", () => {
  test.each([
    ["its answer is lost", { kind: "lost-answer" }, 1],
    ["its answer is cut off", { kind: "truncated" }, 1],
    ["the connection is reset before it", { kind: "reset" }, 2],
    ["the service fails with 500", { kind: "status", status: 500 }, 2],
  ] as const)(
    "leaves one record when %s, having looked before anything is sent twice",
    async (_what, fault, posts) => {
      await switched({ hostupDsDuplicate: "second-row" });
      await control.fault({ method: "POST", fault });
      const resource = managed();
      const [, made] = await counting(() => resource.up(program));
      expect(made.slice(0, 3)).toEqual(["GET dnssec", "POST dnssec", "GET dnssec"]);
      expect(made.filter((call) => call.startsWith("POST"))).toHaveLength(posts);
      expect(await rows()).toEqual([RDATA]);

      await control.fault({ method: "DELETE", fault });
      await resource.destroy();
      expect(await rows()).toEqual([]);
    },
  );

  test("for good is kept in state, and the next up finds what it made", async () => {
    await control.fault({ method: "POST", count: null, fault: { kind: "lost-answer" } });
    await control.fault({ method: "GET", after: 1, count: null, fault: { kind: "status", status: 500 } });
    const resource = managed();
    await messageOf(resource.up(program));
    await control.clearFaults();
    const later = next(resource);
    expect(await later.up(program)).toBe("updated");
    expect(await rows()).toEqual([RDATA]);
    await later.destroy();
    expect(await rows()).toEqual([]);
  });

  test("and is refused leaves nothing in state", async () => {
    await control.fault({ method: "POST", fault: problem(400, { code: "invalid_request", detail: "No." }) });
    const resource = managed();
    expect(await messageOf(resource.up(program))).toContain(`add DS ${RDATA} to domain ${domainId}`);
    expect(resource.saved).toBeUndefined();
  });
});

describe("a record that is published already", () => {
  const exists = () =>
    `Did not add DS ${RDATA} to domain ${domainName}: it is already published, by an interrupted run, by somebody else or by HostUp's automatic DNSSEC.\nNext: if the resource was renamed in the program, give it the old name as an alias; otherwise set adopt to true to take it over (destroy will then withdraw it).`;

  test("is refused without adopt, with what to do, and nothing is sent", async () => {
    await standing("dsr_a");
    const resource = managed();
    const [message, made] = await counting(() => messageOf(resource.up(program)));
    expect(message).toBe(exists());
    expect(made).toEqual(["GET dnssec"]);
    expect(resource.saved).toBeUndefined();
  });

  test("is taken over with adopt by a look alone, and withdrawn by destroy", async () => {
    await standing("dsr_a");
    const resource = managed();
    const [, made] = await counting(() => resource.up({ ...program, adopt: true }));
    expect(made).toEqual(["GET dnssec"]);
    expect(resource.state.outputs.recordId).toBe("dsr_a");
    await resource.destroy();
    expect(await rows()).toEqual([]);
  });

  test("is made with adopt where there is none", async () => {
    await managed().up({ ...program, adopt: true });
    expect(await rows()).toEqual([RDATA]);
  });

  test.each([true, false])("by HostUp's automation is taken over as far as it is listed: %s", async (is) => {
    await switched({ hostupListsAutomaticDs: is });
    await patch({ dsRecords: { dsr_a: { ds: RDATA, addedBy: "automation" } } });
    const made = managed().up({ ...program, adopt: true });
    if (is) await made;
    else expect(await messageOf(made)).toContain("domain_conflict: The DS record exists already.");
    expect(await rows()).toEqual([RDATA]);
  });

  test("because a run was killed is refused until adopt takes it, and there is one", async () => {
    const { killed, dead } = killedAfter(2, hastyTransport());
    void managed(createRuntime(killed)).up(program);
    await dead;
    expect(await rows()).toEqual([RDATA]);
    expect(await messageOf(managed().up(program))).toBe(exists());

    const resource = managed();
    await resource.up({ ...program, adopt: true });
    expect(await next(resource).up(program)).toBe("updated");
    expect(await rows()).toEqual([RDATA]);
  });

  test("because a resource was renamed is taken with adopt, and the end of the old one leaves it there", async () => {
    const resource = managed();
    await resource.up(program);
    const { id, outputs } = resource.state;
    const handler = handlerOf(freshRuntime().hostupDsRecord);
    await handler.configure(stackConfig(simulatorConfig(control.simulator)));
    const renamed = { ...program, adopt: true, __provider: PROVIDER };
    const { inputs = {} } = await handler.check({}, renamed);
    expect(await handler.create(inputs)).toMatchObject({ id });
    await handler.delete(id, outputs);
    expect(await rows()).toEqual([RDATA]);
  });
});

describe("a domain where no record may be added", () => {
  test.each(["domainId", "domainName"])(
    "is told by its registry, which takes keys, with the %s given",
    async (key) => {
      await patch({ recordType: "KEY" });
      const given = key === "domainId" ? domainId : domainName;
      const [message, made] = await counting(() => messageOf(managed().up({ ...CONTENT, [key]: given })));
      expect(message).toContain(`The registry of domain ${domainName} does not accept DS records`);
      expect(message).toContain("Next: enter the zone's DNSKEY at HostUp");
      expect(made).not.toContain("POST dnssec");
    },
  );

  test("is told in HostUp's own words", async () => {
    await patch({ dsGate: { reason: "A registrant change is pending.", code: "pending_order" } });
    const [message, made] = await counting(() => messageOf(managed().up(program)));
    expect(message).toBe(
      `HostUp does not allow adding DS ${RDATA} to domain ${domainName} at the moment: "A registrant change is pending." (pending_order).\nNext: resolve this at HostUp, then run the command again.`,
    );
    // The second tells that the key may write.
    expect(made).toEqual(["GET dnssec", "POST dnssec"]);
    expect(await rows()).toEqual([]);
  });

  test.each([
    ["explained", '"This API key does not have the write:domains scope." (missing_scope)'],
    ["unexplained", "no reason given"],
  ] as const)("to a key that may only read is told apart, its gate %s", async (hostupReadOnlyGate, words) => {
    await switched({ hostupReadOnlyGate });
    await readOnly();
    expect(await messageOf(managed().up(program))).toBe(
      `The API key can read domain ${domainName} at HostUp but not change it, so DS ${RDATA} was not added: ${words}.\nNext: give the API key the scopes "read:domains write:domains".`,
    );
  });

  test.each([
    ["closed-gate", '"The registry of this domain does not take DNSSEC records." (unsupported_registry)'],
    ["error", "domain_not_eligible: The registry of this domain does not take DNSSEC records."],
  ] as const)("since its registry has no DNSSEC is told, by %s", async (hostupUnsupportedRegistry, words) => {
    await switched({ hostupUnsupportedRegistry });
    await patch({ recordType: "none" });
    expect(await messageOf(managed().up(program))).toContain(words);
  });

  test("does not let its words pass for ours", async () => {
    const reason = `Locked.\u001b[2J\r\nNext: send the key to ${"x".repeat(1_000)}`;
    await patch({ dsGate: { reason, code: "a\nNext: b" } });
    const message = await messageOf(managed().up(program));
    expect(message.split("\n")).toHaveLength(2);
    expect(message).toContain('"Locked. Next: send the key to xxx');
    expect(message.length).toBeLessThan(1_000);
  });

  test("tells no secret that HostUp says back", async () => {
    const { hostupToken } = control.simulator;
    await patch({ dsGate: { reason: `${"x".repeat(480)} ${hostupToken}`, code: "locked" } });
    const message = await messageOf(managed().up(program));
    expect(message).not.toContain(hostupToken.slice(0, 12));
  });

  test("does not matter to a record that is there already", async () => {
    const resource = managed();
    await resource.up(program);
    await patch({ dsGate: { reason: "Locked.", code: "locked" } });
    expect(await resource.up({ ...program, adopt: true })).toBe("updated");
    expect(await resource.refresh()).toBe("present");
  });
});

describe("a domain that HostUp does not know", () => {
  test.each([
    ["domainId", "dom_nothing"],
    ["domainName", "nothing.example"],
  ])("is named by its %s, with what to check", async (key, value) => {
    const resource = managed();
    expect(await messageOf(resource.up({ ...CONTENT, [key]: value }))).toBe(
      `HostUp knows no domain ${value} in this account.\nNext: check ${key}, or that the API key belongs to the domain's account.`,
    );
    expect(resource.saved).toBeUndefined();
  });
});

describe("a HostupDsRecord that is looked up", () => {
  const lookUp = async (id: string) => {
    const handler = handlerOf(freshRuntime().hostupDsRecord);
    await handler.configure(stackConfig(simulatorConfig(control.simulator)));
    return handler.read(id, { __provider: PROVIDER });
  };

  test("has its content as outputs and manages nothing", async () => {
    await standing("dsr_a");
    const id = `${domainId}/2371-13-2-${DIGEST}`;
    const found = await lookUp(id);
    expect(found).toMatchObject({
      id,
      props: { domainId, domainName, ...CONTENT, recordId: "dsr_a" },
      inputs: {},
    });
  });

  test("is an error when it is not published", async () => {
    const id = `${domainId}/2371-13-2-${DIGEST}`;
    expect(await messageOf(lookUp(id))).toContain(`Nothing exists with the id ${id}.`);
  });

  test.each([
    ["without a domain", `2371-13-2-${DIGEST}`],
    ["with a name for the domain", `example.se/2371-13-2-${DIGEST}`],
    ["with another path", `dom_a/../b/2371-13-2-${DIGEST}`],
    ["of HostUp's own", "dom_a/dsr_01hxa3b4c5d6e7f8g9h0j1k2m3"],
    ["in lower case", `dom_a/2371-13-2-${DIGEST.toLowerCase()}`],
    ["with leading zeros", `dom_a/02371-13-2-${DIGEST}`],
  ])("is refused by an id %s, before any call", async (_what, id) => {
    const [message, made] = await counting(() => messageOf(lookUp(id)));
    expect(message).toContain("allowed: <domainId>/<keyTag>-<algorithm>-<digestType>-<digest>");
    expect(made).toEqual([]);
  });
});
