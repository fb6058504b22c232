import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { type Control, controlOf } from "../control";
import { type PulumiTerminal, pulumiTerminal } from "./pulumi-terminal";

/**
 * A repository with examples/secondary-zone and its stack `prod`, whose primary has the key, in the folder `main`; in
 * the folder `change` is a branch that says NSEC in place of NSEC3.
 */
export interface Repository {
  readonly pulumi: PulumiTerminal;
  readonly simulator: Simulator;
  readonly control: Control;
  remove(): Promise<void>;
}

export async function startRepository(functions: string): Promise<Repository> {
  const simulator = await startSimulator({ zones: 1, primary: true });
  const control = controlOf(simulator);
  const pulumi = pulumiTerminal(simulator, { functions });
  const { folder, terminal, substitutions } = pulumi;
  const main = join(folder, "main");
  cpSync("examples/secondary-zone", main, { recursive: true });
  cpSync("examples/ci", join(main, "ci"), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(main, "package.json"), "utf8"));
  writeFileSync(join(main, "package.json"), JSON.stringify({ ...manifest, dependencies: {} }));
  const [install = ["", ""]] = substitutions;
  const [zone] = simulator.zones;
  const [address, port] = simulator.primary?.split(":") ?? [];
  await terminal.run(`cd main
${install[1]}
printf 'node_modules\\npreview.txt\\ncomment.md\\n' > .gitignore
mkdir ../state
export PULUMI_BACKEND_URL=file://${folder}/state PULUMI_CONFIG_PASSPHRASE=test
pulumi stack init prod
pulumi config set accountId ${simulator.accountId}
pulumi config set zoneId ${zone?.id}
pulumi config set zoneName ${zone?.name}
CLOUDFLARE_API_TOKEN=${simulator.cloudflareToken} CLOUDFLARE_BASE_URL=${simulator.cloudflare} pulumi up --yes --skip-preview
pulumi config set --path 'primaries[0].address' ${address}
pulumi config set --path 'primaries[0].port' ${port}
git init --quiet --initial-branch main
git config user.email a@example.com && git config user.name a
git add . && git commit --quiet --message base
git clone --quiet . ../change
sed -i 's/nsec3: true/nsec3: false/' ../change/index.ts
cd ..`);
  const [{ name, secret } = { name: "", secret: "" }] = Object.values((await control.state()).tsigs);
  const key = name.replace(/\.$/, "");
  await control.patchPrimary({
    keys: { [key]: { algorithm: "hmac-sha512", secret } },
    zones: { [zone?.name ?? ""]: { signing: "nsec3", transferKeys: [key] } },
  });
  return {
    pulumi,
    simulator,
    control,
    remove: async () => {
      pulumi.remove();
      await simulator.close();
    },
  };
}
