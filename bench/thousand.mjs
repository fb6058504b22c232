// @ts-check
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { credentials } from "../tools/driver/credentials.cjs";
import { takeRequests } from "./project.mjs";

const COUNT = 1_000;

const program = `
const { Tsig } = require("pulumi-secondary-dns");
const { ACCOUNT, COUNT } = process.env;
for (let i = 0; i < Number(COUNT); i += 1) new Tsig("key-" + i, { accountId: ACCOUNT, name: "key-" + i + ".example." });
`;

/**
 * A stack of 1,000 TSIGs, made and refreshed once: the calls of the refresh, and the memory of the provider.
 * @param {import("./project.mjs").Workshop} workshop
 */
export async function makeThousand(workshop) {
  const simulator = await workshop.simulator();
  const usage = join(workshop.folder, "usage");
  await mkdir(usage);
  const project = await workshop.project("thousand", program);
  const stack = await project.stack({
    ...credentials(simulator),
    ACCOUNT: simulator.accountId,
    COUNT: String(COUNT),
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "usage-probe.mjs"))}`,
    BENCH_USAGE: usage,
  });
  // The engine writes the whole state at each step, which takes minutes here and is not what is measured.
  await stack.succeedWith(
    { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
    "up",
    "--yes",
    "--skip-preview",
  );
  await takeRequests(simulator);
  await stack.succeed("refresh", "--yes", "--skip-preview");
  const refreshCalls = (await takeRequests(simulator)).length;
  await workshop.stop(simulator);

  const files = await readdir(usage);
  const peaks = await Promise.all(
    files.map(async (file) => Number(await readFile(join(usage, file), "utf8"))),
  );
  if (peaks.length === 0) throw new Error("no provider process was seen");
  return { resources: COUNT, refreshCalls, peakMegabytes: Math.max(...peaks) };
}
