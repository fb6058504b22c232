import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devDependencies } from "../../../package.json";
import type { Simulator } from "../../../simulator";
import { PATH } from "../dns-processes";
import { tarball } from "../stack";
import { Shell } from "./shell";
import type { Substitution } from "./walk";

/** The terminal of somebody who has Node and Pulumi, and where a guide's commands differ here. */
export interface PulumiTerminal {
  readonly folder: string;
  readonly terminal: Shell;
  readonly substitutions: readonly Substitution[];
  remove(): void;
}

/** Of somebody who has an account in a simulator too, if one is given. */
export function pulumiTerminal(
  simulator?: Simulator,
  { functions = "" }: { readonly functions?: string } = {},
): PulumiTerminal {
  const folder = mkdtempSync(join(tmpdir(), "guide-"));
  const terminal = new Shell({
    folder,
    functions,
    answers: `${simulator?.cloudflareToken ?? ""}\n`,
    env: {
      PATH,
      HOME: folder,
      PULUMI_HOME: join(folder, ".pulumi-home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // What npm has fetched for others on this machine.
      npm_config_cache: execFileSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).trim(),
      npm_config_prefer_offline: "true",
      npm_config_update_notifier: "false",
      npm_config_fund: "false",
      npm_config_audit: "false",
      // Where a simulator answers for the parent.
      ...(simulator ? { SECONDARY_DNS_RESOLVER: simulator.dns } : {}),
    },
  });
  const sdk = `@pulumi/pulumi@${devDependencies["@pulumi/pulumi"]}`;
  return {
    folder,
    terminal,
    substitutions: [
      // The package as it is here, and the SDK that it is tested with.
      ["npm install pulumi-secondary-dns @pulumi/pulumi", `npm install ${tarball()} ${sdk}`],
      ...(simulator ? atSimulator(simulator, folder) : []),
    ],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function atSimulator({ accountId, cloudflare, dns }: Simulator, folder: string): Substitution[] {
  const addresses = join(folder, "addresses.json");
  const [address = "", port] = dns.split(":");
  writeFileSync(
    addresses,
    JSON.stringify({ transferFrom: ["127.0.0.1"], notify: [{ address, port: Number(port) }] }),
  );
  const setToken = "pulumi config set --secret cloudflare:apiToken";
  return [
    ["0123456789abcdef0123456789abcdef", accountId],
    // A base URL counts only from the place of its token.
    [setToken, `${setToken} && pulumi config set cloudflare:baseUrl ${cloudflare}`],
    // Where the simulator transfers from, in place of Cloudflare.
    ["primary-config --", `primary-config --cloudflare-addresses ${addresses} --`],
  ];
}
