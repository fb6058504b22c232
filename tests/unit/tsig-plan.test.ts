import fc from "fast-check";
import type { TsigKey } from "../../provider/cloudflare/tsigs";
import { Secret } from "../../provider/core/secret";
import { generateSecret } from "../../provider/runtime/tsig/generated-secret";
import { isEqual, planTsig, type WantedTsig } from "../../provider/runtime/tsig/plan";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const SECRETS = [1, 2, 3].map((byte) => Buffer.alloc(64, byte).toString("base64"));
const [SECRET = "", OTHER = ""] = SECRETS;

const origin = (owner: string) => ({ owner, accountId: ACCOUNT, name: "cf.example.com." });
const generated: WantedTsig = { ...origin("p/s/key"), algo: "hmac-sha512.", adopt: false };
const given: WantedTsig = { ...generated, secret: new Secret(SECRET) };

const key = (
  id: string,
  change: Partial<Omit<TsigKey, "secret">> & { secret?: string | Secret } = {},
): TsigKey => {
  const { secret = SECRET, ...rest } = change;
  return {
    id,
    name: "cf.example.com.",
    algo: "hmac-sha512.",
    ...rest,
    secret: typeof secret === "string" ? new Secret(secret) : secret,
  };
};
const ours = (id: string, owner = "p/s/key") => key(id, { secret: generateSecret(origin(owner)) });

/** The plan in short: its kind, and the id that is taken or the reason. */
function plan(existing: readonly TsigKey[], wanted: WantedTsig): string {
  const made = planTsig(existing, wanted);
  if (made.kind === "take") return `take ${made.item.id}`;
  return made.kind === "refuse" ? `refuse: ${made.reason}` : "create";
}

describe("to create a Tsig with a generated secret", () => {
  test.each<[title: string, existing: TsigKey[], outcome: string]>([
    ["makes one where there is none", [], "create"],
    ["makes one beside one of another secret", [key("a")], "create"],
    ["makes one beside one that another resource generated", [ours("a", "p/s/other")], "create"],
    ["takes the one that an earlier run generated", [key("a"), ours("b")], "take b"],
    ["takes it whatever its algorithm is now", [{ ...ours("a"), algo: "hmac-sha1." }], "take a"],
    ["takes it under another spelling of its name", [{ ...ours("a"), name: "CF.Example.Com" }], "take a"],
    ["leaves it when it has been renamed", [{ ...ours("a"), name: "other." }], "create"],
  ])("%s", (_title, existing, outcome) => {
    expect(plan(existing, generated)).toBe(outcome);
  });
});

describe("to create a Tsig with a given secret", () => {
  test.each<[title: string, existing: TsigKey[]]>([
    ["where there is none", []],
    ["beside one of another secret", [key("a", { secret: OTHER })]],
    ["beside one of another algorithm", [key("a", { algo: "hmac-sha1." })]],
    ["beside one of another name", [key("a", { name: "other." })]],
    ["beside one that was generated", [ours("a")]],
  ])("makes one %s", (_title, existing) => {
    expect(plan(existing, given)).toBe("create");
  });

  test("is refused beside its twin, which may be anybody's, with its id and what to do", () => {
    const reason = plan([key("a"), key("b", { name: "CF.example.COM", algo: "HMAC-SHA512" })], given);
    expect(reason).toContain(`Did not create TSIG "cf.example.com." in account ${ACCOUNT}`);
    expect(reason).toContain("(a, b)");
    expect(reason).toContain("set adopt to true");
    expect(reason).not.toContain(SECRET);
  });
});

describe("to adopt", () => {
  const adopting = (wanted: WantedTsig) => ({ ...wanted, adopt: true });

  test.each<[title: string, existing: TsigKey[], wanted: WantedTsig, outcome: string]>([
    ["makes one where there is none", [key("a", { name: "other." })], given, "create"],
    ["takes the only one of its name, whatever its secret", [key("a", { secret: OTHER })], given, "take a"],
    ["takes the only one of its name when no secret is given", [key("a")], generated, "take a"],
    ["takes of several the one that is as wanted", [key("a", { secret: OTHER }), key("b")], given, "take b"],
    ["takes of several the one that it generated", [key("a"), ours("b")], generated, "take b"],
  ])("%s", (_title, existing, wanted, outcome) => {
    expect(plan(existing, adopting(wanted))).toBe(outcome);
  });

  test.each<[title: string, existing: TsigKey[], wanted: WantedTsig]>([
    ["several when no secret is given", [key("a"), key("b")], generated],
    ["several of which none is as wanted", [key("a", { secret: OTHER }), ours("b")], given],
    ["twins", [key("a"), key("b")], given],
  ])("refuses to choose between %s, and names them", (_title, existing, wanted) => {
    const reason = plan(existing, adopting(wanted));
    expect(reason).toMatch(/^refuse: Cannot adopt .*there are 2 of that name \(a, b\)\.\nNext: delete /);
    expect(reason).not.toContain(SECRET);
  });
});

describe("whatever stands there", () => {
  const existing = fc.array(
    fc.oneof(
      fc.record({
        name: fc.constantFrom("cf.example.com.", "CF.example.com", "other."),
        algo: fc.constantFrom("hmac-sha512.", "HMAC-SHA512", "hmac-sha256."),
        secret: fc.constantFrom(...SECRETS).map((secret) => new Secret(secret)),
      }),
      fc.constantFrom("p/s/key", "p/s/other").map((owner) => {
        const { name, algo, secret } = ours("", owner);
        return { name, algo, secret };
      }),
    ),
    { maxLength: 5 },
  );
  const wanted = fc.record({ adopt: fc.boolean(), secret: fc.constantFrom(undefined, ...SECRETS) });

  test("nothing of another name is taken, and without adopt nothing that is not surely ours", () => {
    fc.assert(
      fc.property(existing, wanted, (contents, { adopt, secret }) => {
        const keys = contents.map((content, index) => ({ ...content, id: String(index) }));
        const made = planTsig(keys, {
          ...generated,
          adopt,
          secret: secret === undefined ? undefined : new Secret(secret),
        });
        if (made.kind !== "take") return;
        expect(made.item.name.toLowerCase().replace(/\.?$/, ".")).toBe("cf.example.com.");
        if (!adopt) {
          expect(secret).toBeUndefined();
          expect(plan([made.item], { ...generated, owner: "p/s/other" })).toBe("create");
        }
      }),
    );
  });

  test("no reason tells a secret", () => {
    fc.assert(
      fc.property(existing, wanted, (contents, { adopt, secret }) => {
        const keys = contents.map((content, index) => ({ ...content, id: String(index) }));
        const text = plan(keys, {
          ...generated,
          adopt,
          secret: secret === undefined ? undefined : new Secret(secret),
        });
        for (const { secret } of keys) expect(text).not.toContain(secret.reveal());
      }),
    );
  });
});

test.each<[change: Partial<TsigKey>, equal: boolean]>([
  [{}, true],
  [{ name: "CF.EXAMPLE.COM" }, true],
  [{ algo: "HMAC-SHA512" }, true],
  [{ name: "cf.example.org." }, false],
  [{ algo: "hmac-sha384." }, false],
  [{ secret: new Secret(OTHER) }, false],
  [{ secret: new Secret(SECRET.toLowerCase()) }, false],
])("a TSIG with %o is equal: %p", (change, equal) => {
  expect(isEqual({ ...key("a"), ...change }, key("b"))).toBe(equal);
});
