import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { compileBinary, runBinary } from "../support/simulator-binary";
import { SimulatorClient } from "../support/simulator-client";

let main: string;
beforeAll(() => {
  main = compileBinary();
});
afterAll(() => rmSync(dirname(main), { recursive: true, force: true }));

describe("secondary-dns-simulator", () => {
  test("goes on when nobody reads its log or its line any more", async () => {
    const { process: child, nextLine, ended } = runBinary(main, []);
    const client = new SimulatorClient(JSON.parse((await nextLine()) ?? ""));
    child.stdout?.destroy();
    child.stderr?.destroy();
    for (let request = 0; request < 5; request += 1) {
      expect((await client.cloudflare("GET", client.tsigs)).status).toBe(200);
    }
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "prints where it listens, logs requests without a secret and ends well on %s",
    async (signal) => {
      const run = runBinary(main, ["--port", "0", "--zones", "1", "--rate-limit", "50/10"]);
      const address = JSON.parse((await run.nextLine()) ?? "");
      expect(Object.keys(address)).toEqual([
        "cloudflare",
        "hostup",
        "control",
        "dns",
        "cloudflareToken",
        "cloudflareEmail",
        "cloudflareApiKey",
        "hostupToken",
        "accountId",
        "zones",
        "domains",
      ]);
      expect(address).toMatchObject({
        cloudflare: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/client\/v4$/),
        hostup: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2$/),
        control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/_control$/),
        zones: [
          { id: expect.stringMatching(/^[0-9a-f]{32}$/), name: "zone-0000.example", type: "secondary" },
        ],
        domains: [{ id: expect.stringMatching(/^dom_[0-9a-z]{26}$/), name: "zone-0000.se" }],
      });

      const client = new SimulatorClient(address);
      const key = { name: "key.example.", algo: "hmac-sha512.", secret: "dG9wLXNlY3JldA==" };
      const { headers } = await client.cloudflare("POST", client.tsigs, key);
      expect(headers.get("ratelimit-policy")).toBe('"default";q=50;w=10');
      await client.cloudflare("GET", `/zones?name=${address.cloudflareToken}`);
      await client.hostup("GET", client.domain);
      run.process.kill(signal);

      expect(await run.ended).toBe(0);
      expect(await run.nextLine()).toBeUndefined();
      const lines = run.stderr().trimEnd().split("\n");
      expect(lines).toEqual([
        expect.stringMatching(/^POST \/client\/v4\/accounts\/\w+\/secondary_dns\/tsigs 200 [\d.]+ ms$/),
        expect.stringMatching(/^GET \/client\/v4\/zones 200 [\d.]+ ms$/),
        expect.stringMatching(/^GET \/api\/v2\/domains\/\w+ 200 [\d.]+ ms$/),
      ]);
      for (const secret of [
        key.secret,
        address.cloudflareToken,
        address.cloudflareApiKey,
        address.hostupToken,
      ]) {
        expect(run.stderr()).not.toContain(secret);
      }
    },
  );

  test("explains itself", async () => {
    const run = runBinary(main, ["--help"]);

    expect(await run.nextLine()).toBe("Usage: secondary-dns-simulator [options]");
    expect(await run.ended).toBe(0);
  });

  test("refuses bad arguments", async () => {
    const run = runBinary(main, ["--zones", "many"]);

    expect(await run.ended).toBe(2);
    expect(await run.nextLine()).toBeUndefined();
    expect(run.stderr()).toBe(
      'secondary-dns-simulator: --zones must be a whole number from 0 to 10000, not "many"\n',
    );
  });

  test("says so when the port is taken", async () => {
    const first = runBinary(main, []);
    const { control } = JSON.parse((await first.nextLine()) ?? "");
    const second = runBinary(main, ["--port", new URL(control).port]);

    expect(await second.ended).toBe(1);
    expect(second.stderr()).toMatch(/^secondary-dns-simulator: listen EADDRINUSE/);
    first.process.kill("SIGTERM");
    expect(await first.ended).toBe(0);
  });
});
