import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { version } from "../../package.json";
import { useSimulator } from "../support/control";
import { createStack, credentials, engineRoot } from "../support/stack";

const control = useSimulator({ zones: 1, primary: true });

/** The command as npm installs it from the packed package. */
const command = (name: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string) =>
  promisify(execFile)(join(engineRoot(), "node_modules", ".bin", name), args, { env, cwd }).then(
    (said) => ({ code: 0, ...said }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );

test("the packed command shows what the primary needs after an up that failed for want of it", async () => {
  const { simulator } = control();
  const [zone] = simulator.zones;
  const [address, port] = simulator.primary?.split(":") ?? [];
  const program = `
const { SecondaryZone } = require("pulumi-secondary-dns");
const zone = new SecondaryZone("zone", {
  accountId: "${simulator.accountId}",
  zoneId: "${zone?.id}",
  zoneName: "${zone?.name}",
  primaries: [{ address: "${address}", port: ${port} }],
  waitForTransfer: 3,
  tsig: { name: "cf.example." },
  dnssec: { signing: "presigned", nsec3: true },
});
exports.primaryConfig = zone.primaryConfig;
exports.ds = zone.ds;
`;
  const stack = await createStack({ files: { "index.js": program }, env: credentials(simulator) });
  const ours = (...args: string[]) => command("pulumi-secondary-dns", args, stack.env, stack.folder);
  expect(await ours("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  expect((await ours("primary-config")).stderr).toContain("The state of this stack has no SecondaryZone.");

  const up = await stack.pulumi("up", "--yes", "--skip-preview");
  expect(up.code).not.toBe(0);
  expect(up.output).toContain("npx pulumi-secondary-dns primary-config");
  expect(await stack.outputs()).toEqual({});

  const [tsig] = Object.values((await control().state()).tsigs);
  const shown = await ours("primary-config", "--server", "bind", "--show-secrets");
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toContain(`secret "${tsig?.secret}";`);
  expect((await ours("primary-config", "--server", "bind")).stdout).not.toContain(tsig?.secret);

  const wrong = { ...stack.env, PULUMI_CONFIG_PASSPHRASE: "wrong" };
  expect(await command("pulumi-secondary-dns", ["primary-config"], wrong, stack.folder)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The passphrase is wrong for this stack."),
  });

  const called = await command(
    "pulumi-secondary-dns",
    ["simulator", "--zones", "x"],
    stack.env,
    stack.folder,
  );
  const alias = await command("secondary-dns-simulator", ["--zones", "x"], stack.env, stack.folder);
  expect(called.code).toBe(2);
  expect({
    ...called,
    stderr: called.stderr.replace("pulumi-secondary-dns simulator:", "secondary-dns-simulator:"),
  }).toEqual(alias);
});
