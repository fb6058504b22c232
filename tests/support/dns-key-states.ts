import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./dns-processes";

/** What BIND has seen of its keys after some days, in the files that it reads at the next reload: all there, and the DS in this state. */
export async function setKeyStates(folder: string, ds: "omnipresent" | "hidden"): Promise<void> {
  const goal = ds === "hidden" ? "hidden" : "omnipresent";
  for (const file of readdirSync(folder).filter((file) => file.endsWith(".state"))) {
    const isKsk = readFileSync(join(folder, file), "utf8").includes("KSK: yes");
    const states = isKsk ? ["-k", "-r"] : ["-k", "-z"];
    const args = states.flatMap((state) => [state, "omnipresent", "now-7d"]);
    const own = isKsk ? ["-d", ds, "now-7d"] : [];
    await run("dnssec-settime", ["-s", "-g", goal, ...args, ...own, file.replace(/\.state$/, "")], folder);
  }
}
