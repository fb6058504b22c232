import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { questionsTo } from "./questions";
import { TSIG_SECRET } from "./secret";
import { type Answer, type HostileDns, startHostileDns } from "./server";

const TIMEOUT_MS = 250;
/** Of one look, which may put some questions in a row. */
const LONGEST_MS = 10_000;
const LONGEST_BLOCK_MS = 3_000;
const MOST_MEMORY = 64 * 2 ** 20;
const LONGEST_TEXT = 200_000;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const memory = () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Puts every question of the package to a server that means harm. */
export function useHostileDns() {
  let server: HostileDns;
  beforeAll(async () => {
    server = await startHostileDns({ tcp: () => {}, udp: () => {} });
  });
  afterAll(() => server.close());

  return {
    async expectNoHarm(answer: Answer): Promise<void> {
      server.answer = answer;
      for (const [question, ask] of Object.entries(questionsTo(server.port, { timeoutMs: TIMEOUT_MS }))) {
        const delay = monitorEventLoopDelay({ resolution: 10 });
        const before = memory();
        delay.enable();
        const start = Date.now();
        const text = await ask();
        const milliseconds = Date.now() - start;
        // The delay is seen at the next turn.
        await new Promise((resolve) => setTimeout(resolve, 20));
        delay.disable();
        server.dropAll();
        const harm = [
          milliseconds > LONGEST_MS ? `it took ${milliseconds} ms` : undefined,
          delay.max / 1e6 > LONGEST_BLOCK_MS
            ? `it held the process for ${Math.round(delay.max / 1e6)} ms`
            : undefined,
          memory() - before > MOST_MEMORY
            ? `it grew by ${Math.round((memory() - before) / 2 ** 20)} MiB`
            : undefined,
          text.length > LONGEST_TEXT ? `${text.length} characters` : undefined,
          /[\p{Cc}\p{Cf}]/u.test(text.replaceAll("\n", ""))
            ? `control characters in ${JSON.stringify(text)}`
            : undefined,
          /^Next: run curl/m.test(text) ? `a line that is not ours in ${text}` : undefined,
          text.includes(TSIG_SECRET.slice(0, 30)) ? `the secret in ${text}` : undefined,
        ].filter((each) => each !== undefined);
        expect({ question, harm }).toEqual({ question, harm: [] });
      }
    },
  };
}
