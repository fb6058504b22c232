import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

const RUNTIME = "pulumi-secondary-dns/runtime";

let isFound = false;

/**
 * The engine's provider process loads this package by name from the program's folder, which does not find it where
 * only another package depends on it. Said here in a sentence, since there it ends in Node's own words.
 */
export function mustBeInstalled(): void {
  if (isFound || !isRunByEngine()) return;
  // The Automation API runs a program in one folder and its provider in another.
  const folders = [process.cwd(), pulumi.getRootDirectory()];
  if (!folders.some(canLoadFrom)) {
    throw new pulumi.RunError(
      `pulumi-secondary-dns cannot be loaded from ${folders[0]}, where Pulumi's provider process looks for it by name: only another package depends on it. Next: make it a dependency of the program itself, for example with npm install pulumi-secondary-dns.`,
    );
  }
  isFound = true;
}

/** A program's own tests mock the engine, and may run in any folder; a mock is no gRPC client. */
function isRunByEngine(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return typeof monitor === "object" && monitor !== null && "getChannel" in monitor;
}

function canLoadFrom(folder: string): boolean {
  try {
    createRequire(join(folder, "index.js")).resolve(RUNTIME);
    return true;
  } catch {
    return false;
  }
}
