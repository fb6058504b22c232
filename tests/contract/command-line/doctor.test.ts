import { type SimulatorOptions, startSimulator } from "../../../simulator";
import { closedPort } from "../../support/closed-port";
import { call, standInPulumi } from "../../support/command-line";
import { DoctorChain, MAY_LISTEN_ON_53 } from "../../support/doctor-chain";
import { stateOf } from "../../support/saved-state";
import { credentials } from "../../support/stack";

const onPort53 = MAY_LISTEN_ON_53 ? describe : describe.skip;

const DAY = 86_400;

/** A chain for one test. */
async function withChain<Result>(
  test: (chain: DoctorChain) => Promise<Result>,
  options?: SimulatorOptions,
): Promise<Result> {
  const chain = await DoctorChain.start(options);
  try {
    return await test(chain);
  } finally {
    await chain.end();
  }
}

onPort53("the doctor", () => {
  test("calls a healthy chain healthy, and only reads", () =>
    withChain(async (chain) => {
      await chain.client.control("DELETE", "/requests");
      const before = await chain.state();
      expect(await chain.diagnose()).toMatchObject({ code: 0, codes: [], verdict: "ok", stderr: "" });

      const { body } = await chain.client.control("GET", "/requests");
      const requests = body as readonly { readonly method: string }[];
      expect(requests.length).toBeGreaterThan(3);
      expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
      expect(await chain.state()).toEqual(before);
    }));

  test("tells of it in a picture and lines of 80 columns' shape, and says so without a stack", () =>
    withChain(async (chain) => {
      const { code, stdout, stderr } = await chain.tell();

      expect(code).toBe(0);
      expect(stderr).toBe("No stack is selected here. Using the settings in the environment.\n");
      const lines = stdout.split("\n");
      expect(lines.slice(2, 11).every(({ length }) => length <= 80)).toBe(true);
      expect(stdout).toMatch(/primary 127\.0\.0\.1 port \d+ {2}serial 11, NSEC3 +ok\n/);
      expect(stdout).toMatch(/Cloudflare, presigned {2}serial 11 +ok\n/);
      expect(stdout).toMatch(/parent {2}DS \d+, 2 of 2 name servers are Cloudflare's +ok\n/);
      expect(stdout).toContain("Healthy: nothing found.\n");
    }));

  const faults: readonly [
    what: string,
    plant: (chain: DoctorChain) => Promise<unknown>,
    codes: readonly string[],
    code: number,
  ][] = [
    [
      "a primary that is down",
      async (chain) => chain.patchPeer({ port: await closedPort() }),
      ["primary-unreachable"],
      1,
    ],
    [
      "a key with another secret at the primary",
      (chain) => chain.changeKey({ algorithm: "hmac-sha512", secret: "b3RoZXI=" }),
      ["key-wrong"],
      1,
    ],
    ["a key that the primary does not know", (chain) => chain.changeKey(null), ["key-unknown"], 1],
    ["a peer without a key", (chain) => chain.patchPeer({ tsig_id: "" }), ["peer-without-key"], 0],
    [
      "a peer whose TSIG is gone",
      (chain) => chain.patchPeer({ tsig_id: "f".repeat(32) }),
      ["peer-broken"],
      1,
    ],
    ["a zone that the primary does not have", (chain) => chain.atPrimary(null), ["primary-lacks-zone"], 1],
    [
      "a zone unsigned at its primary under presigned",
      (chain) => chain.changeAtPrimary({ signing: "none" }),
      ["zone-unsigned", "transfer-harms"],
      1,
    ],
    [
      "NSEC at the primary where Cloudflare is told NSEC3",
      (chain) => chain.changeAtPrimary({ signing: "nsec" }),
      ["denial-differs", "name-server-refuses"],
      1,
    ],
    [
      "signatures that may end before Cloudflare looks again",
      (chain) => chain.client.patchZone({ incoming: { auto_refresh_seconds: 20 * DAY } }),
      ["signatures-end-soon", "served-end-soon", "expire-short"],
      0,
    ],
    [
      "a change that Cloudflare was not let to transfer",
      (chain) => chain.changeAtPrimary({ transferKeys: [], records: [] }),
      ["serial-behind"],
      0,
    ],
    [
      "a serial that fell at the primary",
      (chain) => chain.changeAtPrimary({ serial: 3 }),
      ["serial-ahead"],
      1,
    ],
    [
      "a zone that is delegated elsewhere",
      (chain) => chain.client.patchZone({ parent: { nameServers: ["ns.elsewhere.example"] } }),
      ["not-delegated"],
      0,
    ],
    [
      "a delegation that lacks one of Cloudflare's name servers",
      async (chain) => {
        const zone = await chain.transfers.zone();
        await chain.client.patchZone({ parent: { nameServers: zone.parent.nameServers.slice(0, 1) } });
      },
      ["partly-delegated"],
      0,
    ],
    [
      "a delegation that names a server beside Cloudflare's which has no address",
      async (chain) => {
        const { parent } = await chain.transfers.zone();
        await chain.client.patchZone({ parent: { nameServers: [...parent.nameServers, "ns.old.example"] } });
      },
      ["other-server-not-asked"],
      0,
    ],
    [
      "a DS of a foreign key",
      (chain) => chain.client.patchZone({ parent: { ds: [`4711 13 2 ${"AB".repeat(32)}`] } }),
      ["ds-foreign"],
      1,
    ],
    ["no DS of a signed zone", (chain) => chain.client.patchZone({ parent: { ds: [] } }), ["ds-missing"], 0],
    [
      "a DS that resolvers may still hold",
      async (chain) => {
        await chain.diagnose();
        const own = await chain.ownDs();
        await chain.client.patchZone({ parent: { ds: [own, `4711 13 2 ${"AB".repeat(32)}`] } });
      },
      ["ds-cached"],
      0,
    ],
    [
      "a DS of a zone that is served unsigned",
      (chain) =>
        chain.client.patchZone({
          dnssec: { status: "disabled", dnssec_presigned: false, modified_on: null },
        }),
      ["presigned-off", "ds-without-signatures"],
      1,
    ],
    [
      "keys that were rolled at the primary without the DS",
      (chain) => chain.changeAtPrimary({ keyGeneration: 2 }),
      ["ds-foreign"],
      1,
    ],
    [
      "a parent that does not answer",
      (chain) => chain.client.patchZone({ parent: { reachable: false } }),
      ["parent-not-asked"],
      0,
    ],
    [
      "an incoming transfer without peers",
      (chain) => chain.client.patchZone({ incoming: { peers: [] } }),
      ["peers-missing"],
      1,
    ],
    ["no incoming transfer", (chain) => chain.client.patchZone({ incoming: null }), ["transfer-missing"], 1],
    ["a zone that is paused", (chain) => chain.client.patchZone({ paused: true }), ["zone-paused"], 1],
    [
      "a zone that is pending",
      (chain) => chain.client.patchZone({ status: "pending" }),
      ["zone-not-active"],
      0,
    ],
    [
      "a zone that is not secondary",
      (chain) => chain.client.patchZone({ type: "full" }),
      ["zone-not-secondary", "name-server-refuses", "not-delegated"],
      1,
    ],
    [
      "presigned turned off though the primary signs, with the primary's DS at the parent",
      (chain) => chain.client.patchZone({ dnssec: { dnssec_presigned: false } }),
      ["presigned-off", "ds-foreign"],
      1,
    ],
    [
      "a multi-signer zone whose signers lack each other's keys",
      (chain) =>
        chain.client.patchZone({
          dnssec: { dnssec_presigned: false, dnssec_multi_signer: true },
          parent: { ds: [] },
        }),
      ["signer-keys-missing", "ds-missing"],
      1,
    ],
    [
      "DNSSEC with an error at Cloudflare",
      (chain) => chain.client.patchZone({ dnssec: { status: "error" } }),
      ["dnssec-error"],
      1,
    ],
    [
      "HostUp's automatic DNSSEC that is blocked",
      (chain) =>
        chain.client.patchDomain({
          dnssecAuto: {
            status: "blocked",
            isBlocked: true,
            blockedUntil: "2030-01-01T00:00:00Z",
            blockReason: "name servers changed",
          },
        }),
      ["hostup-blocked"],
      0,
    ],
    [
      "HostUp's automatic DNSSEC that failed",
      (chain) => chain.client.patchDomain({ dnssecAuto: { status: "error", lastError: "registry says no" } }),
      ["hostup-error"],
      1,
    ],
    [
      "a DS that HostUp publishes by itself",
      (chain) => chain.client.patchDomain({ dnssecAuto: { status: "active", isEnabled: true } }),
      ["hostup-publishes"],
      0,
    ],
  ];

  test.each(faults)("finds %s", (_what, plant, codes, code) =>
    withChain(async (chain) => {
      await plant(chain);
      const diagnosis = await chain.diagnose();

      expect(diagnosis).toMatchObject({ code, verdict: code === 0 ? "warning" : "fault" });
      expect(diagnosis.codes).toEqual(expect.arrayContaining([...codes]));
      // What was not planted is not found: a list of everything would find every fault.
      expect(diagnosis.codes.filter((each) => !codes.includes(each))).toEqual([]);
    }),
  );

  test("finds a clock that is off", async () => {
    const hour = 3_600_000;
    const diagnosis = await withChain((chain) => chain.diagnose(), { now: () => Date.now() + hour });
    expect(diagnosis).toMatchObject({ code: 1, codes: expect.arrayContaining(["clock-off"]) });
  });

  test("finds signatures that ended at Cloudflare while the primary was away", async () => {
    let behind = 30 * DAY * 1_000;
    const diagnosis = await withChain(
      async (chain) => {
        await chain.patchPeer({ port: await closedPort() });
        behind = 0;
        return chain.diagnose();
      },
      { now: () => Date.now() - behind },
    );
    expect(diagnosis).toMatchObject({
      code: 1,
      codes: expect.arrayContaining(["primary-unreachable", "served-expired"]),
    });
  });
});

describe("the doctor cannot look, and says so with exit code 2,", () => {
  test.each<[what: string, args: readonly string[], sentence: string]>([
    ["without a zone", [], "doctor needs the name of a zone."],
    [
      "at two zones",
      ["example.com", "example.net"],
      'doctor checks one zone, and "example.net" is a second one.',
    ],
    ["at what is no name", ["exa mple.com"], '"exa mple.com" is not a zone name'],
    ["with a misspelt option", ["example.com", "--jsn"], 'There is no option "--jsn". Did you mean --json?'],
  ])("%s", async (_what, args, sentence) => {
    const { code, stdout, stderr } = await call(["doctor", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
  });

  test("at a stack that was named and is not there", async () => {
    const env = standInPulumi({ refusal: "no stack named 'prod' found" });
    const { code, stderr } = await call(["doctor", "example.com", "--stack", "prod"], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('The stack "prod" does not exist here.');
  });

  test("at a host, of which it says in which zone it may be", async () => {
    const simulator = await startSimulator({ zones: 1 });
    try {
      const state = stateOf({ name: "example.com" });
      const env = { ...credentials(simulator), ...standInPulumi({ state }) };
      const { code, stderr } = await call(["doctor", "www.example.com"], { env });
      expect(code).toBe(2);
      expect(stderr).toContain(
        "has a zone www.example.com for this token. It may be a name in example.com.\nNext: ",
      );
    } finally {
      await simulator.close();
    }
  });

  test("with a setting that is wrong, in one sentence and nothing else", async () => {
    const env = {
      ...standInPulumi({ state: stateOf({ name: "example.com" }) }),
      CLOUDFLARE_API_TOKEN: "token",
      SECONDARY_DNS_RESOLVER: "foo",
    };
    const { code, stdout, stderr } = await call(["doctor", "example.com"], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^SECONDARY_DNS_RESOLVER is "foo"; allowed: .*\n$/);
  });

  test("without a credential", async () => {
    const { code, stderr } = await call(["doctor", "example.com"], { env: standInPulumi({}) });
    expect(code).toBe(2);
    expect(stderr).toContain("No Cloudflare credentials found.\nNext: ");
  });
});
