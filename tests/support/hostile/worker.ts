import { readFileSync, writeFileSync } from "node:fs";
import { isSecondaryDnsError } from "../../../provider/core/errors";
import { Secret } from "../../../provider/core/secret";
import { clientsOf } from "../clients";
import { CALLS } from "./calls";
import { SECRETS } from "./secrets";

/** What one call came to. */
export interface Outcome {
  readonly kind: "result" | "typed error" | "other error";
  /** The result as JSON, or the error's message. */
  readonly text: string;
  /** All that can be read from the error, by JSON. */
  readonly data: string;
  readonly milliseconds: number;
  /** Bytes by which the process grew at the most while the call ran; Linux tells. */
  readonly grew: number | undefined;
}

export interface Job {
  readonly call: string;
  readonly origin: string;
  readonly timeout: number;
}

const PATIENCE = { unsent: 20, unsure: 50, limited: 50, garbled: 20, firstPause: 1, longestPause: 5 };

/** Calls are made in a process of their own: what they do to its memory, and whether it lives on, is looked at. */
process.on("message", async (job: Job) => process.send?.(await done(job)));

async function done({ call, origin, timeout }: Job): Promise<Outcome> {
  for (const secret of Object.values(SECRETS)) new Secret(secret);
  const config = {
    "cloudflare:apiToken": SECRETS.cloudflareToken,
    "cloudflare:baseUrl": `${origin}/client/v4`,
    "hostup:apiToken": SECRETS.hostupToken,
    "hostup:baseUrl": `${origin}/api/v2`,
  };
  const clients = clientsOf(config, { timeout, retryPolicy: PATIENCE });
  globalThis.gc?.();
  const before = memory("VmRSS");
  forgetPeak();
  const began = performance.now();
  const end = await endOf(async () => CALLS[call]?.(clients));
  const milliseconds = performance.now() - began;
  const peak = memory("VmHWM");
  return { ...end, milliseconds, grew: before && peak && peak - before };
}

async function endOf(run: () => Promise<unknown>): Promise<Pick<Outcome, "kind" | "text" | "data">> {
  try {
    return { kind: "result", text: JSON.stringify(await run()) ?? "", data: "" };
  } catch (error) {
    const kind = isSecondaryDnsError(error) ? "typed error" : "other error";
    return {
      kind,
      text: error instanceof Error ? error.message : String(error),
      data: JSON.stringify(error),
    };
  }
}

function memory(name: "VmRSS" | "VmHWM"): number | undefined {
  try {
    const [, kilobytes] =
      new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
  } catch {
    return undefined;
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
function forgetPeak(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // Elsewhere nothing tells a peak.
  }
}
