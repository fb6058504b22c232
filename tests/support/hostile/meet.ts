import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { compiled } from "../compiled";
import type { Answer } from "./answering";
import { ANSWERS } from "./answers";
import { EVERY_FORM } from "./secrets";
import { type HostileServer, startHostileServer } from "./server";
import type { Job, Outcome } from "./worker";

const TIMEOUT = 250;
/** Milliseconds: some attempts of the time-out above, on a machine that does other things too. */
const LONGEST = 15_000;
const MOST_MEMORY = 64 * 2 ** 20;
const LONGEST_MESSAGE = 10_000;
/** Of all that one kind of answer has the package print. */
const MOST_PRINTED = 20_000;

/** Holds the package's clients, in a process of their own, against a server that means them harm. */
export function useHostileServer() {
  let server: HostileServer;
  let worker: ChildProcess;
  let printed = "";

  beforeAll(async () => {
    server = await startHostileServer();
    const main = join(compiled("provider", "servers", "tests/support"), "tests/support/hostile/worker.js");
    worker = fork(main, { execArgv: ["--expose-gc"], stdio: ["ignore", "pipe", "pipe", "ipc"] });
    for (const stream of [worker.stdout, worker.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
    }
    // What is loaded at the first calls is no growth.
    for (const answer of [ANSWERS["answers nothing at all"], ANSWERS["says secrets back in every form"]]) {
      for (let round = 0; answer && round < 20; round += 1) await meet("list the peers", answer);
    }
  });

  afterAll(async () => {
    worker.kill();
    await server.close();
  });

  async function meet(call: string, answer: Answer): Promise<Outcome> {
    server.answer = answer;
    const job: Job = { call, origin: server.origin, timeout: TIMEOUT };
    worker.send(job);
    const over = new AbortController();
    const { signal } = over;
    const [outcome] = await Promise.race([once(worker, "message", { signal }), died(worker, signal)]);
    over.abort();
    server.dropAll();
    return outcome;
  }

  return {
    /** Makes the calls one after the other; each ends as it should, and leaves the process as it should be. */
    async expectNoHarm(answer: Answer, calls: readonly string[]): Promise<void> {
      printed = "";
      for (const call of calls)
        expect({ call, harm: harmOf(call, await meet(call, answer)) }).toEqual({ call, harm: [] });
      expect(secretsIn(printed)).toEqual([]);
      expect(printed).not.toMatch(/Warning|^\s+at /m);
      expect(printed).not.toMatch(/^Next:/m);
      expect(printed.length).toBeLessThan(MOST_PRINTED);
    },
  };
}

async function died(worker: ChildProcess, signal: AbortSignal): Promise<never> {
  const [code, killedBy] = await once(worker, "exit", { signal });
  throw new Error(`the process ended: ${code ?? killedBy}`);
}

/** All that is wrong with how a call ended. */
function harmOf(call: string, { kind, text, data, milliseconds, grew = 0 }: Outcome): string[] {
  const shown = kind === "result" ? "" : `${text}\n${data}`;
  const isMessage = kind === "typed error";
  const isWrite = !/^(read|list|find) /.test(call);
  const checks: readonly (readonly [harm: string, is: boolean])[] = [
    [`an error that is none of the package's: ${text.slice(0, 500)}`, kind === "other error"],
    [`it took ${Math.round(milliseconds)} ms`, milliseconds > LONGEST],
    [`the process grew by ${Math.round(grew / 2 ** 20)} MiB`, grew > MOST_MEMORY],
    [`secrets in ${shown}`, secretsIn(shown).length > 0],
    [`a message of ${text.length} characters`, isMessage && text.length > LONGEST_MESSAGE],
    [`data of ${data.length} characters`, isMessage && data.length > 2 * LONGEST_MESSAGE],
    [`not one next step in ${text}`, isMessage && text.match(/^Next: /gm)?.length !== 1],
    [
      `control characters in ${JSON.stringify(text)}`,
      isMessage && /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text.replaceAll("\n", "")),
    ],
    [`a line that is not ours in ${text}`, isMessage && /evil\.example/.test(text.replace(/^ .*$/gm, ""))],
    [
      `another object taken for the one that was sent: ${text}`,
      kind === "result" && isWrite && text.includes("other.example"),
    ],
    [`ids that lead elsewhere in ${text.slice(0, 500)}`, kind === "result" && /"id":"[^"]*[./]/.test(text)],
  ];
  return checks.filter(([, is]) => is).map(([harm]) => harm);
}

function secretsIn(text: string): string[] {
  return EVERY_FORM.filter((form) => text.includes(form));
}
