import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "../../provider/core/secret";
import { probeTransfer } from "../../provider/dns/probe-transfer";
import { serialOf } from "../../provider/dns/serial";
import "../support/one-realm";
import { CONFIGURABLE, startConfigured } from "../support/configured-primary";
import { isInstalled, PATH } from "../support/dns-processes";
import { serveZone } from "../support/dns-serve-zone";
import { pdnsutilIn } from "../support/dns-server-powerdns";
import { missingTools } from "../support/dns-tools";
import { type Mode, serverConfig } from "../support/server-config";

const OLD = { name: "cf.example.com.", algo: "hmac-sha512.", secret: Buffer.alloc(64, 1).toString("base64") };
const NEW = {
  name: "cf2.example.com.",
  algo: "hmac-sha256.",
  secret: Buffer.alloc(32, 2).toString("base64"),
};

const config = (mode: Mode, keys = [OLD]) => serverConfig({ zoneName: "example.com", keys, mode });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "primary-config-"));
  writeFileSync(join(folder, "example.com.zone"), zone);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Fails the test with the checker's own words. */
function run(program: string, ...args: string[]): string {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: "pipe", env: path });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")}: ${stdout ?? ""}${stderr ?? ""}`);
  }
}

const path = { ...process.env, PATH };

const zone = `$ORIGIN example.com.
$TTL 300
@ SOA ns0 hostmaster 1 3600 600 604800 300
@ NS ns0
ns0 A 192.0.2.53
`;

function servedBy(program: string): typeof test | typeof test.skip {
  return isInstalled(program) ? test : test.skip;
}

function preparePowerdns(): void {
  const database = join(folder, "pdns.db");
  writeFileSync(
    join(folder, "pdns.conf"),
    `launch=gsqlite3\ngsqlite3-database=${database}\ngsqlite3-dnssec=yes\nprimary=yes\nallow-axfr-ips=\nonly-notify=\n`,
  );
  run("sh", "-c", `sqlite3 ${database} < /usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql`);
  pdnsutil("pdnsutil load-zone example.com example.com.zone");
}

/** Runs shell lines, with the test's own PowerDNS for pdnsutil. */
function pdnsutil(lines: string): string {
  return run("sh", "-ec", `${pdnsutilIn(folder)}${lines}`);
}

const cases = [
  ["no signing and one key", "none", [OLD]],
  ["NSEC and one key", "nsec", [OLD]],
  ["NSEC3 and one key", "nsec3", [OLD]],
  ["NSEC3 and two keys", "nsec3", [OLD, NEW]],
] as const;

describe.each(cases)("for a zone with %s", (_title, mode, [...keys]) => {
  servedBy("named-checkconf")("BIND takes its configuration", () => {
    writeFileSync(
      join(folder, "named.conf"),
      `options { directory "${folder}"; };\n${config(mode, keys).bind}`,
    );
    expect(run("named-checkconf", "-z", "named.conf")).toContain("zone example.com/IN: loaded serial 1");
  });

  servedBy("knotc")("Knot takes its configuration", () => {
    writeFileSync(
      join(folder, "knot.conf"),
      `server:\n    rundir: ${folder}\ndatabase:\n    storage: ${folder}\n${config(mode, keys).knot}`,
    );
    expect(run("knotc", "-c", "knot.conf", "conf-check")).toMatch(/is valid/);
  });

  servedBy("nsd-checkconf")("NSD takes its configuration, and knows the key and the addresses in it", () => {
    writeFileSync(join(folder, "nsd.conf"), `server:\n    zonesdir: "${folder}"\n${config(mode, keys).nsd}`);
    run("nsd-checkconf", "nsd.conf");
    const allowed = run("nsd-checkconf", "-z", "example.com", "-o", "provide-xfr", "nsd.conf");
    for (const { name } of keys) expect(allowed).toContain(`104.30.167.163 ${name}`);
  });

  servedBy("pdnsutil")("PowerDNS takes its commands, and holds the key, the notifies and the signing", () => {
    preparePowerdns();
    pdnsutil(config(mode, keys).powerdns);

    const shown = pdnsutil("pdnsutil show-zone example.com 2>&1\npdnsutil list-tsig-keys");
    for (const { name, algo } of keys) expect(shown).toContain(`${name} ${algo}`);
    expect(shown).toMatch(/ALSO-NOTIFY\s+172\.65\.30\.82:53/);
    if (mode === "nsec3") expect(shown).toMatch(/1 0 0 -/);
  });
});

test("nothing but a secret's own line holds the secret", () => {
  const { bind, knot, nsd, powerdns } = config("nsec3", [OLD, NEW]);
  for (const text of [bind, knot, nsd, powerdns]) {
    const lines = text.split("\n");
    for (const { secret } of [OLD, NEW])
      expect(lines.filter((line) => line.includes(secret))).toHaveLength(1);
  }
});

servedBy("pdnsutil")(
  "PowerDNS keeps its signing keys and forgets a key's access when the commands are run again",
  () => {
    preparePowerdns();
    pdnsutil(config("nsec3", [OLD, NEW]).powerdns);
    const access = "pdnsutil get-meta example.com TSIG-ALLOW-AXFR";
    expect(pdnsutil(access)).toContain("TSIG-ALLOW-AXFR = cf.example.com, cf2.example.com\n");
    const signingKeys = pdnsutil("pdnsutil list-keys example.com");

    pdnsutil(config("nsec3", [NEW]).powerdns);
    expect(pdnsutil(access)).toContain("TSIG-ALLOW-AXFR = cf2.example.com\n");
    expect(pdnsutil("pdnsutil list-keys example.com")).toBe(signingKeys);
    expect(signingKeys.match(/ [CKZ]SK /g)?.sort()).toEqual([" KSK ", " ZSK "]);
  },
);

servedBy("pdnsutil")("PowerDNS goes back to NSEC, and keeps the way a zone's serial is made", () => {
  preparePowerdns();
  pdnsutil("pdnsutil set-meta example.com SOA-EDIT INCEPTION-EPOCH");
  pdnsutil(config("nsec3").powerdns);
  expect(pdnsutil("pdnsutil show-zone example.com")).toContain("NSEC3 semantics");
  for (const _again of [1, 2]) {
    pdnsutil(config("nsec").powerdns);
    expect(pdnsutil("pdnsutil show-zone example.com")).toContain("Zone has NSEC semantics");
  }
  expect(pdnsutil("pdnsutil get-meta example.com SOA-EDIT")).toContain("= INCEPTION-EPOCH\n");
});

describe("the texts of two zones side by side", () => {
  const texts = (key: typeof OLD) => [
    config("nsec3"),
    serverConfig({ zoneName: "example.net", keys: [key], mode: "nsec3" }),
  ];
  const file = (name: string, server: "bind" | "knot" | "nsd", key: typeof OLD) =>
    writeFileSync(
      join(folder, name),
      texts(key)
        .map((each) => each[server])
        .join(""),
    );

  servedBy("named-checkconf")("load on BIND, unless they share a key", () => {
    file("named.conf", "bind", NEW);
    run("named-checkconf", "named.conf");
    file("named.conf", "bind", OLD);
    expect(() => run("named-checkconf", "named.conf")).toThrow("key 'cf.example.com.': already exists");
  });

  servedBy("knotc")("load on Knot, unless they share a key", () => {
    file("knot.conf", "knot", NEW);
    expect(run("knotc", "-c", "knot.conf", "conf-check")).toMatch(/is valid/);
    file("knot.conf", "knot", OLD);
    expect(() => run("knotc", "-c", "knot.conf", "conf-check")).toThrow("duplicate identifier");
  });

  servedBy("nsd-checkconf")("load on NSD, unless they share a key", () => {
    file("nsd.conf", "nsd", NEW);
    run("nsd-checkconf", "nsd.conf");
    file("nsd.conf", "nsd", OLD);
    expect(() => run("nsd-checkconf", "nsd.conf")).toThrow("duplicate tsig key");
  });

  servedBy("pdnsutil")("run on PowerDNS, and may share a key", () => {
    preparePowerdns();
    pdnsutil("pdnsutil create-zone example.net");
    for (const { powerdns } of texts(OLD)) pdnsutil(powerdns);
    expect(pdnsutil("pdnsutil list-tsig-keys")).toMatch(/^cf\.example\.com\. \S+ \S+\n$/);
  });
});

const DAY = 86_400;
describe.each([300, DAY, 3 * DAY, 30 * DAY, 365 * DAY, 2 ** 40])(
  "where Cloudflare looks every %d s",
  (autoRefreshSeconds) => {
    const { bind, knot } = serverConfig({
      zoneName: "example.com",
      keys: [OLD],
      mode: "nsec",
      autoRefreshSeconds,
    });

    servedBy("named-checkconf")("BIND takes the times of its policy", () => {
      writeFileSync(join(folder, "named.conf"), bind);
      run("named-checkconf", "named.conf");
    });

    servedBy("knotc")("Knot takes the times of its policy", () => {
      writeFileSync(join(folder, "knot.conf"), `server:\n    rundir: ${folder}\n${knot}`);
      expect(run("knotc", "-c", "knot.conf", "conf-check")).toMatch(/is valid/);
    });
  },
);

servedBy("named-checkconf")(
  "BIND takes the zone's block in a view, and the rest outside, as the text says",
  () => {
    const { bind } = config("nsec3");
    const [outside = "", zone = ""] = bind.split(/^(?=zone )/m);
    const view = (inner: string) =>
      `view "cloudflare" { match-clients { "cloudflare-for-example.com"; }; ${inner} };`;
    writeFileSync(
      join(folder, "named.conf"),
      `options { directory "${folder}"; };\n${outside}${view(zone)}\nview "rest" { zone "example.com" { in-view "cloudflare"; }; };\n`,
    );
    run("named-checkconf", "-z", "named.conf");
    writeFileSync(join(folder, "named.conf"), `options { directory "${folder}"; };\n${view(bind)}`);
    expect(() => run("named-checkconf", "named.conf")).toThrow("unknown option");
  },
);

servedBy("named")("BIND loads a zone with a TTL of more than a day", async () => {
  const bind = CONFIGURABLE.filter(({ name }) => name === "bind");
  for (const kind of bind) {
    const text = `$TTL 604800\n${zone.replace("$TTL 300\n", "")}`;
    const served = await serveZone(kind, { zone: "example.com", text, config: config("nsec3").bind });
    await served.stop();
  }
});

// PowerDNS is left out: to it the key alone is enough for a transfer too.
for (const kind of CONFIGURABLE.filter(({ name }) => name !== "powerdns")) {
  const missing = missingTools(kind.commands);
  (missing.length === 0 ? test : test.skip)(
    `${kind.name} answers the key from an address that may not transfer`,
    async () => {
      const addresses = { transferFrom: ["192.0.2.1"], notify: [{ address: "127.0.0.1", port: 9 }] };
      const wish = { zoneName: "example.com", keys: [OLD, NEW], mode: "nsec3" } as const;
      const { port, stop } = await startConfigured(kind, "example.com", serverConfig({ ...wish, addresses }));
      try {
        for (const { name, algo, secret } of [OLD, NEW]) {
          const key = { name, algorithm: algo, secret: new Secret(secret) };
          const primary = { name: "ns0", address: "127.0.0.1", port, key };
          expect(await serialOf(primary, "example.com")).toEqual({ ok: true, value: expect.any(Number) });
          expect(await probeTransfer(primary, "example.com")).toMatchObject({ ok: false });
        }
      } finally {
        await stop();
      }
    },
    60_000,
  );
}
