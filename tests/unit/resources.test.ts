import * as pulumi from "@pulumi/pulumi";
import { HostupDnssecAuto, HostupDsRecord, HostupDsSet, Tsig, ZoneDnssec } from "../../index";
import { registered } from "../support/program";

const ID = "0123456789abcdef0123456789abcdef";
const LONG = Buffer.alloc(64, 7).toString("base64");
const SHA_256_LONG = Buffer.alloc(32, 7).toString("base64");
const DS = { keyTag: 2371, algorithm: 13, digestType: 2, digest: "5A".repeat(32) };
const SHORT = Buffer.alloc(16, 7).toString("base64");

interface Row {
  readonly name: string;
  readonly kind: { readonly __pulumiType: string; isInstance(value: unknown): boolean };
  readonly inputs: readonly string[];
  /** From arguments that cannot be changed, since they are the program's. */
  make(): pulumi.CustomResource;
  look(): pulumi.CustomResource & { readonly profile: pulumi.Output<string | undefined> };
}

const rows: readonly Row[] = [
  {
    name: "ZoneDnssec",
    kind: ZoneDnssec,
    inputs: ["zoneId"],
    make: () => new ZoneDnssec("it", Object.freeze({ zoneId: ID })),
    look: () => ZoneDnssec.get("it", "the-id", { profile: "eu" }),
  },
  {
    name: "Tsig",
    kind: Tsig,
    inputs: ["__owner", "accountId", "name"],
    make: () => new Tsig("it", Object.freeze({ accountId: ID, name: "cf.example.com." })),
    look: () => Tsig.get("it", "the-id", { profile: "eu" }),
  },
  {
    name: "HostupDnssecAuto",
    kind: HostupDnssecAuto,
    inputs: ["domainName"],
    make: () => new HostupDnssecAuto("it", Object.freeze({ domainName: "example.se" })),
    look: () => HostupDnssecAuto.get("it", "the-id", { profile: "eu" }),
  },
  {
    name: "HostupDsRecord",
    kind: HostupDsRecord,
    inputs: ["algorithm", "digest", "digestType", "domainName", "keyTag"],
    make: () => new HostupDsRecord("it", Object.freeze({ domainName: "example.se", ...DS })),
    look: () => HostupDsRecord.get("it", "the-id", { profile: "eu" }),
  },
  {
    name: "HostupDsSet",
    kind: HostupDsSet,
    inputs: ["domainName", "ds"],
    make: () => new HostupDsSet("it", Object.freeze({ domainName: "example.se", ds: "" })),
    look: () => HostupDsSet.get("it", "the-id", { profile: "eu" }),
  },
];

/** Runs the program piece and hands its result out once everything is registered. */
async function made<Result>(make: () => Result): Promise<Result> {
  let result: { value: Result } | undefined;
  await registered(() => {
    result = { value: make() };
  });
  if (result === undefined) throw new Error("the program did not run");
  return result.value;
}

const settled = <Value>(output: pulumi.Output<Value>) =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

describe.each(rows)("$name", ({ name, kind, inputs, make, look }) => {
  test("is known by its type token, to policies too", async () => {
    expect(kind.__pulumiType).toBe(`pulumi-nodejs:dynamic/secondary-dns:${name}`);
    expect(kind.isInstance(await made(make))).toBe(true);
  });

  test("is not mixed up with another resource or with nothing", async () => {
    for (const other of rows.filter((row) => row.name !== name)) {
      expect(kind.isInstance(await made(other.make))).toBe(false);
    }
    for (const value of [undefined, null, {}, { __pulumiType: kind.__pulumiType }, name]) {
      expect(kind.isInstance(value)).toBe(false);
    }
  });

  test("registers the inputs it is given and nothing more", async () => {
    const [it] = await registered(make);
    expect(Object.keys(it?.inputs ?? {}).sort()).toEqual(["__provider", "__resource", ...inputs].sort());
  });

  test("is looked up by id, with its profile", async () => {
    const it = await made(look);
    expect(kind.isInstance(it)).toBe(true);
    expect(await settled(it.id)).toBe("the-id");
    expect(await settled(it.profile)).toBe("eu");
  });
});

test("two resources of one name under parents of two types are told apart", async () => {
  class Zone extends pulumi.ComponentResource {}
  const seen = await registered(() => {
    for (const type of ["test:index:One", "test:index:Other"]) {
      new ZoneDnssec("it", { zoneId: ID }, { parent: new Zone(type, "parent") });
    }
    new ZoneDnssec("it", { zoneId: ID });
  });
  const dnssec = seen.filter(({ type }) => type === ZoneDnssec.__pulumiType);
  expect(dnssec.map(({ inputs }) => inputs.__resource).sort()).toEqual(
    ["", "test:index:One$", "test:index:Other$"].map(
      (parent) => `urn:pulumi:stack::project::${parent}${ZoneDnssec.__pulumiType}::it`,
    ),
  );
});

describe("a Tsig's secret", () => {
  const withSecret = (secret: pulumi.Input<string>) =>
    made(() => new Tsig("it", { accountId: ID, name: "cf.example.com.", secret }));

  test("is a secret also when it is given as a plain string", async () => {
    expect(await pulumi.isSecret((await withSecret(LONG)).secret)).toBe(true);
  });

  test("is a secret when it comes from another resource", async () => {
    expect(await pulumi.isSecret((await withSecret(pulumi.output(LONG))).secret)).toBe(true);
  });

  test("makes no secret of the rest", async () => {
    const it = await withSecret(LONG);
    expect(await pulumi.isSecret(it.name)).toBe(false);
    expect(await pulumi.isSecret(it.tsigId)).toBe(false);
  });
});

describe("a weak Tsig", () => {
  let warned: string[];

  beforeEach(() => {
    warned = [];
    jest.spyOn(console, "warn").mockImplementation((text: unknown) => void warned.push(String(text)));
  });

  afterEach(() => jest.restoreAllMocks());

  const args = { accountId: ID, name: "cf.example.com." };

  test.each(["hmac-sha1", "hmac-sha224"] as const)("draws a warning for %s", async (algo) => {
    await made(() => new Tsig("it", { ...args, algo }));
    expect(warned).toEqual([expect.stringContaining(`algo ${algo}. is not recommended`)]);
  });

  test("draws a warning for a short secret, without its value", async () => {
    await made(() => new Tsig("it", { ...args, secret: SHORT }));
    expect(warned).toEqual([
      expect.stringContaining("secret is shorter than the 64 bytes that RFC 8945 section 8 recommends"),
    ]);
    expect(warned.join("")).not.toContain(SHORT);
  });

  test("draws both warnings", async () => {
    await made(() => new Tsig("it", { ...args, algo: "hmac-sha1", secret: SHORT }));
    expect(warned).toHaveLength(2);
  });

  test.each<[title: string, more: object]>([
    ["defaults", {}],
    ["a secret that is long enough", { secret: LONG }],
    ["SHA-256 with a secret as long as its hash", { algo: "hmac-sha256", secret: SHA_256_LONG }],
  ])("is not seen in %s", async (_title, more) => {
    await made(() => new Tsig("it", { ...args, ...more }));
    expect(warned).toEqual([]);
  });
});
