import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PLACEHOLDER } from "../../../command-line/primary-config/without-secrets";
import { call, standInPulumi } from "../../support/command-line";
import { keyOfState, type StateZone, stateOf } from "../../support/saved-state";
import { serverConfig, type ZoneWish } from "../../support/server-config";

const KEY = keyOfState("cf.example.com.", "c2VjcmV0");
const ZONE: StateZone = { name: "example.com", own: [KEY] };
const WISH: ZoneWish = { zoneName: "example.com", keys: [KEY], mode: "nsec3" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "primary-config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const primaryConfig = (state: unknown, ...args: readonly string[]) =>
  call(["primary-config", ...args], { folder, env: standInPulumi({ state }) });

describe("primary-config", () => {
  test("shows what the component's own output would have, the secret only when it is asked for", async () => {
    const { bind } = serverConfig(WISH);
    const hidden = await primaryConfig(stateOf(ZONE), "--server", "bind");
    const shown = await primaryConfig(stateOf(ZONE), "--server", "bind", "--show-secrets");

    expect(shown).toEqual({ code: 0, stdout: bind, stderr: "" });
    expect(hidden).toMatchObject({ code: 0, stdout: bind.replaceAll(KEY.secret, PLACEHOLDER) });
    expect(hidden.stderr).toContain("--show-secrets");
    expect(hidden.stdout + hidden.stderr).not.toContain(KEY.secret);
  });

  test("shows all four servers when none is named, under a line for each", async () => {
    const { stdout } = await primaryConfig(stateOf(ZONE));

    expect(stdout.match(/^---- .* ----$/gm)).toEqual([
      "---- BIND (--server bind) ----",
      "---- Knot DNS (--server knot) ----",
      "---- NSD (--server nsd) ----",
      "---- PowerDNS (--server powerdns) ----",
    ]);
    expect(stdout).not.toContain(KEY.secret);
  });

  test("has all zones of the stack in one text, and the key that they share once", async () => {
    const shared = [ZONE, { name: "example.net", shared: [KEY] }] as const;
    const { knot } = serverConfig(WISH, { ...WISH, zoneName: "example.net" });

    const { stdout } = await primaryConfig(stateOf(...shared), "--server", "knot", "--show-secrets");
    expect(stdout).toBe(knot);
    expect(stdout.split(KEY.secret)).toHaveLength(2);

    const one = await primaryConfig(
      stateOf(...shared),
      "--server=knot",
      "--zone",
      "Example.NET.",
      "--show-secrets",
    );
    expect(one.stdout).toBe(serverConfig({ ...WISH, zoneName: "example.net" }).knot);
  });

  test("names the policy that the program says the primary has, and refuses what is none", async () => {
    const signed = await primaryConfig(
      stateOf({ ...ZONE, primaryPolicy: "rsa" }),
      "--server=bind",
      "--show-secrets",
    );
    expect(signed.stdout).toBe(serverConfig({ ...WISH, policy: "rsa" }).bind);
    expect(signed.stdout).toContain('    dnssec-policy "rsa";\n');

    const hostile = await primaryConfig(stateOf({ ...ZONE, primaryPolicy: 'rsa"; };' }), "--server=bind");
    expect(hostile).toMatchObject({ code: 1, stdout: "" });
    expect(hostile.stderr).toContain('dnssec.primaryPolicy is "rsa\\"; };"; allowed: the name of a policy');
  });

  test("works when the last up failed before there was a transfer, and has the refresh once there is", async () => {
    const failed = await primaryConfig(stateOf(ZONE), "--server", "nsd", "--show-secrets");
    expect(failed.stdout).toBe(serverConfig(WISH).nsd);

    const rare = { ...ZONE, autoRefreshSeconds: 30 * 86_400 };
    const { stdout } = await primaryConfig(stateOf(rare), "--server", "nsd", "--show-secrets");
    expect(stdout).toBe(serverConfig({ ...WISH, autoRefreshSeconds: 30 * 86_400 }).nsd);
    expect(stdout).not.toBe(failed.stdout);
  });

  test.each([
    ["live", "none"],
    ["off", "none"],
    ["multi-signer", "multi-signer"],
  ] as const)("signs a %s zone as the program says", async (signing, mode) => {
    const { stdout } = await primaryConfig(
      stateOf({ ...ZONE, signing }),
      "--server",
      "bind",
      "--show-secrets",
    );
    expect(stdout).toBe(serverConfig({ ...WISH, mode }).bind);
  });

  test("has the keys of a rotation with the active one first, and none that is about to be deleted", async () => {
    const next = keyOfState("next.example.com.", "bmV4dA==");
    const gone = { ...keyOfState("gone.example.com.", "Z29uZQ=="), delete: true };
    const state = stateOf({ ...ZONE, own: [KEY, next, gone], active: "NEXT.example.com" });

    const { stdout } = await primaryConfig(state, "--server", "powerdns", "--show-secrets");
    expect(stdout).toBe(serverConfig({ ...WISH, keys: [next, KEY] }).powerdns);
  });

  test("has the addresses that the program says", async () => {
    const addresses = { transferFrom: ["127.0.0.1"], notify: [{ address: "127.0.0.1", port: 5300 }] };
    const state = stateOf({ ...ZONE, cloudflareAddresses: addresses });
    const told = await primaryConfig(state, "--server", "bind", "--show-secrets");
    expect(told).toEqual({ code: 0, stdout: serverConfig({ ...WISH, addresses }).bind, stderr: "" });
  });

  test("takes a laboratory's addresses from a file, and says that it needs them when an earlier release saved a text with others", async () => {
    const addresses = { transferFrom: ["127.0.0.1"], notify: [{ address: "127.0.0.1", port: 5300 }] };
    const { bind } = serverConfig({ ...WISH, addresses });
    const state = stateOf({ ...ZONE, lastConfig: { bind } });
    writeFileSync(join(folder, "addresses.json"), JSON.stringify(addresses));

    const without = await primaryConfig(state, "--server", "bind", "--show-secrets");
    expect(without.stderr).toContain("For example.com, the program sets cloudflareAddresses");
    const file = join(folder, "addresses.json");
    const given = await primaryConfig(
      state,
      "--server=bind",
      "--show-secrets",
      "--cloudflare-addresses",
      file,
    );
    expect(given).toEqual({ code: 0, stdout: bind, stderr: "" });
  });
});

test("primary-config and doctor only read, from the stack that is named, the doctor no secret of its state", async () => {
  const env = standInPulumi({ state: stateOf(ZONE) });
  await call(["primary-config", "--stack", "prod"], { env });
  await call(["doctor", "example.com", "--stack=prod"], { env });

  const calls = readFileSync(join(env.PATH, "calls"), "utf8").trim().split("\n");
  expect(calls[0]).toBe("stack export --show-secrets --non-interactive --stack prod");
  expect(calls.slice(1).sort()).toEqual([
    "config --json --show-secrets --non-interactive --stack prod",
    "stack export --non-interactive --stack prod",
  ]);
});

describe("primary-config --write", () => {
  const files = () => readdirSync(join(folder, "out")).sort();
  const bindFile = () => join(folder, "out", "secondary-dns.bind.conf");

  test("writes a file for each server, which nobody else can read", async () => {
    const { stdout, stderr } = await primaryConfig(stateOf(ZONE), "--write", "out");

    expect(files()).toEqual([
      "secondary-dns.bind.conf",
      "secondary-dns.knot.conf",
      "secondary-dns.nsd.conf",
      "secondary-dns.powerdns.sh",
    ]);
    for (const file of files()) expect(statSync(join(folder, "out", file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(bindFile(), "utf8")).toBe(serverConfig(WISH).bind);
    expect(stdout).toContain(`${bindFile()}: new\n`);
    expect(stdout + stderr).not.toContain(KEY.secret);
  });

  test("says what has changed since, without the secret of now or then", async () => {
    const other = keyOfState(KEY.name, "b3RoZXI=");
    await primaryConfig(stateOf(ZONE), "--write", "out", "--server", "bind");
    expect((await primaryConfig(stateOf(ZONE), "--write", "out", "--server", "bind")).stdout).toBe(
      `${bindFile()}: unchanged\n`,
    );

    const { stdout } = await primaryConfig(
      stateOf({ ...ZONE, own: [other] }),
      "--write",
      "out",
      "--server",
      "bind",
    );
    expect(stdout).toBe(
      `${bindFile()}: changed (lines: 1 added, 1 removed)\n  - (a line with a secret)\n  + (a line with a secret)\n`,
    );
    expect(readFileSync(bindFile(), "utf8")).toContain(other.secret);
  });

  test("takes a file that others could read for itself, and leaves what a link leads to alone", async () => {
    await primaryConfig(stateOf(ZONE), "--write", "out", "--server", "bind");
    writeFileSync(bindFile(), "loose\n", { mode: 0o644 });
    await primaryConfig(stateOf(ZONE), "--write", "out", "--server", "bind");
    expect(statSync(bindFile()).mode & 0o777).toBe(0o600);
    expect(files()).toEqual(["secondary-dns.bind.conf"]);

    const elsewhere = join(folder, "elsewhere");
    writeFileSync(elsewhere, "not ours\n");
    rmSync(bindFile());
    symlinkSync(elsewhere, bindFile());
    await primaryConfig(stateOf(ZONE), "--write", "out", "--server", "bind");
    expect(readFileSync(elsewhere, "utf8")).toBe("not ours\n");
    expect(readFileSync(bindFile(), "utf8")).toContain(KEY.secret);
  });

  test("ends in a sentence where nothing can be written", async () => {
    // Where Node's own recursive mkdir never ends.
    expect((await primaryConfig(stateOf(ZONE), "--write", "/proc/nope")).stderr).toMatch(/cannot be written/);
    writeFileSync(join(folder, "file"), "");
    const { code, stderr } = await primaryConfig(stateOf(ZONE), "--write", "file");

    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot be read \(ENOTDIR\)\.\nNext: name a folder that you may write to/);
  });
});

describe("primary-config ends in a sentence with what to do", () => {
  test.each([
    ["no project", "no Pulumi.yaml project file found (searching upwards from /x)", "where Pulumi.yaml is"],
    [
      "no stack",
      "no stack selected; please use `pulumi stack select` to choose one",
      "name one with --stack",
    ],
    ["an unknown stack", "no stack named 'prod' found", 'The stack "prod" does not exist here.'],
    ["a wrong passphrase", "incorrect passphrase", "set PULUMI_CONFIG_PASSPHRASE"],
    [
      "no passphrase",
      "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
      "set PULUMI_CONFIG_PASSPHRASE",
    ],
    [
      "no login",
      "PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
      'run "pulumi login"',
    ],
    [
      "something else",
      "the backend is on \u001b[31mfire",
      "Pulumi does not export the stack's state: the backend is on fire",
    ],
  ])("at %s", async (_what, refusal, next) => {
    const env = standInPulumi({ refusal });
    const { code, stdout, stderr } = await call(["primary-config", "--stack", "prod"], { env });

    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(next);
    expect(stderr).not.toContain("\u001b");
  });

  test("without Pulumi", async () => {
    const { code, stderr } = await call(["primary-config"], { env: { PATH: folder } });

    expect(code).toBe(1);
    expect(stderr).toContain('"pulumi" is not on PATH.\nNext: install it');
  });

  test("without a zone, and with one that the stack does not have", async () => {
    const none = await primaryConfig(stateOf());
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("has no SecondaryZone.\nNext: run"),
    });
    const other = await primaryConfig(stateOf(ZONE), "--zone", "exemple.com");
    expect(other.stderr).toContain('has no zone "exemple.com". Did you mean example.com?');
  });

  test("for a zone whose key is not made yet, and shows the others", async () => {
    const keyless = { name: "new.example", own: [] };
    const alone = await primaryConfig(stateOf(keyless));
    expect(alone).toMatchObject({ code: 1, stdout: "" });
    expect(alone.stderr).toContain('its TSIG key does not exist yet.\nNext: run "pulumi up"');

    const both = await primaryConfig(stateOf(ZONE, keyless), "--server", "bind", "--show-secrets");
    expect(both).toMatchObject({ code: 0, stdout: serverConfig(WISH).bind });
    expect(both.stderr).toContain("There is nothing for new.example");
  });

  test.each<[string, StateZone, string]>([
    [
      "a secret that would end its quotes",
      { ...ZONE, own: [keyOfState("k.example.", '";};')] },
      "secret is not acceptable",
    ],
    ["a zone with a shell command", { name: "$(reboot).example", own: [KEY] }, "zoneName is"],
    ["an algorithm of nobody", { ...ZONE, own: [{ ...KEY, algo: "rot13." }] }, 'algo is "rot13."'],
  ])("for %s in the state", async (_what, zone, fault) => {
    const { code, stdout, stderr } = await primaryConfig(stateOf(zone));

    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(fault);
    expect(stderr).not.toContain('";};');
  });

  test("for two zones with different keys of one name", async () => {
    const namesake = { name: "example.net", own: [keyOfState(KEY.name, "b3RoZXI=")] };
    const { code, stderr } = await primaryConfig(stateOf(ZONE, namesake));

    expect(code).toBe(1);
    expect(stderr).toContain('two different keys that are both called "cf.example.com."');
    expect(stderr).toContain("Next: name with --zone");
  });

  test("for a state that is none", async () => {
    const { code, stderr } = await primaryConfig({ deployment: { resources: [{ urn: 7 }] } });
    expect(code).toBe(1);
    expect(stderr).toContain("no state that is known here");
  });
});
