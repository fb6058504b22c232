import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSimulator } from "../../../simulator";
import { controlOf } from "../../support/control";
import { until } from "../../support/dns-processes";
import { blocksOf } from "../../support/guides/blocks";
import { pulumiTerminal } from "../../support/guides/pulumi-terminal";
import { walk } from "../../support/guides/walk";

// npm and a row of runs on the engine take minutes where the machine is busy.
jest.setTimeout(900_000);

const OLD = "cf-2026.example.com";
const NEW = "cf-2027.example.com";

/** The program of the first zone, with a key that has a year in its name. */
function firstZone(primary: string): string {
  const [address, port] = primary.split(":");
  const program = blocksOf("docs/first-zone.md").find(({ note }) => note === "index.ts")?.text ?? "";
  return program
    .replaceAll("example.se", "example.com")
    .replace("cf.example.com.", `${OLD}.`)
    .replace(
      "primaries: []",
      `primaries: process.env.PRIMARY ? [{ address: "${address}", port: ${port} }] : []`,
    );
}

test("a key is replaced without a failed transfer when all is done that the guide says", async () => {
  const simulator = await startSimulator({ zones: 1, primary: true });
  const control = controlOf(simulator);
  const id = simulator.zones[0]?.id ?? "";
  const { folder, terminal, substitutions, remove } = pulumiTerminal(simulator);
  /** Puts on the primary the keys that there are. */
  const takeKeys = async () => {
    const tsigs = Object.values((await control.state()).tsigs);
    const [{ records } = { records: [] }] = Object.values((await control.primary()).zones);
    const keys = tsigs.map(({ name, secret }) => [
      name.replace(/\.$/, ""),
      { algorithm: "hmac-sha512", secret },
    ]);
    // It signs NOTIFY with the first alone: that is the newest.
    const transferKeys = keys
      .map(([name]) => String(name))
      .sort()
      .reverse();
    await control.patchPrimary({
      keys: Object.fromEntries(keys),
      zones: { "example.com": { records, signing: "nsec3", transferKeys } },
    });
  };
  const transfer = async () => (await control.state()).zones[id]?.transfer;
  const [install = ["", ""]] = substitutions;
  try {
    await control.patch({ zones: { [id]: { name: "example.com" } } });
    writeFileSync(join(folder, "index.ts"), firstZone(simulator.primary ?? ""));
    writeFileSync(
      join(folder, "package.json"),
      '{ "name": "rotation", "private": true, "main": "index.ts" }',
    );
    writeFileSync(join(folder, "Pulumi.yaml"), "name: rotation\nruntime: nodejs\n");
    await terminal.run(`${install[1]} typescript@5 @types/node@20
mkdir state
export PULUMI_BACKEND_URL=file://${folder}/state PULUMI_CONFIG_PASSPHRASE=test
export CLOUDFLARE_API_TOKEN=${simulator.cloudflareToken} CLOUDFLARE_BASE_URL=${simulator.cloudflare}
pulumi stack init test
pulumi config set accountId ${simulator.accountId}
pulumi config set zoneId ${id}
pulumi up --yes --skip-preview`);
    await takeKeys();
    await terminal.run("export PRIMARY=yes; pulumi up --yes --skip-preview");
    expect(await transfer()).toMatchObject({ tsigKey: `${OLD}.`, lastError: null });

    await walk("docs/rotate-a-tsig-key.md", {
      terminal,
      substitutions,
      before: {
        "3. Make it active": takeKeys,
        "4. Remove the old key": async () => {
          expect(await transfer()).toMatchObject({ tsigKey: `${NEW}.`, lastError: null });
          await control.patchPrimary({ zones: { "example.com": { serial: 100 } } });
          await until("the new serial is transferred", async () => (await transfer())?.serial === 100);
        },
      },
    });
    await takeKeys();
    await control.patchPrimary({ zones: { "example.com": { serial: 200 } } });
    await until("the new key alone is enough", async () => (await transfer())?.serial === 200);
    expect(Object.values((await control.state()).tsigs).map(({ name }) => name)).toEqual([`${NEW}.`]);
    expect(await transfer()).toMatchObject({ tsigKey: `${NEW}.`, lastError: null });
  } finally {
    remove();
    await simulator.close();
  }
});
