// @ts-check
import { randomBytes } from "node:crypto";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { embeddedPrimary } from "./demo/embedded-primary.mjs";
import { installedPrimary } from "./demo/primary.mjs";
import { openStack } from "./demo/stack.mjs";
import { tellStory } from "./demo/story.mjs";
import { root } from "./setup/run.mjs";
import { setup } from "./setup.mjs";

/** So long may resolvers keep a key of the simulated zones: the demo waits for it. */
const KEY_TTL = 2;

/** Everything it writes is in a folder that it deletes, so a user's own Pulumi is not touched. */
async function demo() {
  const { values } = parseArgs({ options: { primary: { type: "string" } } });
  const engine = await setup();
  const folder = await mkdtemp(join(tmpdir(), "secondary-dns-demo-"));
  const { startSimulator } = createRequire(import.meta.url)(join(root, "dist/simulator"));
  const options = { primary: true, zones: 1, dnskeyTtl: KEY_TTL };
  /** @type {import("../simulator/index.js").Simulator} */
  const simulator = await startSimulator({ ...options, dnsAddress: unusedAddress() }).catch(() =>
    startSimulator(options),
  );
  try {
    // A copy, since `pulumi stack init` writes a file beside the program.
    await cp(join(root, "tools/demo/program"), join(folder, "program"), { recursive: true });
    await symlink(join(root, "node_modules"), join(folder, "program/node_modules"));
    const zone = simulator.zones[0]?.name ?? "";
    const primary =
      values.primary === undefined
        ? embeddedPrimary(simulator, zone)
        : await installedPrimary(values.primary, join(folder, "primary"), zone);
    try {
      const stack = await openStack(engine, folder, simulator);
      await tellStory({ simulator, stack, primary, folder });
    } finally {
      await primary.stop();
    }
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The simulated name servers have it. At 127.0.0.1 a resolver of this machine's own may be at port 53, which would be
 * taken for them; where there is no other loopback address (macOS) it has to do.
 */
function unusedAddress() {
  return `127.${[...randomBytes(3)].join(".")}`;
}

try {
  await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
