import { writeFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { run } from "../dns-processes";
import { type Read, sorted } from "./expected";

/** What knotd has understood, as knotc exports it. */
export async function readByKnot(config: string, folder: string): Promise<Read> {
  writeFileSync(join(folder, "knot.conf"), `server:\n    rundir: "${folder}"\n${config}`);
  const args = ["-c", "knot.conf", "-m", "1000"];
  const sections = sectionsOf(await run("knotc", [...args, "conf-export"], folder));
  expect([...sections.keys()].sort()).toEqual(["acl", "key", "policy", "remote", "server", "zone"]);
  const byId = (section: string) =>
    new Map((sections.get(section) ?? []).map((item) => [item.get("id") ?? "", item]));
  const [remotes, acls] = [byId("remote"), byId("acl")];
  return sorted({
    zones: (sections.get("zone") ?? []).map((item) => {
      const remote = remotes.get(item.get("notify") ?? "");
      const [transfer, question] = (item.get("acl") ?? "").split(" ").map((id) => acls.get(id));
      const key = remote?.get("key") ?? "";
      expect([transfer, question].map((acl) => acl?.get("key"))).toEqual([key, key]);
      expect([transfer, question].map((acl) => acl?.get("action"))).toEqual(["transfer", "query"]);
      return {
        zone: withoutDot(item.get("domain")),
        key: withoutDot(key),
        transferFrom: transfer?.get("address") ?? "",
        notify: sameForm(remote?.get("address") ?? ""),
      };
    }),
    keys: (sections.get("key") ?? []).map((item) => ({
      key: withoutDot(item.get("id")),
      algorithm: item.get("algorithm") ?? "",
      secret: item.get("secret") ?? "",
    })),
  });
}

/** Knot shortens another of two runs of zeros that are as long as each other. */
function sameForm(place: string): string {
  const [address = "", port] = place.split("@");
  return isIPv6(address) ? `${new URL(`http://[${address}]`).hostname.slice(1, -1)}@${port}` : place;
}

/** The items of each section, lists as words. */
function sectionsOf(exported: string): Map<string, Map<string, string>[]> {
  const sections = new Map<string, Map<string, string>[]>();
  let items: Map<string, string>[] = [];
  for (const line of exported.split("\n")) {
    const [, section] = /^(\S+):$/.exec(line) ?? [];
    const [, dash, key = "", value = ""] = /^ {2}([- ]) (?: {0,2})([a-z0-9-]+): (.*)$/.exec(line) ?? [];
    if (section !== undefined) {
      items = [];
      sections.set(section, items);
    } else if (dash === "-") items.push(new Map([[key, wordsOf(value)]]));
    else items.at(-1)?.set(key, wordsOf(value));
  }
  return sections;
}

function wordsOf(value: string): string {
  return [...value.matchAll(/"([^"]*)"/g)].map(([, word]) => word).join(" ");
}

function withoutDot(name = ""): string {
  return name.replace(/\.$/, "");
}
