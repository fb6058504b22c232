import "../support/one-realm";
import { getDnssec } from "../../provider/cloudflare/dnssec";
import { getDnssecAuto } from "../../provider/hostup/dnssec-auto";
import { type Clients, clientsOf } from "../support/clients";
import { useSimulator } from "../support/control";
import { SILENT } from "../support/engine-runs";
import { simulatorConfig } from "../support/handlers";
import { callsDuring } from "../support/outcome";

const control = useSimulator({ zones: 4 });

const ids = (kind: "zones" | "domains") => control().simulator[kind].map(({ id }) => id);
const read: Readonly<Record<"zones" | "domains", (clients: Clients) => Promise<unknown>[]>> = {
  zones: ({ cloudflare }) => ids("zones").map((id) => getDnssec(cloudflare, id)),
  domains: ({ hostup }) => ids("domains").map((id) => getDnssecAuto(hostup, id)),
};

/** In whichever of the two forms, on every answer. */
describe.each<[header: string, headers: Record<string, string>]>([
  ["a spent budget for a day", { ratelimit: '"default";r=0;t=86400' }],
  ["a spent budget for 3,000 years", { ratelimit: '"default";r=0;t=99999999999' }],
  ["a spent budget for a number of 300 digits", { ratelimit: `"default";r=0;t=${"9".repeat(300)}` }],
  [
    "a spent budget until 2099",
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2099-01-01T00:00:00Z" },
  ],
  [
    "a budget of a number of 300 digits",
    { ratelimit: '"d";r=1;t=9999999', "ratelimit-policy": `"d";q=${"9".repeat(300)}` },
  ],
])("an answer that tells of %s", (_header, headers) => {
  const success = { success: true, errors: [], messages: [], result: { status: "disabled" } };
  const auto = {
    domainName: null,
    status: "active",
    reason: null,
    isEnabled: true,
    isBlocked: false,
    blockedUntil: null,
    blockReason: null,
    lastCheckedAt: null,
    lastError: null,
    nameserversChangedAt: null,
  };

  test.each([
    ["zones", success],
    ["domains", auto],
  ] as const)("stops no later call (%s)", async (kind, body) => {
    await control().clearFaults();
    await control().fault({
      method: "GET",
      count: null,
      fault: { kind: "status", status: 200, body, headers },
    });
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    const clients = clientsOf(simulatorConfig(control().simulator), { progress: SILENT });
    const began = Date.now();
    const [, calls] = await callsDuring(control(), async () => {
      for (let round = 0; round < 3; round += 1) await Promise.all(read[kind](clients));
    });
    process.off("warning", note);
    expect(calls).toHaveLength(12);
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(warnings).toEqual([]);
  });
});
