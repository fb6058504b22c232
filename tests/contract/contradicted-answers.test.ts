import "../support/one-realm";
import { UnexpectedAnswerError } from "../../provider/core/errors";
import { startSimulator } from "../../simulator";
import { type AlteringProxy, startAlteringProxy } from "../support/altering-proxy";
import { type Control, controlOf } from "../support/control";
import { freshRuntime, type Kind } from "../support/engine-runs";
import { type Bag, Managed, partialOf, simulatorConfig } from "../support/handlers";
import { errorOf } from "../support/outcome";

const OTHER_ID = "ab".repeat(16);
const SECRET = Buffer.alloc(64, 1).toString("base64");
const OTHER_SECRET = Buffer.alloc(64, 2).toString("base64");

let control: Control;
let proxy: AlteringProxy;
let zone: { id: string; name: string };
let accountId: string;

beforeEach(async () => {
  jest.spyOn(console, "log").mockImplementation(() => {});
  const simulator = await startSimulator({ zones: 1, switches: { hostupPendingReads: 0 } });
  control = controlOf(simulator);
  proxy = await startAlteringProxy(simulator);
  const [first] = simulator.zones;
  if (first === undefined) throw new Error("the tests need a zone");
  zone = first;
  // It has no primary: what stands guard over that is tested elsewhere.
  process.env.SECONDARY_DNS_FORCE = zone.name;
  accountId = simulator.accountId;
});

afterEach(async () => {
  delete process.env.SECONDARY_DNS_FORCE;
  jest.restoreAllMocks();
  await proxy.close();
  await control.simulator.close();
});

const managed = (kind: Kind) => new Managed(freshRuntime()[kind], proxy.config);

/** Every answer to a call of this method has these in its result. */
function altering(method: string, change: object, times = Number.POSITIVE_INFINITY): void {
  let left = times;
  proxy.alter = (body, call) => {
    if (call.method !== method || left <= 0 || !isEnvelope(body)) return body;
    left -= 1;
    return { ...body, result: { ...body.result, ...change } };
  };
}

function isEnvelope(body: unknown): body is { result: object } {
  return typeof body === "object" && body !== null && "result" in body;
}

async function peerInputs(): Promise<Bag> {
  const tsig = new Managed(freshRuntime().tsig, proxy.config);
  await tsig.up({ accountId, name: "cf.example.com.", secret: SECRET });
  return { accountId, name: "primary", ip: "192.0.2.53", tsigId: tsig.state.outputs.tsigId };
}

const tsigInputs = (): Bag => ({ accountId, name: "cf.example.com.", secret: SECRET });
const zoneInputs = (): Bag => ({ zoneId: zone.id, dnssecPresigned: true, dnssecUseNsec3: true });

/** What a create may be answered that is not what was asked. */
const creates: readonly (readonly [
  what: string,
  kind: Kind,
  inputs: () => Promise<Bag> | Bag,
  method: string,
  change: object,
])[] = [
  ["another key's name", "tsig", tsigInputs, "POST", { name: "other.example." }],
  ["another algorithm", "tsig", tsigInputs, "POST", { algo: "hmac-sha1." }],
  ["another secret", "tsig", tsigInputs, "POST", { secret: OTHER_SECRET }],
  ["an empty id", "tsig", tsigInputs, "POST", { id: "" }],
  ["an id that leads elsewhere", "tsig", tsigInputs, "POST", { id: "../" }],
  ["an id that is a number", "tsig", tsigInputs, "POST", { id: 7 }],
  ["another peer's name", "transferPeer", peerInputs, "POST", { name: "other" }],
  ["an id that leads elsewhere", "transferPeer", peerInputs, "POST", { id: ".." }],
  ["another address", "transferPeer", peerInputs, "PUT", { ip: "192.0.2.99" }],
  ["another port", "transferPeer", peerInputs, "PUT", { port: 5353 }],
  ["another TSIG", "transferPeer", peerInputs, "PUT", { tsig_id: OTHER_ID }],
  ["no TSIG", "transferPeer", peerInputs, "PUT", { tsig_id: "" }],
  ["another peer", "transferPeer", peerInputs, "PUT", { id: OTHER_ID }],
  ["a flag that is off", "zoneDnssec", zoneInputs, "PATCH", { dnssec_presigned: false }],
  ["a flag that is missing", "zoneDnssec", zoneInputs, "PATCH", { dnssec_use_nsec3: undefined }],
  ["DNSSEC that is off", "zoneDnssec", zoneInputs, "PATCH", { status: "disabled" }],
];

describe.each(creates)("a create that is answered %s (%s)", (_what, kind, inputs, method, change) => {
  test("keeps the object that was made, once, when a look shows that it is as it should be", async () => {
    const given = await inputs();
    altering(method, change);
    const resource = managed(kind);
    await resource.up(given);
    const { outputs } = resource.state;
    await resource.refresh();
    expect(resource.state.outputs).toEqual(outputs);
    expect(await resource.preview(given)).toEqual([]);
    const { tsigs, peers } = await control.state();
    if (kind === "tsig") expect(Object.keys(tsigs)).toEqual([resource.state.outputs.tsigId]);
    if (kind === "transferPeer") expect(Object.keys(peers)).toEqual([resource.state.outputs.peerId]);
  });
});

/** A service that does something else than it was asked, and says so. */
const lies: readonly (readonly [
  what: string,
  kind: Kind,
  inputs: () => Promise<Bag> | Bag,
  method: string,
  change: object,
  named: string,
])[] = [
  [
    "makes a TSIG of another name",
    "tsig",
    tsigInputs,
    "POST",
    { name: "other.example." },
    'name is "other.example." where "cf.example.com." was sent',
  ],
  [
    "makes a TSIG with another algorithm",
    "tsig",
    tsigInputs,
    "POST",
    { algo: "hmac-sha1." },
    'algo is "hmac-sha1." where "hmac-sha512." was sent',
  ],
  [
    "makes a TSIG with another secret",
    "tsig",
    tsigInputs,
    "POST",
    { secret: OTHER_SECRET },
    "secret is another one than was sent",
  ],
  [
    "makes a TSIG without an id",
    "tsig",
    tsigInputs,
    "POST",
    { id: "" },
    "id: not an id of 32 hexadecimal digits",
  ],
  [
    "makes a peer of another name",
    "transferPeer",
    peerInputs,
    "POST",
    { name: "other" },
    'name is "other" where "pulumi-secondary-dns-unfinished-',
  ],
  [
    "makes no presigned zone",
    "zoneDnssec",
    zoneInputs,
    "PATCH",
    { dnssec_presigned: false },
    "dnssec_presigned is false where true was sent",
  ],
];

describe.each(lies)("a service that %s", (_what, kind, inputs, method, change, named) => {
  /** Nothing that was asked for comes to be: the call is answered without being processed. */
  async function refused(resource: Managed, given: Bag): Promise<Error> {
    const asked = { ...(await sent(kind, given)), ...change };
    await control.fault({
      method: method as "POST",
      count: null,
      fault: {
        kind: "status",
        status: 200,
        body: { success: true, errors: [], messages: [], result: asked },
      },
    });
    return errorOf(resource.up(given));
  }

  test("ends in a typed error that names the difference, and is asked once", async () => {
    const given = await inputs();
    await control.forgetRequests();
    const error = await refused(managed(kind), given);
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error.message).toContain(named);
    expect(error.message).toMatch(/^Next: \S/m);
    expect(error.message).not.toContain(SECRET);
    expect(error.message).not.toContain(OTHER_SECRET);
    expect((await control.requests()).filter((request) => request.method === method)).toHaveLength(1);
  });

  test("gets nothing of its answer into the state", async () => {
    const half = partialOf(await refused(managed(kind), await inputs()));
    expect(JSON.stringify(half?.properties ?? {})).not.toMatch(/other|hmac-sha1/);
    if (kind !== "zoneDnssec") expect(half).toBeUndefined();
  });
});

/** The whole answer that the API would give. */
async function sent(kind: Kind, given: Bag): Promise<object> {
  if (kind === "tsig") return { id: OTHER_ID, name: given.name, algo: "hmac-sha512.", secret: given.secret };
  if (kind === "transferPeer") return { id: OTHER_ID, name: given.name, ip: "", port: 0, tsig_id: "" };
  return { status: "pending", dnssec_presigned: true, dnssec_use_nsec3: true, dnssec_multi_signer: false };
}

describe("an update that is answered something else", () => {
  test("is believed only when a look shows what was asked for", async () => {
    const resource = managed("tsig");
    await resource.up(tsigInputs());
    altering("PUT", { name: "other.example." });
    await resource.up({ ...tsigInputs(), algo: "hmac-sha256." });
    expect(resource.state.outputs).toMatchObject({ name: "cf.example.com.", algo: "hmac-sha256." });
  });

  test("ends in an error when the look shows it too, and state stays as it was", async () => {
    const resource = managed("tsig");
    await resource.up(tsigInputs());
    const before = resource.state;
    const [id] = Object.keys((await control.state()).tsigs);
    const result = { id, name: "cf.example.com.", algo: "hmac-sha512.", secret: SECRET };
    const body = { success: true, errors: [], messages: [], result };
    await control.fault({ method: "PUT", count: null, fault: { kind: "status", status: 200, body } });
    const error = await errorOf(resource.up({ ...tsigInputs(), algo: "hmac-sha256." }));
    expect(error.message).toContain('algo is "hmac-sha512." where "hmac-sha256." was sent');
    expect(resource.state).toEqual(before);
  });

  test("of an incoming transfer is looked at again", async () => {
    const peer = managed("transferPeer");
    await peer.up(await peerInputs());
    const resource = managed("incomingTransfer");
    const inputs = { zoneId: zone.id, name: zone.name, peers: [peer.state.outputs.peerId] };
    for (const method of ["POST", "PUT"]) {
      altering(method, { peers: [OTHER_ID], name: "other.example", auto_refresh_seconds: 1 });
      const given = { ...inputs, autoRefreshSeconds: method === "POST" ? 600 : 900 };
      await resource.up(given);
      expect(resource.state.outputs).toMatchObject({ ...given, name: zone.name });
    }
  });
});

test("a create whose answer is cut off is not sent again while the list does not show what it made yet", async () => {
  const body = { success: true, errors: [], messages: [], result: [] };
  const given = { accountId, name: "cf.example.com.", __owner: "project/stack/key" };
  await control.fault({ method: "POST", fault: { kind: "truncated" } });
  await control.fault({ method: "GET", after: 1, fault: { kind: "status", status: 200, body } });
  const directly = () => new Managed(freshRuntime().tsig, simulatorConfig(control.simulator));
  const error = await errorOf(directly().up(given));
  expect(error).toBeInstanceOf(UnexpectedAnswerError);
  expect(error.message).toContain("It may have been done, so it was not sent again");
  const next = directly();
  await next.up(given);
  expect(Object.keys((await control.state()).tsigs)).toEqual([next.state.outputs.tsigId]);
});

test("a read that is answered another object is not believed", async () => {
  const resource = managed("tsig");
  await resource.up(tsigInputs());
  proxy.alter = (body, { path }) => {
    if (!isEnvelope(body)) return body;
    return path.endsWith("/tsigs")
      ? { ...body, result: [] }
      : { ...body, result: { ...body.result, id: OTHER_ID } };
  };
  expect((await errorOf(resource.refresh())).message).toContain(`id is "${OTHER_ID}" where`);
});

test("a zone's name that is shown in Unicode is no drift", async () => {
  const peer = managed("transferPeer");
  await peer.up(await peerInputs());
  await control.patch({ zones: { [zone.id]: { name: "xn--rksmrgs-5wao1o.se" } } });
  const inputs = { zoneId: zone.id, name: "xn--rksmrgs-5wao1o.se", peers: [peer.state.outputs.peerId] };
  const resource = managed("incomingTransfer");
  proxy.alter = (body, { path }) =>
    path.endsWith("/incoming") && isEnvelope(body) && body.result !== null
      ? { ...body, result: { ...body.result, name: "räksmörgås.se." } }
      : body;
  await resource.up(inputs);
  await resource.refresh();
  expect(await resource.preview(inputs)).toEqual([]);
});

describe.each([
  ["include", "excluded"],
  ["exclude", "active"],
] as const)("an %s at HostUp that is answered %s", (action, status) => {
  const unlike = {
    domainName: null,
    reason: null,
    isEnabled: true,
    isBlocked: false,
    blockedUntil: null,
    blockReason: null,
    lastCheckedAt: null,
    lastError: null,
    nameserversChangedAt: null,
    status,
  };
  const domainId = () => control.simulator.domains[0]?.id ?? "";

  /** Whoever includes finds it excluded, and the other way round. */
  beforeEach(async () => {
    const before = action === "include" ? "excluded" : "active";
    await control.patch({ domains: { [domainId()]: { dnssecAuto: { status: before } } } });
  });

  test("is done when a look shows that it is", async () => {
    proxy.alter = (body, { method }) => (method === "POST" ? { ...Object(body), ...unlike } : body);
    const resource = managed("hostupDnssecAuto");
    await resource.up({ domainId: domainId(), action });
    expect(resource.state.outputs).toMatchObject({ action });
  });

  test("ends in an error when a look shows it too", async () => {
    await control.fault({
      method: "POST",
      count: null,
      fault: { kind: "status", status: 200, body: unlike },
    });
    const error = await errorOf(managed("hostupDnssecAuto").up({ domainId: domainId(), action }));
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error.message).toContain(`status is "${status}" after "${action}"`);
  });
});
