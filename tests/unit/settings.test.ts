import * as fc from "fast-check";
import { SettingsError } from "../../provider/core/errors";
import { readSettings, type ServiceName, type SettingsSource } from "../../provider/core/settings";

type Values = Readonly<Record<string, string>>;

const from = (config: Values, env: Values = {}): SettingsSource => ({
  config: (key) => config[key],
  env: (name) => env[name],
});

/** The credentials in plain text, as a test may see them. */
function credentials(source: SettingsSource, service: ServiceName = "cloudflare", profile?: string) {
  const { credentials: found } = readSettings(source, service, profile);
  return found.kind === "token" ? found.token.reveal() : `${found.email} ${found.apiKey.reveal()}`;
}

function baseUrl(source: SettingsSource, service: ServiceName = "cloudflare", profile?: string): string {
  return readSettings(source, service, profile).baseUrl.href;
}

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error("was not refused");
}

describe("credentials for Cloudflare are found", () => {
  const everything: readonly (readonly [title: string, config: Values, env: Values, found: string])[] = [
    [
      "in the stack's token before all else",
      { "cloudflare:apiToken": "T1", "cloudflare:email": "a@b", "cloudflare:apiKey": "K1" },
      { CLOUDFLARE_API_TOKEN: "T2", CLOUDFLARE_EMAIL: "c@d", CLOUDFLARE_API_KEY: "K2" },
      "T1",
    ],
    [
      "in the stack's e-mail and key before the environment",
      { "cloudflare:email": "a@b", "cloudflare:apiKey": "K1" },
      { CLOUDFLARE_API_TOKEN: "T2" },
      "a@b K1",
    ],
    [
      "in the environment's token before its e-mail and key",
      {},
      { CLOUDFLARE_API_TOKEN: "T2", CLOUDFLARE_EMAIL: "c@d", CLOUDFLARE_API_KEY: "K2" },
      "T2",
    ],
    [
      "in the environment's e-mail and key at last",
      {},
      { CLOUDFLARE_EMAIL: "c@d", CLOUDFLARE_API_KEY: "K2" },
      "c@d K2",
    ],
    [
      "not in an e-mail of the stack with a key of the environment",
      { "cloudflare:email": "a@b" },
      { CLOUDFLARE_API_KEY: "K2", CLOUDFLARE_API_TOKEN: "T2" },
      "T2",
    ],
    ["past a setting that is blank", { "cloudflare:apiToken": "  " }, { CLOUDFLARE_API_TOKEN: "T2" }, "T2"],
    ["without the blanks and line breaks around them", { "cloudflare:apiToken": " T1\n" }, {}, "T1"],
  ];
  test.each(everything)("%s", (_title, config, env, found) => {
    expect(credentials(from(config, env))).toBe(found);
  });
});

describe("credentials for HostUp are found", () => {
  test.each<[title: string, config: Values, env: Values, found: string]>([
    [
      "in the stack's token before the environment",
      { "hostup:apiToken": "H1" },
      { HOSTUP_API_TOKEN: "H2", HOSTUP_API_KEY: "H3" },
      "H1",
    ],
    ["in HOSTUP_API_TOKEN before HOSTUP_API_KEY", {}, { HOSTUP_API_TOKEN: "H2", HOSTUP_API_KEY: "H3" }, "H2"],
    ["in HOSTUP_API_KEY at last", {}, { HOSTUP_API_KEY: "H3" }, "H3"],
  ])("%s", (_title, config, env, found) => {
    expect(credentials(from(config, env), "hostup")).toBe(found);
  });

  test("as a token, never as an e-mail and key", () => {
    const source = from({ "hostup:email": "a@b", "hostup:apiKey": "K" }, { HOSTUP_API_KEY: "H3" });
    expect(credentials(source, "hostup")).toBe("H3");
  });
});

describe("a profile", () => {
  test("reads the stack's settings of its own namespace", () => {
    const source = from({ "cloudflare:apiToken": "T", "cloudflare-eu:apiToken": "T-eu" });
    expect(credentials(source, "cloudflare", "eu")).toBe("T-eu");
    expect(credentials(source, "cloudflare")).toBe("T");
  });

  test("reads the environment in capitals and underscores", () => {
    const env = { CLOUDFLARE_EU_WEST_1_API_TOKEN: "T", HOSTUP_EU_WEST_1_API_KEY: "H" };
    expect(credentials(from({}, env), "cloudflare", "eu-west-1")).toBe("T");
    expect(credentials(from({}, env), "hostup", "eu-west-1")).toBe("H");
  });

  test("has e-mail and key and a base URL of its own", () => {
    const source = from({
      "cloudflare-eu:email": "a@b",
      "cloudflare-eu:apiKey": "K",
      "cloudflare-eu:baseUrl": "https://eu.example/client/v4",
      "cloudflare:baseUrl": "https://other.example/client/v4",
    });
    expect(credentials(source, "cloudflare", "eu")).toBe("a@b K");
    expect(baseUrl(source, "cloudflare", "eu")).toBe("https://eu.example/client/v4");
  });

  test("never falls back to credentials of another account", () => {
    const source = from({ "cloudflare:apiToken": "T" }, { CLOUDFLARE_API_TOKEN: "T" });
    expect(() => credentials(source, "cloudflare", "eu")).toThrow(SettingsError);
  });
});

describe("missing credentials end in an error that says what to set", () => {
  test("for Cloudflare", () => {
    expect(refusal(() => readSettings(from({}), "cloudflare", undefined))).toMatchInlineSnapshot(`
"No Cloudflare credentials found.
Next: run "pulumi config set --secret cloudflare:apiToken" or set CLOUDFLARE_API_TOKEN, or an e-mail and key in cloudflare:email and cloudflare:apiKey (CLOUDFLARE_EMAIL, CLOUDFLARE_API_KEY).
  A resource with an explicit provider (option "provider") sees no stack configuration: leave that option out, or use the environment."
`);
  });

  test("for HostUp", () => {
    expect(refusal(() => readSettings(from({}), "hostup", undefined))).toMatchInlineSnapshot(`
"No HostUp credentials found.
Next: run "pulumi config set --secret hostup:apiToken" or set HOSTUP_API_TOKEN (or HOSTUP_API_KEY).
  A resource with an explicit provider (option "provider") sees no stack configuration: leave that option out, or use the environment."
`);
  });

  test("for a profile", () => {
    expect(refusal(() => readSettings(from({}), "cloudflare", "eu-west"))).toMatchInlineSnapshot(`
"No Cloudflare credentials found.
Next: run "pulumi config set --secret cloudflare-eu-west:apiToken" or set CLOUDFLARE_EU_WEST_API_TOKEN, or an e-mail and key in cloudflare-eu-west:email and cloudflare-eu-west:apiKey (CLOUDFLARE_EU_WEST_EMAIL, CLOUDFLARE_EU_WEST_API_KEY).
  A resource with an explicit provider (option "provider") sees no stack configuration: leave that option out, or use the environment."
`);
  });

  test("for half of e-mail and key", () => {
    const half = from({ "cloudflare:email": "a@b" });
    expect(refusal(() => readSettings(half, "cloudflare", undefined))).toContain("cloudflare:apiKey");
  });
});

test("e-mail and key from two places are not taken together, and the error names both", () => {
  const mixed = from({ "cloudflare:email": "a@b" }, { CLOUDFLARE_API_KEY: "hunter2" });
  const message = refusal(() => readSettings(mixed, "cloudflare", undefined));
  expect(message).toContain(
    "cloudflare:email and CLOUDFLARE_API_KEY are not used: e-mail and key must be set in the same place.",
  );
  expect(message).not.toContain("hunter2");
});

describe("a credential that no HTTP header can carry is named, not shown:", () => {
  const inner = [
    ["a space", "Bearer hunter2"],
    ["a line break", "first\nhunter2"],
    ["a letter outside ASCII", "hunter2å"],
    ["a control character", "hunter2\u0007x"],
  ] as const;
  const places: readonly (readonly [name: string, (value: string) => SettingsSource, ServiceName])[] = [
    ["cloudflare:apiToken", (value) => from({ "cloudflare:apiToken": value }), "cloudflare"],
    ["CLOUDFLARE_API_TOKEN", (value) => from({}, { CLOUDFLARE_API_TOKEN: value }), "cloudflare"],
    [
      "cloudflare:apiKey",
      (value) => from({ "cloudflare:email": "a@b", "cloudflare:apiKey": value }),
      "cloudflare",
    ],
    ["hostup:apiToken", (value) => from({ "hostup:apiToken": value }), "hostup"],
    ["HOSTUP_API_KEY", (value) => from({}, { HOSTUP_API_KEY: value }), "hostup"],
  ];
  const cases = inner.flatMap(([what, value]) =>
    places.map(([name, source, service]) => [what, name, source(value), service] as const),
  );

  test.each(cases)("%s in %s", (_what, name, source, service) => {
    expect(refusal(() => readSettings(source, service, undefined))).toBe(
      `${name} has a space, a line break or a character outside ASCII in it.\nNext: set it again, as it was issued.`,
    );
  });
});

describe("the base URL", () => {
  const token = { "cloudflare:apiToken": "T", "hostup:apiToken": "H" };

  test("is the service's own unless given", () => {
    expect(baseUrl(from(token))).toBe("https://api.cloudflare.com/client/v4");
    expect(baseUrl(from(token), "hostup")).toBe("https://cloud.hostup.se/api/v2");
    expect(baseUrl(from({ ...token, "cloudflare:baseUrl": " " }))).toBe(
      "https://api.cloudflare.com/client/v4",
    );
  });

  test("is that of the place where the credential is, the stack or the environment", () => {
    const env = { CLOUDFLARE_BASE_URL: "https://two.example/client/v4", CLOUDFLARE_API_TOKEN: "E" };
    const stack = { "cloudflare:baseUrl": "https://one.example/client/v4" };
    expect(baseUrl(from({ ...token, ...stack }, env))).toBe("https://one.example/client/v4");
    expect(baseUrl(from({}, env))).toBe("https://two.example/client/v4");
    expect(baseUrl(from(stack, env))).toBe("https://two.example/client/v4");
    const hostup = { HOSTUP_BASE_URL: "https://three.example/api/v2", HOSTUP_API_KEY: "H" };
    expect(baseUrl(from({}, hostup), "hostup")).toBe("https://three.example/api/v2");
  });

  test.each<[what: string, config: Values, env: Values]>([
    ["a token", {}, { CLOUDFLARE_API_TOKEN: "hunter2" }],
    [
      "an e-mail and key",
      { "cloudflare:email": "a@b" },
      { CLOUDFLARE_EMAIL: "a@b", CLOUDFLARE_API_KEY: "hunter2" },
    ],
  ])("of the stack never leads %s of the environment anywhere", (_what, config, env) => {
    const source = from({ ...config, "cloudflare:baseUrl": "https://evil.example/client/v4" }, env);
    const message = refusal(() => readSettings(source, "cloudflare", undefined));
    expect(message).toBe(
      'cloudflare:baseUrl is set in the stack configuration, and the credential in the environment. A base URL takes effect only if it is set in the same place as its credential.\nNext: set CLOUDFLARE_BASE_URL, or take it back with "pulumi config rm cloudflare:baseUrl".',
    );
  });

  test("of the environment does not lead a token of the stack anywhere either", () => {
    const env = { HOSTUP_EU_BASE_URL: "https://evil.example/api/v2" };
    const source = from({ "hostup-eu:apiToken": "hunter2" }, env);
    expect(refusal(() => readSettings(source, "hostup", "eu"))).toBe(
      'HOSTUP_EU_BASE_URL is set in the environment, and the credential in the stack configuration. A base URL takes effect only if it is set in the same place as its credential.\nNext: run "pulumi config set hostup-eu:baseUrl", or unset HOSTUP_EU_BASE_URL.',
    );
  });

  test.each([
    ["https://example.com/client/v4/", "https://example.com/client/v4"],
    ["https://example.com/client/v4///", "https://example.com/client/v4"],
    ["https://example.com:8443/x/client/v4", "https://example.com:8443/x/client/v4"],
    ["http://localhost:8080/client/v4", "http://localhost:8080/client/v4"],
    ["http://127.0.0.1:8080/client/v4", "http://127.0.0.1:8080/client/v4"],
    ["http://127.1.2.3/client/v4", "http://127.1.2.3/client/v4"],
    ["http://[::1]:8080/client/v4", "http://[::1]:8080/client/v4"],
  ])("may be %s", (given, used) => {
    expect(baseUrl(from({ ...token, "cloudflare:baseUrl": given }))).toBe(used);
  });

  const allowed =
    "an https URL that ends in /client/v4, or http to this machine (localhost, 127.0.0.0/8, [::1]), without user or query";
  test.each([
    ["api.cloudflare.com/client/v4", "is not a URL"],
    ["http://api.cloudflare.com/client/v4", "is http://api.cloudflare.com/client/v4"],
    ["http://192.168.1.1/client/v4", "is http://192.168.1.1/client/v4"],
    ["http://127.0.0.1.example.com/client/v4", "is http://127.0.0.1.example.com/client/v4"],
    ["http://localhost.example.com/client/v4", "is http://localhost.example.com/client/v4"],
    ["http://0.0.0.0/client/v4", "is http://0.0.0.0/client/v4"],
    ["http://[::2]/client/v4", "is http://[::2]/client/v4"],
    ["ftp://localhost/client/v4", "is ftp://localhost/client/v4"],
    ["https://user@example.com/client/v4", "is https://example.com/client/v4"],
    ["https://user:hunter2@example.com/client/v4", "is https://example.com/client/v4"],
    ["https://example.com/client/v4?token=hunter2", "is https://example.com/client/v4"],
    ["https://example.com/client/v4#hunter2", "is https://example.com/client/v4"],
    ["https://api.cloudflare.com", "is https://api.cloudflare.com/"],
    ["https://api.cloudflare.com/client/v4/zones", "is https://api.cloudflare.com/client/v4/zones"],
    ["https://api.cloudflare.com/v4", "is https://api.cloudflare.com/v4"],
  ])("may not be %s", (given, complaint) => {
    const source = from({ ...token, "cloudflare:baseUrl": given });
    const message = refusal(() => readSettings(source, "cloudflare", undefined));
    expect(message).toBe(`cloudflare:baseUrl ${complaint}; allowed: ${allowed}.`);
    expect(message).not.toContain("hunter2");
  });

  test("is called by the name under which it was given", () => {
    const env = { CLOUDFLARE_EU_API_TOKEN: "T", CLOUDFLARE_EU_BASE_URL: "http://example.com/client/v4" };
    expect(refusal(() => readSettings(from({}, env), "cloudflare", "eu"))).toContain(
      "CLOUDFLARE_EU_BASE_URL is http://example.com/client/v4",
    );
  });
});

test("no error about settings holds a token, wherever it was put by mistake", () => {
  const token = fc.stringMatching(/^[A-Za-z0-9_-]{24,40}$/);
  const keys = ["apiToken", "email", "apiKey", "baseUrl"];
  fc.assert(
    fc.property(token, fc.subarray(keys), (value, given) => {
      const source = from(Object.fromEntries(given.map((key) => [`cloudflare:${key}`, value])));
      try {
        const settings = readSettings(source, "cloudflare", undefined);
        expect(JSON.stringify(settings.credentials)).not.toContain(`"token":"${value}`);
      } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(value);
      }
    }),
  );
});

test("settings do not print their credentials", () => {
  const { credentials: token } = readSettings(
    from({ "cloudflare:apiToken": "hunter2" }),
    "cloudflare",
    undefined,
  );
  const pair = from({ "cloudflare:email": "a@b", "cloudflare:apiKey": "hunter2" });
  const { credentials: key } = readSettings(pair, "cloudflare", undefined);
  expect(JSON.stringify([token, key])).not.toContain("hunter2");
});
