import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../dns-processes";
import { type Read, sorted } from "./expected";

/** What nsd has understood, as nsd-checkconf prints it. */
export async function readByNsd(config: string, folder: string): Promise<Read> {
  const file = join(folder, "nsd.conf");
  writeFileSync(file, config);
  const printed = await run("nsd-checkconf", ["-v", file], folder);
  const blocks = printed.split(/^(?=\S+:$)/m).map((block) => block.trim());
  const of = (kind: string) => blocks.filter((block) => block.startsWith(`${kind}:\n`));
  return sorted({
    keys: of("key").map((block) => ({
      key: field(block, "name").replace(/\.$/, ""),
      algorithm: field(block, "algorithm"),
      secret: field(block, "secret"),
    })),
    zones: of("zone").map((block) => {
      expect(block.split("\n")).toHaveLength(5);
      const [transferFrom = "", key = ""] = field(block, "provide-xfr").split(" ");
      const [notify = "", signedWith] = field(block, "notify").split(" ");
      expect(signedWith).toBe(key);
      return { zone: field(block, "name"), key: key.replace(/\.$/, ""), transferFrom, notify };
    }),
  });
}

function field(block: string, name: string): string {
  const [, value = ""] = new RegExp(`^\\t${name}: "?([^"\\n]*)"?$`, "m").exec(block) ?? [];
  return value;
}
