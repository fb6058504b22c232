import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { compiled } from "../../support/compiled";

let folder: string;
beforeAll(() => {
  folder = compiled("command-line", "provider", "servers", "simulator", "components");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The exit code where nobody reads one of the streams. */
async function codeWithout(stream: "stdout" | "stderr", ...args: string[]): Promise<unknown> {
  const child = spawn(process.execPath, [join(folder, "command-line/main.js"), ...args], {
    cwd: folder,
    env: { PATH: "/nowhere" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  child[stream].destroy();
  const [code] = await ended;
  return code;
}

test.each([
  ["stdout", ["--help"], 0],
  ["stderr", ["doctor", "example.com"], 2],
  ["stderr", ["no-command"], 2],
] as const)("where nobody reads %s, %j still ends with its own exit code", async (stream, args, code) => {
  expect(await codeWithout(stream, ...args)).toBe(code);
});
