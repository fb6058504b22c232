import "../support/one-realm";
import { useSimulator } from "../support/control";
import { freshRuntime } from "../support/engine-runs";
import { Managed, PROVIDER, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";
import { refusal } from "../support/refusals";

const control = useSimulator();

/** One that nothing in this process has seen yet: it is in the state alone. */
function saved(octet: number) {
  const { accountId } = control().simulator;
  const secret = Buffer.alloc(64, octet).toString("base64");
  const inputs = { accountId, name: "cf.example.com.", algo: "hmac-sha512.", adopt: false };
  const outputs = { ...inputs, secret, tsigId: "ab".repeat(16), __provider: PROVIDER };
  const resource = new Managed(freshRuntime().tsig, simulatorConfig(control().simulator));
  resource.saved = { id: `${accountId}/${"ab".repeat(16)}`, inputs, outputs };
  return { resource, secret, inputs };
}

test.each<[operation: string, octet: number, run: (resource: Managed, inputs: object) => Promise<unknown>]>([
  ["read", 0xa1, (resource) => resource.refresh()],
  ["deleted", 0xa2, (resource) => resource.destroy()],
  ["changed", 0xa3, (resource, inputs) => resource.up({ ...inputs, algo: "hmac-sha256." })],
])(
  "the secret of a Tsig that is %s is known as one, though the state alone has it",
  async (_how, octet, run) => {
    const { resource, secret, inputs } = saved(octet);
    const echo = refusal(400, { code: 1003, message: `no: ${secret}, ${encodeURIComponent(secret)}` });
    await control().clearFaults();
    await control().fault({ path: "/**", count: null, fault: echo });
    expect(await messageOf(run(resource, inputs))).toContain("1003: no: [secret], [secret]");
  },
);
