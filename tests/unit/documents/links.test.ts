import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const ROOT = resolve(__dirname, "../../..");
const DOCUMENTS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs")).map((name) => join("docs", name)),
];

/** What a Markdown text links to, apart from other sites. Code is no link. */
function linksIn(text: string): string[] {
  const prose = text.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*`/g, "`code`");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that GitHub makes of headings. */
function anchorsIn(text: string): string[] {
  const headings = text.replaceAll(/^```.*?^```/gms, "").matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function brokenLinks(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return linksIn(text).filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? join(ROOT, file) : join(ROOT, dirname(file), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsIn(readFileSync(target, "utf8")).includes(anchor);
  });
}

test.each(DOCUMENTS)("%s has no link that leads nowhere", (file) => {
  expect(brokenLinks(file)).toEqual([]);
});

test("the README leads to every page of docs, itself or by a page that it leads to", () => {
  const seen = new Set<string>();
  const follow = (file: string) => {
    if (seen.has(file) || !file.endsWith(".md") || !existsSync(join(ROOT, file))) return;
    seen.add(file);
    for (const link of linksIn(readFileSync(join(ROOT, file), "utf8")))
      follow(relative(ROOT, resolve(ROOT, dirname(file), link.split("#")[0] ?? "")));
  };
  follow("README.md");
  expect(DOCUMENTS.filter((file) => file.startsWith("docs/") && !seen.has(file))).toEqual([]);
});

test("a link to a file, or to a heading, that is not there is found", () => {
  expect(
    linksIn("[a](docs/none.md) and `[b](c)`\n```\n[d](e)\n```\n[f](https://example.com) [g](#h)"),
  ).toEqual(["docs/none.md", "#h"]);
  expect(anchorsIn("## `SECONDARY_DNS_API`\n### What to do, then?")).toEqual([
    "secondary_dns_api",
    "what-to-do-then",
  ]);
});
