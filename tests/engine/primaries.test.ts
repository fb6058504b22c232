import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { CONFIGURABLE, type ConfigurableKind, startConfigured } from "../support/configured-primary";
import { delv, digZone, faultsOf, ldnsFaultsOf, missingTools, trustAnchorOf } from "../support/dns-tools";
import { startControl } from "../support/one-of-each";
import { createStack, credentials, engineRoot } from "../support/stack";

const texts = z.object({ bind: z.string(), knot: z.string(), nsd: z.string(), powerdns: z.string() });
const keyed = z.object({ primaryConfig: texts });
const transferred = z.object({ soaSerial: z.number(), ds: z.string() });

for (const kind of CONFIGURABLE) {
  const missing = missingTools(kind.commands);
  const title = `${kind.name}, set up as primaryConfig says, gives its zone to one up, which validates`;
  if (missing.length === 0) test(title, () => wholeChain(kind));
  else test.skip(`${title} (not installed: ${missing.join(", ")}; see tests/dns/install.sh)`, () => {});
}

async function wholeChain(kind: ConfigurableKind): Promise<void> {
  const control = await startControl();
  const { simulator } = control;
  const [zone] = simulator.zones;
  if (!zone) throw new Error("the simulator has no zone");
  const folder = join(engineRoot(), "projects", `primary-${kind.name}`);
  cpSync("examples/secondary-zone", folder, { recursive: true });
  const dnsPort = Number(simulator.dns.split(":")[1]);
  const stack = await createStack({
    folder,
    env: credentials(simulator),
    config: {
      accountId: simulator.accountId,
      zoneId: zone.id,
      zoneName: zone.name,
      "cloudflareAddresses.transferFrom[0]": "127.0.0.1",
      "cloudflareAddresses.notify[0].address": "127.0.0.1",
      "cloudflareAddresses.notify[0].port": String(dnsPort),
    },
  });

  await stack.up();
  const { primaryConfig } = keyed.parse(await stack.outputs());
  const primary = await startConfigured(kind, zone.name, primaryConfig);
  const judged = mkdtempSync(join(tmpdir(), "judged-"));
  try {
    await stack.set({ "primaries[0].address": "127.0.0.1", "primaries[0].port": String(primary.port) });
    await stack.up();
    const { soaSerial, ds } = transferred.parse(await stack.outputs());
    const { transfer, dnssec } = (await control.state()).zones[zone.id] ?? {};
    expect(transfer).toMatchObject({ lastError: null, serial: soaSerial, tsigKey: `cf.${zone.name}.` });
    expect(dnssec).toMatchObject({ dnssec_presigned: true, dnssec_use_nsec3: true });

    const served = (await digZone(dnsPort, zone.name, judged)) ?? "";
    expect(await faultsOf(served, zone.name, judged)).toBe("");
    expect(await ldnsFaultsOf(served, judged)).toBe("");
    const anchor = trustAnchorOf(ds, zone.name, judged);
    expect(await delv(dnsPort, zone.name, anchor, zone.name, "A")).toBe("answer validated");
    expect(await delv(dnsPort, zone.name, anchor, `nope.${zone.name}`, "A")).toBe(
      "negative answer validated",
    );

    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    const { tsigs, peers } = await control.state();
    expect([tsigs, peers]).toEqual([{}, {}]);
  } finally {
    await primary.stop();
    rmSync(judged, { recursive: true, force: true });
  }
}
