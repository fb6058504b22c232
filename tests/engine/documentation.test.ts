import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as index from "../../index";
import { oneKey } from "../support/dns-fake-keys";
import { startFakePrimary } from "../support/dns-fake-primary";
import { startControl } from "../support/one-of-each";
import { createStack, credentials } from "../support/stack";

/** The `ts` blocks of a Markdown or TypeScript file that are whole programs or statements, comment stars taken off. */
function examplesIn(file: string): string[] {
  const text = readFileSync(file, "utf8").replace(/^ *\* ?/gm, (star) => (file.endsWith(".ts") ? "" : star));
  return [...text.matchAll(/```ts(?: index\.ts)?\n(.*?)```/gs)].map(([, code = ""]) => code);
}

function sources(): string[] {
  const inside = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name));
  return ["README.md", "docs/first-zone.md", ...inside("provider"), ...inside("components")];
}

/** Where a class is. */
function fileOf(name: string): string {
  const folder = name === "SecondaryZone" ? "components" : "provider";
  return `${folder}/${name.replace(/(?<=.)[A-Z]/g, "-$&").toLowerCase()}.ts`;
}

test("the programs in the README, in the first guide and beside each class compile and run as they stand", async () => {
  // No two programs have one zone or one domain.
  const { simulator, state } = await startControl({ zones: 12 });
  const primary = await startFakePrimary();
  primary.say(oneKey);
  const zoneOf = (index: number) => simulator.zones[index] ?? { id: "", name: "" };
  const realFor = (index: number, zone = zoneOf(index)): [string, string][] => [
    ['zoneName: "example.se"', `zoneName: "${zone?.name}"`],
    [
      'zoneId: "fedcba9876543210fedcba9876543210",\n  zoneName: "example.com"',
      `zoneId: "${zone?.id}",\n  zoneName: "${zone?.name}"`,
    ],
    // Of the stack's settings there is one set.
    ['config.require("zoneId")', `"${zone?.id}"`],
    ["0123456789abcdef0123456789abcdef", simulator.accountId],
    ["fedcba9876543210fedcba9876543210", zone?.id ?? ""],
    ['name: "example.com"', `name: "${zone?.name}"`],
    ["example.se", simulator.domains[index]?.name ?? ""],
    // The primary of the examples, for those that ask it.
    ['ip: "192.0.2.53"', `ip: "127.0.0.1", port: ${primary.port}`],
  ];
  const examples = sources().flatMap((file) => examplesIn(file).map((code) => ({ file, code })));
  const classes = Object.entries(index).flatMap(([name, value]) =>
    typeof value === "function" && value.prototype instanceof pulumi.Resource ? [name] : [],
  );
  const without = ["README.md", "docs/first-zone.md", ...classes.map(fileOf)].filter(
    (file) => !examples.some((example) => example.file === file),
  );
  expect(without).toEqual([]);

  const files = examples.map(({ code }, at) => {
    const imports = code.includes("import ")
      ? ""
      : `import { ${classes.join(", ")} } from "pulumi-secondary-dns";\n`;
    const text = realFor(at).reduce(
      (program, [shown, used]) => program.replaceAll(shown, used),
      imports + code,
    );
    // Each stands for a program of its own, so names may come twice.
    return [`example${at}.ts`, text.replace(/new (\w+)\("(\w[\w-]*)"/g, `new $1("$2-${at}"`)] as const;
  });
  const main = files.map((_, at) => `import * as e${at} from "./example${at}";\nvoid e${at};`);
  const stack = await createStack({
    typescript: true,
    files: {
      ...Object.fromEntries(files),
      "index.ts": main.join("\n"),
      "package.json": JSON.stringify({ name: "documentation", private: true, main: "index.ts" }),
    },
    // The zone of the examples has no primary that signs.
    env: { ...credentials(simulator), SECONDARY_DNS_FORCE: simulator.zones.map(({ name }) => name).join() },
    config: { accountId: simulator.accountId },
  });
  try {
    await stack.up();
  } finally {
    await primary.stop();
  }
  const { tsigs, peers } = await state();
  expect([Object.keys(tsigs).length, Object.keys(peers).length]).toEqual([5, 3]);
});
