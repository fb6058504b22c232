import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutDot } from "../../provider/dns/domain-name";
import { configFor } from "../../servers";
import type { PrimaryZone } from "../../servers/primary-zone";
import { isInstalled } from "./dns-processes";
import { zonesOfStrings } from "./hostile-strings";
import { readByBind } from "./read-back/bind";
import { expectedOf } from "./read-back/expected";
import { readByKnot } from "./read-back/knot";
import { readByNsd } from "./read-back/nsd";
import { commandsOf } from "./read-back/shell";

const BATCH = 1_000;

/** Tests that of so many strings a server is given those that are right, and no word more or less. */
export function hostileTextTests(strings: number): void {
  // Others make other strings: give one by STRINGS_SEED.
  const seed = Number(process.env.STRINGS_SEED ?? 340_799_823);
  const title = `of ${strings} strings, those that came through as they are (STRINGS_SEED=${seed})`;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostile-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const testWith = (command: string, who: string, read: (zones: Some, folder: string) => Promise<void>) =>
    (isInstalled(command) ? test : test.skip)(
      `${who} reads ${title}`,
      async () => {
        for (let from = 0; from < strings; from += BATCH) {
          const [first, ...others] = zonesOfStrings(Math.min(BATCH, strings - from), seed + from);
          if (first === undefined) throw new Error("no string came through");
          // Many on either side, or nothing is shown.
          expect(others.length).toBeGreaterThan(Math.min(BATCH, strings) / 4);
          expect(others.length).toBeLessThan((Math.min(BATCH, strings) / 4) * 3);
          const own = mkdtempSync(join(folder, "batch-"));
          await read([first, ...others], own);
          rmSync(own, { recursive: true });
        }
      },
      600_000,
    );

  testWith("named-checkconf", "BIND", async (zones, folder) =>
    expect(await readByBind(configFor(zones).bind, folder)).toEqual(expectedOf(zones)),
  );
  testWith("knotc", "Knot", async (zones, folder) =>
    expect(await readByKnot(configFor(zones).knot, folder)).toEqual(expectedOf(zones)),
  );
  testWith("nsd-checkconf", "NSD", async (zones, folder) =>
    expect(await readByNsd(configFor(zones).nsd, folder)).toEqual(expectedOf(zones)),
  );
  testWith("bash", "each command of NSD's script", async (zones, folder) => {
    const lines = [...configFor(zones).nsd.matchAll(/^# {3}(.+)$/gm)].map(([, line]) => line);
    expect(await commandsOf(lines.join("\n"), SCRIPT_STUBS, folder)).toEqual(scriptCommands(zones));
  });
  testWith("bash", "pdnsutil", async (zones, folder) => {
    const commands = await commandsOf(configFor(zones).powerdns, { pdnsutil: ":" }, folder);
    expect(commands).toEqual(pdnsutilCommands(zones));
  });
}

type Some = readonly [PrimaryZone, ...PrimaryZone[]];

const SCRIPT_STUBS = {
  "ldns-keygen": "echo KEY",
  "ldns-read-zone": "cat",
  "ldns-signzone": ":",
  "nsd-control": ":",
  mv: ":",
  ln: ":",
};

/** A zone's own name, or for one that is too long what its files are called by. */
const shortened = (name: string) =>
  name.length <= 100 ? name : expect.stringMatching(/^[a-z0-9._-]{97}\.zone/);
const file = (name: string, ending: string) => (name.length <= 100 ? name + ending : shortened(name));

function scriptCommands(zones: Some): unknown[][] {
  return [
    ...zones.flatMap(({ name, signing }) => {
      const zone = withoutDot(name);
      const files = (ending: string) => file(zone, ending);
      if (signing.by === "nobody") return [["ln", "-sf", files(".zone"), files(".zone.signed")]];
      const keygen = ["ldns-keygen", "-a", "ECDSAP256SHA256"];
      const out = ["-f", files(".zone.new"), files(".zone.raised"), "KEY", "KEY"];
      return [
        ["ldns-read-zone", "-S", expect.stringMatching(/^\+\d+$/)],
        [...keygen, "-k", zone],
        [...keygen, zone],
        ["ldns-signzone", "-n", "-t", "0", "-o", zone, ...out],
        ["mv", files(".zone.new"), files(".zone.signed")],
      ];
    }),
    ["nsd-control", "reload"],
  ];
}

function pdnsutilCommands(zones: Some): unknown[][] {
  const imports = zones.map(({ keys: [key] }) => [
    "import-tsig-key",
    withoutDot(key.name),
    withoutDot(key.algorithm),
    key.secret,
  ]);
  const each = zones.flatMap(({ name, keys: [key], secondary, signing }) => {
    const zone = withoutDot(name);
    const notify = secondary.notify.map(({ address, port }) =>
      address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
    );
    const common = [
      ["set-meta", zone, "TSIG-ALLOW-AXFR", withoutDot(key.name)],
      ["set-meta", zone, "ALSO-NOTIFY", ...notify],
      ["set-kind", zone, "primary"],
    ];
    if (signing.by === "nobody") return common;
    return [
      ...common,
      ["get-meta", zone, "PRESIGNED"],
      ["list-keys", zone],
      ["add-zone-key", zone, "ksk", "active", "ecdsa256"],
      ["add-zone-key", zone, "zsk", "active", "ecdsa256"],
      ["set-nsec3", zone, "1 0 0 -"],
      ["get-meta", zone, "SOA-EDIT"],
      ["set-meta", zone, "SOA-EDIT", "INCREMENT-WEEKS"],
      ["rectify-zone", zone],
    ];
  });
  return [...imports, ...each].map((args) => ["pdnsutil", ...args]);
}
