import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface ShellOptions {
  /** Where it begins, and where it keeps what one block leaves to the next. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Shell functions that stand for commands of another machine. */
  readonly functions?: string;
  /** What a command that asks gets to read. */
  readonly answers?: string;
}

/** One terminal: what a block exports and where it goes counts for the next one. */
export class Shell {
  readonly #memory: string;

  constructor(private readonly options: ShellOptions) {
    this.#memory = join(options.folder, ".shell");
    writeFileSync(this.#memory, `cd '${options.folder}'\n`);
  }

  /** Runs a block of commands; answers what they printed, and throws it when one of them fails. */
  async run(commands: string): Promise<string> {
    const { env, functions = "", answers = "" } = this.options;
    const script = `set -euo pipefail
${functions}
. '${this.#memory}'
${commands}
{ echo "cd '$PWD'"; export -p; } > '${this.#memory}'
`;
    const child = spawn("bash", ["-c", script], { env, stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    // A command that reads nothing may be over before it is written.
    child.stdin.on("error", () => {});
    child.stdin.end(answers);
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`these commands ended with ${code}:\n${commands}\n${output}`);
    return output;
  }
}
