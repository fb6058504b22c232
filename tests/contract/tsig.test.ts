import { tsig } from "../../provider/runtime";
import { startSimulator, type Tsig } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { type Bag, handlerOf, Managed, PROVIDER, simulatorConfig, stackConfig } from "../support/handlers";
import { callsDuring, messageOf } from "../support/outcome";

const SECRET = Buffer.alloc(64, 1).toString("base64");
const OTHER_SECRET = Buffer.alloc(64, 2).toString("base64");
const NAME = "cf.example.com.";

let control: Control;
let resource: Managed;
let program: Bag;

beforeEach(async () => {
  control = controlOf(await startSimulator());
  resource = new Managed(tsig, simulatorConfig(control.simulator));
  program = { accountId: control.simulator.accountId, name: NAME };
});

afterEach(async () => {
  jest.restoreAllMocks();
  await control.simulator.close();
});

/** Reads of one moment share a list; the next run of the engine comes later. */
function later(): void {
  const now = Date.now() + 10_000;
  jest.spyOn(Date, "now").mockReturnValue(now);
}

async function all(): Promise<Tsig[]> {
  return Object.values((await control.state()).tsigs);
}

async function only(): Promise<Tsig> {
  const [first, ...others] = await all();
  if (first === undefined || others.length > 0) throw new Error("the account should have one TSIG");
  return first;
}

/** What somebody does in the dashboard. */
const patch = (id: string, change: object | null) => control.patch({ tsigs: { [id]: change } });

/** Puts a TSIG there that the program does not know of. */
async function existing(id: string, given: Partial<Tsig> = {}): Promise<void> {
  const { accountId } = control.simulator;
  const full = { accountId, name: NAME, algo: "hmac-sha512.", secret: SECRET, ...given };
  await patch(id.repeat(32).slice(0, 32), full);
}

const counting = <Result>(run: () => Promise<Result>) => callsDuring(control, run);

describe("a Tsig from create to delete", () => {
  test("is made by one call after a look at what stands there, with a generated secret of 64 bytes", async () => {
    const [did, made] = await counting(() => resource.up(program));
    expect(did).toBe("created");
    expect(made).toEqual(["GET tsigs", "POST tsigs"]);
    const there = await only();
    expect(there).toMatchObject({ name: NAME, algo: "hmac-sha512." });
    expect(Buffer.from(there.secret, "base64")).toHaveLength(64);
    expect(resource.state.id).toBe(`${control.simulator.accountId}/${there.id}`);
    expect(resource.state.outputs).toMatchObject({
      ...program,
      algo: "hmac-sha512.",
      secret: there.secret,
      adopt: false,
      tsigId: there.id,
    });
  });

  test("does not put the generated secret into its inputs, which are saved in plain text", async () => {
    await resource.up(program);
    const { secret } = await only();
    expect(JSON.stringify(resource.state.inputs)).not.toContain(secret);
    await resource.refresh();
    expect(JSON.stringify(resource.state.inputs)).not.toContain(secret);
  });

  test("makes another secret for each resource", async () => {
    await resource.up(program);
    await new Managed(tsig, simulatorConfig(control.simulator)).up(program);
    const [one, two] = await all();
    expect(one?.secret).not.toBe(two?.secret);
  });

  test("sends what is given, in its normal form", async () => {
    await resource.up({ ...program, name: "CF.Example.com", algo: "HMAC-SHA256", secret: SECRET });
    expect(await only()).toMatchObject({ name: NAME, algo: "hmac-sha256.", secret: SECRET });
  });

  test.each<[title: string, change: Bag]>([
    ["name", { name: "other.example.com." }],
    ["algorithm", { algo: "hmac-sha384." }],
    ["secret", { secret: OTHER_SECRET }],
    ["name, algorithm and secret", { name: "x.", algo: "hmac-sha256.", secret: OTHER_SECRET }],
  ])(
    "changes its %s in place by one write, once it has looked for peers that use it",
    async (_title, change) => {
      await resource.up({ ...program, secret: SECRET });
      const before = await only();
      const [did, made] = await counting(() => resource.up({ ...program, secret: SECRET, ...change }));
      expect(did).toBe("updated");
      expect(made).toEqual(["GET peers", `PUT tsigs/${before.id}`]);
      expect(await only()).toEqual({ ...before, ...change });
      expect(resource.state.outputs).toMatchObject(change);
    },
  );

  test("keeps its generated secret when something else changes", async () => {
    await resource.up(program);
    const before = await only();
    await resource.up({ ...program, name: "other.example.com." });
    expect(await only()).toEqual({ ...before, name: "other.example.com." });
  });

  test("keeps its secret when the program gives it no more", async () => {
    await resource.up({ ...program, secret: SECRET });
    const [did, made] = await counting(() => resource.up(program));
    expect([did, made]).toEqual(["updated", []]);
    expect(await only()).toMatchObject({ secret: SECRET });
  });

  test.each<[title: string, change: Bag]>([
    ["nothing", {}],
    ["the spelling of the name", { name: "CF.EXAMPLE.com" }],
    ["the spelling of the algorithm", { algo: "HMAC-SHA512" }],
  ])("does nothing at all when %s changes", async (_title, change) => {
    await resource.up(program);
    expect(await counting(() => resource.up({ ...program, ...change }))).toEqual(["same", []]);
  });

  test("sends nothing when only adopt changes", async () => {
    await resource.up(program);
    expect(await counting(() => resource.up({ ...program, adopt: true }))).toEqual(["updated", []]);
  });

  test("sends nothing when only the engine's own property changes", async () => {
    await resource.up(program);
    const { id, outputs, inputs } = resource.state;
    const handler = handlerOf(tsig);
    const [{ outs }, made] = await counting(() =>
      handler.update(id, outputs, { ...inputs, __provider: "exports.handler=…" }),
    );
    expect(made).toEqual([]);
    expect({ ...outs, __provider: outputs.__provider }).toEqual(outputs);
  });

  test("is replaced when the account changes, the new one made before the old one goes", async () => {
    const other = "f".repeat(32);
    await control.patch({ accounts: { [other]: { name: "Other" } } });
    await resource.up(program);
    const before = await only();
    const [did, made] = await counting(() => resource.up({ ...program, accountId: other }));
    expect(did).toBe("replaced");
    expect(made).toEqual(["GET tsigs", "POST tsigs", `DELETE tsigs/${before.id}`]);
    expect(await only()).toMatchObject({ accountId: other });
  });

  test("is deleted by one call", async () => {
    await resource.up(program);
    const { id } = await only();
    const [, made] = await counting(() => resource.destroy());
    expect(made).toEqual([`DELETE tsigs/${id}`]);
    expect(await all()).toEqual([]);
  });

  test("is not deleted while peers use it, and the error names them and the way out", async () => {
    await resource.up(program);
    const { id } = await only();
    const { accountId } = control.simulator;
    const peer = { accountId, name: "ns0.example.com", ip: "192.0.2.53", port: 53, tsig_id: id };
    const peerId = "e".repeat(32);
    await control.patch({ peers: { [peerId]: peer } });
    const message = await messageOf(resource.destroy());
    expect(message).toMatch(/1302: TSIG is used by a peer[\s\S]*Next: something still uses it: /);
    expect(message).toContain(`Peers that use it: "ns0.example.com" (${peerId}).`);
    await control.patch({ peers: { [peerId]: null } });
    await resource.destroy();
    expect(await all()).toEqual([]);
  });

  test("is deleted without an error when it is gone already", async () => {
    await resource.up(program);
    await patch((await only()).id, null);
    await resource.destroy();
    expect(await all()).toEqual([]);
  });
});

describe("a refresh of a Tsig", () => {
  test.each<[title: string, change: Bag]>([
    ["with a generated secret", {}],
    ["with a secret of its own", { secret: SECRET }],
    ["with every input", { secret: SECRET, algo: "hmac-sha256.", adopt: true }],
  ])("shows no change %s", async (_title, change) => {
    await resource.up({ ...program, ...change });
    const before = resource.state;
    const [, made] = await counting(() => resource.refresh());
    expect(made).toHaveLength(1);
    expect(resource.state).toEqual(before);
    expect(await resource.preview({ ...program, ...change })).toEqual([]);
  });

  test("shows no change when the service spells name and algorithm in another way", async () => {
    await resource.up(program);
    await patch((await only()).id, { name: "CF.Example.COM", algo: "HMAC-SHA512" });
    await resource.refresh();
    expect(await resource.preview(program)).toEqual([]);
  });

  test.each<[field: string, change: object]>([
    ["name", { name: "changed.example." }],
    ["algo", { algo: "hmac-sha1." }],
    ["secret", { secret: OTHER_SECRET }],
  ])("shows what somebody did to %s, and the next up puts it back", async (field, change) => {
    const given = { ...program, algo: "hmac-sha512.", secret: SECRET };
    await resource.up(given);
    const before = await only();
    await patch(before.id, change);

    await resource.refresh();
    expect(resource.state.inputs).toMatchObject(change);
    expect(resource.state.outputs).toMatchObject(change);
    expect(await resource.preview(given)).toEqual([field]);

    const [did, made] = await counting(() => resource.up(given));
    expect([did, made]).toEqual(["updated", ["GET peers", `PUT tsigs/${before.id}`]]);
    expect(await only()).toEqual(before);
    expect(await resource.preview(given)).toEqual([]);
  });

  test("shows a change of the generated secret without its value, and the next up puts the original back", async () => {
    await resource.up(program);
    const before = await only();
    await patch(before.id, { secret: OTHER_SECRET });

    await resource.refresh();
    expect(await resource.preview(program)).toEqual(["secret"]);
    expect(resource.state.inputs.secret).toBe("(changed outside Pulumi)");
    expect(JSON.stringify(resource.state)).not.toContain(OTHER_SECRET);
    expect(resource.state.outputs.secret).toBe(before.secret);

    const [did, made] = await counting(() => resource.up(program));
    expect([did, made]).toEqual(["updated", ["GET tsigs", "GET peers", `PUT tsigs/${before.id}`]]);
    expect(await only()).toEqual(before);
    expect(await counting(() => resource.up(program))).toEqual(["same", []]);
    await resource.refresh();
    expect(await resource.preview(program)).toEqual([]);
  });

  test("still shows the changed secret at the second look, and forgets it once somebody put it back", async () => {
    await resource.up(program);
    const before = await only();
    await patch(before.id, { secret: OTHER_SECRET });
    await resource.refresh();
    await resource.refresh();
    expect(await resource.preview(program)).toEqual(["secret"]);
    expect(resource.state.outputs.secret).toBe(before.secret);

    await patch(before.id, { secret: before.secret });
    later();
    await resource.refresh();
    expect(await resource.preview(program)).toEqual([]);
  });

  test("heals a changed secret together with a changed name", async () => {
    await resource.up(program);
    const before = await only();
    await patch(before.id, { secret: OTHER_SECRET, name: "changed.example." });
    await resource.refresh();
    expect(await resource.preview(program)).toEqual(["name", "secret"]);
    await resource.up(program);
    expect(await only()).toEqual(before);
  });

  test("says what somebody did to name and algorithm, and nothing of what is as it was", async () => {
    const print = jest.spyOn(console, "log").mockImplementation(() => {});
    await resource.up(program);
    await resource.refresh();
    expect(print).not.toHaveBeenCalled();
    await patch((await only()).id, { name: "changed.example.", algo: "hmac-sha1." });
    later();
    await resource.refresh();
    expect(print.mock.calls.flat()).toEqual([
      expect.stringMatching(
        /^TSIG "cf\.example\.com\." was changed outside Pulumi: at Cloudflare it has the name "changed\.example\.", the algorithm hmac-sha1 now\. .*"pulumi up" restores/,
      ),
    ]);
  });

  test("tells the engine that a Tsig is gone", async () => {
    await resource.up(program);
    await patch((await only()).id, null);
    expect(await resource.refresh()).toBe("gone");
    expect(await resource.up(program)).toBe("created");
  });

  test("does not take a proxy's 404 page for gone", async () => {
    await resource.up(program);
    const before = resource.state;
    await control.fault({ method: "GET", path: "/accounts/**", fault: { kind: "html", status: 404 } });
    expect(await messageOf(resource.refresh())).toContain("an HTML page in place of JSON");
    expect(resource.state).toBe(before);
  });

  test("does not take a 404 in somebody else's JSON for gone", async () => {
    await resource.up(program);
    const fault = { kind: "status", status: 404, body: { message: "no Route matched" } } as const;
    await control.fault({ method: "GET", path: "/accounts/**", fault });
    expect(await messageOf(resource.refresh())).toContain("HTTP 404");
  });

  test("does not take a refused token for gone", async () => {
    await resource.up(program);
    await control.patch({ tokens: { cloudflare: { [control.simulator.cloudflareToken]: null } } });
    expect(await messageOf(resource.refresh())).toContain("HTTP 403");
  });
});

describe("adopt", () => {
  const adopting = () => ({ ...program, adopt: true });

  test("makes a Tsig when none has its name", async () => {
    await existing("a", { name: "other.example.com." });
    const [did, made] = await counting(() => resource.up(adopting()));
    expect([did, made]).toEqual(["created", ["GET tsigs", "POST tsigs"]]);
    expect(await all()).toHaveLength(2);
  });

  test("takes over the one of its name, and writes nothing when it is as wanted", async () => {
    await existing("a");
    const [, made] = await counting(() => resource.up(adopting()));
    expect(made).toEqual(["GET tsigs"]);
    expect(resource.state.outputs).toMatchObject({ tsigId: "a".repeat(32), secret: SECRET });
  });

  test("finds it under another spelling", async () => {
    await existing("a", { name: "CF.example.COM" });
    await resource.up(adopting());
    expect(await all()).toHaveLength(1);
    expect(await resource.preview(adopting())).toEqual([]);
  });

  test("brings the one that differs to what is wanted, by one call", async () => {
    await existing("a", { algo: "hmac-sha1.", secret: OTHER_SECRET });
    const [, made] = await counting(() => resource.up({ ...adopting(), secret: SECRET }));
    expect(made).toEqual(["GET tsigs", `PUT tsigs/${"a".repeat(32)}`]);
    expect(await only()).toMatchObject({ algo: "hmac-sha512.", secret: SECRET });
  });

  test("keeps the secret that is there when the program gives none", async () => {
    await existing("a", { algo: "hmac-sha1.", secret: OTHER_SECRET });
    await resource.up(adopting());
    expect(await only()).toMatchObject({ algo: "hmac-sha512.", secret: OTHER_SECRET });
  });

  test("refuses to choose between several, and names them without their secrets", async () => {
    await existing("a");
    await existing("b", { secret: OTHER_SECRET });
    const [message, made] = await counting(() => messageOf(resource.up(adopting())));
    expect(message).toContain(`there are 2 of that name (${"a".repeat(32)}, ${"b".repeat(32)})`);
    expect(message).toContain("Next: ");
    expect(message).not.toContain(SECRET);
    expect(message).not.toContain(OTHER_SECRET);
    expect(made).toEqual(["GET tsigs"]);
    expect(await all()).toHaveLength(2);
  });

  test("is not done unasked: another one of the same name is made", async () => {
    await existing("a");
    await resource.up(program);
    expect(await all()).toHaveLength(2);
  });

  test("deletes what it took over at destroy", async () => {
    await existing("a");
    await resource.up(adopting());
    await resource.destroy();
    expect(await all()).toEqual([]);
  });
});

describe("a Tsig that is looked up", () => {
  const id = () => `${control.simulator.accountId}/${"a".repeat(32)}`;
  const handler = handlerOf(tsig);

  beforeEach(async () => {
    await handler.configure(stackConfig(simulatorConfig(control.simulator)));
    await existing("a");
  });

  /** The engine's read step: what the program gave is all the state there is. */
  const look = (given: Bag = {}) => handler.read(id(), { ...given, __provider: PROVIDER });

  test("has its fields as outputs", async () => {
    const { accountId } = control.simulator;
    expect(await look()).toMatchObject({
      id: id(),
      props: { accountId, name: NAME, algo: "hmac-sha512.", secret: SECRET, tsigId: "a".repeat(32) },
    });
  });

  test("keeps its secret out of the inputs, which a refresh saves in plain text", async () => {
    const { inputs, props } = await look();
    expect(JSON.stringify(inputs)).not.toContain(SECRET);
    const refreshed = await handler.read(id(), props);
    expect(JSON.stringify(refreshed.inputs)).not.toContain(SECRET);
  });

  test("follows a change of the secret, which is its owner's to make", async () => {
    const { props } = await look();
    await patch("a".repeat(32), { secret: OTHER_SECRET });
    later();
    const refreshed = await handler.read(id(), props);
    expect(refreshed.props).toMatchObject({ secret: OTHER_SECRET });
    expect(JSON.stringify(refreshed.inputs)).not.toContain("changed outside");
  });

  test("is refreshed with the profile that it was looked up with", async () => {
    const { simulator } = control;
    await handler.configure(
      stackConfig({
        "cloudflare-eu:apiToken": simulator.cloudflareToken,
        "cloudflare-eu:baseUrl": simulator.cloudflare,
      }),
    );
    const { props, inputs } = await look({ profile: "eu" });
    expect(inputs).toEqual({ profile: "eu" });
    expect(await handler.read(id(), props)).toMatchObject({ id: id(), inputs: { profile: "eu" } });
  });

  test("is an error when nothing has its id", async () => {
    await patch("a".repeat(32), null);
    expect(await messageOf(look())).toBe(
      `Nothing exists with the id ${id()}.\nNext: check the id that get was given.`,
    );
  });

  test.each(["", "abc", "/abc", "abc/", "a/b/c"])("is refused under the id %j", async (wrong) => {
    const message = await messageOf(handler.read(wrong, {}));
    expect(message).toBe(`The id of a Tsig is ${JSON.stringify(wrong)}; allowed: <accountId>/<tsigId>.`);
  });
});

describe("whatever the service leaves open about TSIGs", () => {
  test.each(["store-as-given", "append-dot", "require-dot"] as const)(
    "names and algorithms that it takes as %s show no change",
    async (tsigNames) => {
      await control.patch({ switches: { tsigNames, tsigAlgorithmDots: tsigNames } });
      await resource.up(program);
      await resource.refresh();
      expect(await resource.preview(program)).toEqual([]);
    },
  );

  test("an algorithm that it does not take ends in its own words, without the secret", async () => {
    await control.patch({ switches: { tsigAlgorithms: "hmac-sha512-only" } });
    const message = await messageOf(resource.up({ ...program, algo: "hmac-sha256", secret: SECRET }));
    expect(message).toContain("/algo");
    expect(message).toContain("hmac-sha512.");
    expect(message).not.toContain(SECRET);
    expect(await all()).toEqual([]);
  });
});

describe("the only key of a zone that goes on with several", () => {
  const owned = (name: string, resourceName: string) => ({
    ...program,
    name,
    __owner: `p/s/${resourceName}`,
    ...(resourceName === "zone-tsig" ? {} : { __zone: { hasSeveralKeys: true } }),
  });
  beforeEach(() => resource.up(owned(NAME, "zone-tsig")));

  test("is the same key under its new resource name", async () => {
    expect(await resource.preview(owned(NAME, "zone-tsig-cf.example.com"))).toEqual([]);
  });

  test("cannot become another key, which running transfers would not survive", async () => {
    const message = await messageOf(resource.check(owned("cf2.example.com.", "zone-tsig-cf2.example.com")));
    expect(message).toBe(
      `name is "cf2.example.com.", and the zone's only key was "${NAME}"; allowed: "${NAME}" as the active one of tsig.keys first (docs/rotate-a-tsig-key.md)`,
    );
  });

  test("may change its name where it stays the only one", async () => {
    expect(await resource.preview(owned("cf2.example.com.", "zone-tsig"))).toEqual(["name"]);
  });
});
