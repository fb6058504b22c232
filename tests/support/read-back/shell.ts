import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PATH, run } from "../dns-processes";

/** Everything else that the lines use; nothing but this can be run. */
const TOOLS = ["cat", "date", "dirname", "grep"];

/** The commands that shell lines give, each with exactly the arguments that it gets. */
export async function commandsOf(
  lines: string,
  stubs: Readonly<Record<string, string>>,
  folder: string,
): Promise<readonly (readonly string[])[]> {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const tool of TOOLS) symlinkSync(await pathOf(tool), join(bin, tool));
  const functions = Object.entries(stubs).map(
    ([command, then]) => `${command}() { printf '%s\\0' ${command} "$@" '' >> "$CALLS"; ${then}; }\n`,
  );
  const work = join(folder, "work");
  mkdirSync(work);
  const script = join(work, "script");
  const calls = join(folder, "calls");
  // Not sh: the name of a function has a hyphen in it.
  writeFileSync(script, `PATH=${bin}\nCALLS=${calls}\n${functions.join("")}${lines}`);
  await run("bash", ["-eu", script], work);
  expect(readdirSync(folder).sort()).toEqual(["bin", "calls", "work"]);
  const words = readFileSync(calls, "utf8").split("\0");
  const commands: string[][] = [[]];
  for (const word of words) {
    if (word === "") commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

async function pathOf(tool: string): Promise<string> {
  const found = PATH.split(":").map((folder) => join(folder, tool));
  return (await run("sh", ["-c", `ls ${found.join(" ")} 2>/dev/null | head -n 1`])).trim();
}
