import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { isInstalled, PATH } from "../../support/dns-processes";
import { type LiveZone, startLiveZone } from "../../support/live-zone";
import { createStack, credentials, type Stack } from "../../support/stack";

jest.setTimeout(600_000);

const guide = readFileSync("docs/coming-and-going.md", "utf8");

/** The blocks of one language under a heading. */
function blocks(heading: string, language: string): string[] {
  const [, section = ""] = guide.split(`\n${heading}\n`);
  const [own = ""] = section.split(/\n##+ /);
  const found = [...own.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))];
  if (found.length === 0) throw new Error(`no ${language} under ${heading}`);
  return found.map(([, text = ""]) => text);
}

const TAKE_OVER = "## Take over a live zone";
const WITHOUT_THE_ZONE = "export const nothing = 1;\n";

let live: LiveZone;
beforeEach(async () => {
  live = await startLiveZone({ tsig: "cf.example.com", peer: "ns0", autoRefreshSeconds: 3_600 });
});
afterEach(() => live.close());

/** The program of the guide, for the zone of the simulator. */
function program(): string {
  const [text = ""] = blocks(TAKE_OVER, "ts");
  const { simulator, zone, primary } = live;
  const real: readonly [shown: string, used: string][] = [
    ["0123456789abcdef0123456789abcdef", simulator.accountId],
    ["fedcba9876543210fedcba9876543210", zone.id],
    ['zoneName: "example.com"', `zoneName: "${zone.name}"`],
    ['domainName: "example.com"', `domainName: "${zone.name}"`],
    ['address: "192.0.2.53"', `address: "${primary.address}", port: ${primary.port}`],
  ];
  return real.reduce((code, [shown, used]) => code.replaceAll(shown, used), text);
}

const stackOf = (text: string): Promise<Stack> =>
  createStack({
    typescript: true,
    files: {
      "Pulumi.yaml": JSON.stringify({
        name: "site",
        runtime: { name: "nodejs", options: { typescript: true } },
      }),
      "package.json": JSON.stringify({ name: "site", private: true, main: "index.ts" }),
      "index.ts": text,
    },
    env: credentials(live.simulator),
  });

/** Runs the Pulumi commands of a section, without questions; gives what each has printed. */
async function run(stack: Stack, heading: string, only: (command: string) => boolean = () => true) {
  const commands = blocks(heading, "sh").join("").trim().split("\n").filter(only);
  const outputs: string[] = [];
  for (const command of commands) {
    const [first, ...args] = command.match(/'[^']*'|\S+/g) ?? [];
    expect(first).toBe("pulumi");
    const plain = args.map((arg) => arg.replaceAll("'", ""));
    const sure = plain[0] === "up" ? ["--yes", "--skip-preview"] : plain[0] === "state" ? ["--yes"] : [];
    outputs.push((await stack.succeed(...plain, ...sure)).output);
  }
  return outputs;
}

/** With nothing written on the way, and nothing at the services changed. */
async function unnoticed<Result>(act: () => Promise<Result>): Promise<Result> {
  const before = await live.standing();
  const result = await act();
  expect(await live.writes()).toEqual([]);
  expect(await live.standing()).toEqual(before);
  return result;
}

async function takeOver(stack: Stack): Promise<void> {
  const [preview = "", up = ""] = await unnoticed(() => run(stack, TAKE_OVER));
  expect(preview.replaceAll(/\s+/g, " ")).toContain(
    `"create" takes over here what exists already of ${live.zone.name}: TSIG "cf.example.com.", peer "ns0", the incoming transfer, DNSSEC, automatic DNSSEC at HostUp, the DS records at HostUp.`,
  );
  expect(up).toMatch(/\+ \d+ created/);
}

test("a zone from the dashboard is taken over, and left, without a write", async () => {
  const stack = await stackOf(program());
  await takeOver(stack);
  await unnoticed(async () => {
    const [deleting, looking] = [/state delete/, /preview/];
    await run(stack, "## Leave", (command) => deleting.test(command));
    await stack.write({ "index.ts": WITHOUT_THE_ZONE });
    await run(stack, "## Leave", (command) => looking.test(command));
  });
  expect(await stack.resources()).toEqual([]);
});

test("one whose secret or peer is another is not taken for the same", async () => {
  await live.renamePeer("ns1");
  const stack = await stackOf(program());
  await stack.up();
  expect(await live.writes()).toEqual(expect.arrayContaining([expect.stringMatching(/^POST .*\/peers$/)]));
});

test("one that @pulumi/cloudflare had in the same stack is taken over when the state has forgotten that", async () => {
  const stack = await stackOf(WITHOUT_THE_ZONE);
  await stack.up();
  await stack.write({ "state.json": await withCloudflare(stack), "index.ts": program() });
  await stack.succeed("stack", "import", "--file", "state.json");
  await unnoticed(() => run(stack, "### @pulumi/cloudflare"));
  await takeOver(stack);
});

test("one that another stack of this package had is taken over, with its generated secret", async () => {
  const first = await stackOf(program());
  await takeOver(first);
  await unnoticed(() => run(first, "### Another stack of this package"));
  await first.write({ "index.ts": WITHOUT_THE_ZONE });
  await unnoticed(() => first.up());
  await takeOver(await stackOf(program()));
});

test("the calls for who comes from the dashboard show what the program has to say", async () => {
  const { simulator, zone, primary } = live;
  const env = {
    CLOUDFLARE_API_TOKEN: simulator.cloudflareToken,
    ZONE: zone.id,
    ACCOUNT: simulator.accountId,
  };
  const [lines = ""] = blocks("### The dashboard", "sh");
  const local = lines.replaceAll("https://api.cloudflare.com/client/v4", simulator.cloudflare);
  expect(local).not.toBe(lines);
  const answers: unknown[] = [];
  for (const line of local.trim().split("\n"))
    answers.push(JSON.parse(await unnoticed(() => inShell(line, env))));
  expect(answers).toMatchObject([
    { success: true, result: { name: zone.name, peers: [expect.any(String)], auto_refresh_seconds: 3_600 } },
    { success: true, result: [{ name: "ns0", ip: primary.address, port: primary.port }] },
    { success: true, result: { status: "active", dnssec_presigned: true, dnssec_use_nsec3: true } },
  ]);
});

const withTerraform = isInstalled("terraform") ? describe : describe.skip;

// Cloudflare's provider is at no package registry: a resource that Terraform has itself stands for its own.
withTerraform("Terraform, where it is installed,", () => {
  const [removed = ""] = blocks("### Terraform", "hcl");
  const [forget = ""] = blocks("### Terraform", "sh");
  const address = "cloudflare_dns_zone_transfers_incoming.example";
  const local = (text: string) => text.replaceAll(address, "terraform_data.example");
  const apply = "terraform apply -auto-approve -input=false -no-color";

  test.each<[how: string, act: (folder: string) => Promise<string>, says: string]>([
    [
      "the block",
      async (folder) => {
        writeFileSync(join(folder, "main.tf"), local(removed));
        return inShell(apply, {}, folder);
      },
      "will no longer be managed by Terraform, but will not be destroyed",
    ],
    ["the command", (folder) => inShell(local(forget), {}, folder), "Removed terraform_data.example"],
  ])("forgets by %s, and destroys nothing", async (_how, act, says) => {
    const folder = mkdtempSync(join(tmpdir(), "terraform-"));
    try {
      expect([removed.includes(address), forget.includes(address)]).toEqual([true, true]);
      writeFileSync(join(folder, "main.tf"), 'resource "terraform_data" "example" {}\n');
      await inShell(`terraform init -input=false && ${apply}`, {}, folder);
      const said = await act(folder);
      expect(said).toContain(says);
      expect(said).not.toMatch(/Destroying|[1-9] destroyed/);
      expect(await inShell("terraform state list", {}, folder)).toBe("");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** What a line of a shell prints, with no more of this process's environment than PATH. */
async function inShell(line: string, env: Record<string, string>, cwd?: string): Promise<string> {
  const { stdout } = await promisify(execFile)("sh", ["-ec", line], { env: { PATH, ...env }, cwd });
  return stdout;
}

/** The stack's state with resources as @pulumi/cloudflare leaves them; its plugin is not needed to forget them. */
async function withCloudflare(stack: Stack): Promise<string> {
  const state = JSON.parse(await stack.exported());
  const provider = "urn:pulumi:test::site::pulumi:providers:cloudflare::default";
  const types = ["DnsZoneTransfersTsig", "DnsZoneTransfersPeer", "DnsZoneTransfersIncoming", "ZoneDnssec"];
  const custom = types.map((name) => {
    const type = `cloudflare:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
    const urn = `urn:pulumi:test::site::${type}::example`;
    return { urn, custom: true, id: "id", type, inputs: {}, outputs: {}, provider: `${provider}::an-id` };
  });
  const own = { urn: provider, custom: true, id: "an-id", type: "pulumi:providers:cloudflare" };
  state.deployment.resources = [...(state.deployment.resources ?? []), own, ...custom];
  return JSON.stringify(state);
}
