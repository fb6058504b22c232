import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { PATH } from "./dns-processes";
import { clockAheadBy } from "./fake-clock";

export interface RunningServer {
  readonly log: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Ends it and waits until it is gone: BIND would share its port with a next one. */
  readonly stop: () => Promise<void>;
}

/** Starts a server, if need be with a clock that is some seconds ahead of ours. */
export function startServer(
  command: string,
  args: readonly string[],
  cwd: string,
  clockAhead?: number,
): RunningServer {
  const clock = clockAhead === undefined ? {} : clockAheadBy(clockAhead);
  const child: ChildProcess = spawn(command, args, { cwd, env: { ...process.env, PATH, ...clock } });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  }
  return {
    log: () => log,
    signal: (name) => void child.kill(name),
    stop: async () => {
      child.kill("SIGTERM");
      const patience = new AbortController();
      const impatient = wait(5_000, undefined, { signal: patience.signal }).then(
        () => child.kill("SIGKILL"),
        () => {},
      );
      await ended;
      patience.abort();
      await impatient;
    },
  };
}
