// @ts-check
import { execFile } from "node:child_process";
import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CLI, LANGUAGE_HOST, LAUNCHER, VERSION } from "./pinned.mjs";
import { place, reason, which } from "./programs.mjs";
import { withProgress } from "./progress.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Cheapest first. The host is of an older release, the last one whose module the Go proxies hold. */
const modules = [
  {
    program: LANGUAGE_HOST,
    directory: join(here, "language-nodejs"),
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    announcement: "Building Pulumi's Node language host from Go modules: 1 to 2 minutes on 2 cores, once.",
  },
  {
    program: CLI,
    directory: join(here, "cli"),
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    announcement: "Building the Pulumi engine from Go modules: 6 to 8 minutes on 2 cores, once.",
  },
];

/**
 * Builds the `missing` programs into `bin`. Throws the reason when that does not work.
 * @param {string[]} missing
 * @param {string} bin
 * @param {import("./install.mjs").Work} work
 */
export async function build(missing, bin, { directory, env, log, signal }) {
  if (process.platform === "win32") throw new Error("not on Windows, where the launcher would not run");
  const go = which("go", env.PATH);
  if (!go) throw new Error("there is no `go` on PATH");
  if (missing.includes(LAUNCHER)) addLauncher(bin, directory);
  for (const module of modules.filter(({ program }) => missing.includes(program))) {
    const output = join(directory, module.program);
    await withProgress(log, module.announcement, () => compile(go, module, output, env, signal));
    place(output, bin);
  }
}

/**
 * @param {string} bin
 * @param {string} directory
 */
export function addLauncher(bin, directory) {
  const copy = join(directory, LAUNCHER);
  copyFileSync(join(here, LAUNCHER), copy);
  place(copy, bin);
}

/**
 * @param {string} go
 * @param {typeof modules[number]} module
 * @param {string} output
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
async function compile(go, module, output, env, signal) {
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${VERSION}`;
  const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", flags, "-o", output, module.package];
  try {
    await promisify(execFile)(go, args, {
      cwd: module.directory,
      // A go.work above this checkout, or cgo without a C compiler, must not matter; and what an interrupted Go
      // leaves behind shall go with the rest.
      env: { ...env, GOWORK: "off", CGO_ENABLED: "0", GOTMPDIR: dirname(output) },
      signal,
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    const lines = /** @type {{ stderr?: string }} */ (error).stderr
      ?.trim()
      .split("\n")
      .slice(-3)
      .join("\n    ");
    throw new Error(lines || reason(error));
  }
}
