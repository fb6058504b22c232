import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compiled } from "../support/compiled";

const TOKEN = "a-token-that-nobody-may-see";
const SECRET = Buffer.alloc(64, 7).toString("base64");

/**
 * A client over a transport that answers from memory: first a 429, then what was asked for. Its
 * second call fails on the wire, with the token in the path to see that it is taken out. Then a primary is asked.
 */
const PROGRAM = `
const { createCloudflareClient } = require("./provider/cloudflare/client");
const { accountTsigs } = require("./provider/cloudflare/tsigs");
const { NetworkError } = require("./provider/core/errors");
const { DEFAULT_RETRY_POLICY } = require("./provider/http/retry-policy");
const { Secret } = require("./provider/core/secret");
const { ask } = require("./provider/dns/ask");
const { hasSignaturesInTransfer } = require("./provider/dns/transfer-signatures");

const token = new Secret(process.env.TOKEN);
const secret = new Secret(process.env.SECRET);
const result = { id: "0123456789abcdef0123456789abcdef", name: "cf.example.com.", algo: "hmac-sha512.", secret: secret.reveal() };
const answer = (status, body, headers) => ({
  status,
  header: (name) => headers[name],
  text: JSON.stringify(body),
});
const answers = [
  () => answer(429, { success: false, errors: [{ code: 971, message: "wait" }] }, { "cf-ray": "ray-1", "retry-after": "0" }),
  () => answer(200, { success: true, result }, { "cf-ray": "ray-2" }),
  (call) => { throw new NetworkError({ ...call, reason: "reset", reasonCode: "ECONNRESET", hint: "" }); },
];
const transport = {
  send: async (call) => answers.shift()(call),
  retryPolicy: { ...DEFAULT_RETRY_POLICY, unsure: 0 },
  progress: { say() {} },
};
const client = createCloudflareClient(transport, {
  baseUrl: new URL("http://127.0.0.1/client/v4"),
  credentials: { kind: "token", token },
});
(async () => {
  await accountTsigs.create(client, "acc", { name: "cf.example.com.", algo: "hmac-sha512.", secret }, async () => undefined);
  await accountTsigs.get(client, "acc", token.reveal()).catch(() => {});
  const key = { name: "cf.example.com.", algorithm: "hmac-sha256.", secret };
  const primary = { name: "ns1", address: "127.0.0.1", port: 9, key };
  await ask(primary, { name: "example.com", type: "SOA" });
  await hasSignaturesInTransfer(primary, "example.com");
})();
`;

let folder: string;

beforeAll(() => {
  folder = compiled("provider", "servers");
  writeFileSync(join(folder, "program.js"), PROGRAM);
});

function run(NODE_DEBUG: string): { lines: string[]; output: string; stdout: string } {
  const env = { NODE_DEBUG, TOKEN, SECRET };
  const ran = spawnSync(process.execPath, ["program.js"], { cwd: folder, env, encoding: "utf8" });
  if (ran.status !== 0) throw new Error(ran.stderr);
  const lines = ran.stderr.split("\n").filter((line) => line.startsWith("SECONDARY-DNS"));
  return { lines, output: ran.stderr + ran.stdout, stdout: ran.stdout };
}

describe("NODE_DEBUG=secondary-dns", () => {
  const TSIGS = "/client/v4/accounts/acc/secondary_dns/tsigs";
  const numbers = String.raw`waited=\d+ms took=\d+ms`;

  test("prints a line a request and a line a question: who was asked for what, what came of it and when", () => {
    const { lines } = run("secondary-dns");
    expect(lines.map((line) => line.replace(/^SECONDARY-DNS \d+: /, ""))).toEqual([
      expect.stringMatching(new RegExp(`^POST ${TSIGS} 429 attempt=1 ${numbers} request=ray-1$`)),
      expect.stringMatching(new RegExp(`^POST ${TSIGS} 200 attempt=2 ${numbers} request=ray-2$`)),
      expect.stringMatching(
        new RegExp(String.raw`^GET ${TSIGS}/\[secret\] no answer attempt=1 ${numbers} request=-$`),
      ),
      ...["SOA", "AXFR"].map((type) =>
        expect.stringMatching(
          new RegExp(
            String.raw`^DNS 127\.0\.0\.1 port 9 tcp ${type} example\.com unreachable took=\d+ms key=cf\.example\.com\.$`,
          ),
        ),
      ),
    ]);
  });

  test("never prints a body, a header or a secret", () => {
    const { output } = run("secondary-dns");
    for (const hidden of [TOKEN, SECRET, SECRET.slice(0, 20), "hmac-sha512", "authorization", "Bearer"]) {
      expect(output).not.toContain(hidden);
    }
  });

  test("prints to stderr alone, which is not the engine's", () => {
    expect(run("secondary-dns").stdout).toBe("");
  });

  test("is what it takes: without it nothing is printed", () => {
    expect(run("").output).toBe("");
    expect(run("http-something-else").lines).toEqual([]);
  });
});
