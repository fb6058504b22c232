import { hostupDnssecAuto, tsig, zoneDnssec } from "../../provider/runtime";
import { startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { type Bag, Managed } from "../support/handlers";
import { messageOf } from "../support/outcome";

/** Two accounts with credentials of their own, each behind its own address. */
let home: Control;
let eu: Control;
let config: Record<string, string>;

beforeEach(async () => {
  home = controlOf(await startSimulator());
  eu = controlOf(await startSimulator());
  config = {
    "cloudflare:apiToken": home.simulator.cloudflareToken,
    "cloudflare:baseUrl": home.simulator.cloudflare,
    "hostup:apiToken": home.simulator.hostupToken,
    "hostup:baseUrl": home.simulator.hostup,
    "cloudflare-eu:email": eu.simulator.cloudflareEmail,
    "cloudflare-eu:apiKey": eu.simulator.cloudflareApiKey,
    "cloudflare-eu:baseUrl": eu.simulator.cloudflare,
    "hostup-eu:apiToken": eu.simulator.hostupToken,
    "hostup-eu:baseUrl": eu.simulator.hostup,
  };
});

afterEach(() => Promise.all([home.simulator.close(), eu.simulator.close()]));

// The simulators have the same ids, so only the credentials say which one is meant.
const resources = [
  ["ZoneDnssec", zoneDnssec, () => ({ zoneId: home.simulator.zones[0]?.id })],
  ["Tsig", tsig, () => ({ accountId: home.simulator.accountId, name: "cf.example.com." })],
  ["HostupDnssecAuto", hostupDnssecAuto, () => ({ domainId: home.simulator.domains[0]?.id })],
] as const;

describe.each(resources)("a %s", (_name, handler, inputs) => {
  const program = (profile?: string): Bag => ({ ...inputs(), ...(profile ? { profile } : {}) });

  test("is created, read, changed and deleted with the credentials of its profile", async () => {
    const resource = new Managed(handler, config);
    await resource.up(program("eu"));
    await resource.refresh();
    expect(await resource.preview(program("eu"))).toEqual([]);
    await resource.destroy();
    expect((await eu.requests()).length).toBeGreaterThanOrEqual(3);
    expect((await eu.requests()).every(({ status }) => status === 200)).toBe(true);
    expect(await home.requests()).toEqual([]);
  });

  test("uses no other credentials than the default ones without a profile", async () => {
    const resource = new Managed(handler, config);
    await resource.up(program());
    await resource.refresh();
    await resource.destroy();
    expect((await home.requests()).length).toBeGreaterThanOrEqual(3);
    expect(await eu.requests()).toEqual([]);
  });

  test("stands beside another one with another profile", async () => {
    const one = new Managed(handler, config);
    const two = new Managed(handler, config);
    await Promise.all([one.up(program()), two.up(program("eu"))]);
    await Promise.all([one.refresh(), two.refresh()]);
    await Promise.all([one.destroy(), two.destroy()]);
    const all = [...(await home.requests()), ...(await eu.requests())];
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect((await home.requests()).length).toBe((await eu.requests()).length);
  });

  test("takes a new profile without being replaced", async () => {
    const resource = new Managed(handler, {
      ...config,
      "cloudflare-second:apiToken": home.simulator.cloudflareToken,
      "cloudflare-second:baseUrl": home.simulator.cloudflare,
      "hostup-second:apiToken": home.simulator.hostupToken,
      "hostup-second:baseUrl": home.simulator.hostup,
    });
    await resource.up(program());
    await home.forgetRequests();
    expect(await resource.up(program("second"))).toBe("updated");
    expect((await home.requests()).filter(({ method }) => method !== "GET")).toEqual([]);
    await resource.refresh();
    expect(await resource.preview(program("second"))).toEqual([]);
  });

  test("does not fall back to other credentials when its profile has none", async () => {
    const message = await messageOf(new Managed(handler, config).up(program("us")));
    expect(message).toMatch(/^No (Cloudflare|HostUp) credentials found\.\nNext: /);
    expect(message).toContain("-us:apiToken");
    expect(await home.requests()).toEqual([]);
    expect(await eu.requests()).toEqual([]);
  });

  test("previews without credentials and without a call", async () => {
    const resource = new Managed(handler, config);
    await resource.up(program());
    await home.forgetRequests();
    const fork = new Managed(handler, {});
    fork.saved = resource.state;
    expect(await fork.preview(program())).toEqual([]);
    expect(await fork.preview(program("eu"))).toEqual(["profile"]);
    expect(await home.requests()).toEqual([]);
  });
});

test("a base URL of the stack file never gets to see a token of the environment", async () => {
  const resource = new Managed(zoneDnssec, config);
  await resource.up({ zoneId: home.simulator.zones[0]?.id });
  const variables = { ...process.env };
  process.env.CLOUDFLARE_API_TOKEN = "token-of-the-environment";
  try {
    const changed = new Managed(zoneDnssec, { "cloudflare:baseUrl": eu.simulator.cloudflare });
    changed.saved = resource.state;
    for (const run of [() => changed.refresh(), () => changed.destroy()]) {
      expect(await messageOf(run())).toContain("cloudflare:baseUrl is set in the stack configuration");
    }
    expect(await eu.requests()).toEqual([]);
  } finally {
    process.env = variables;
  }
});

test("credentials are read when a call is made, so that new ones need no new state", async () => {
  const { simulator } = home;
  const resource = new Managed(zoneDnssec, config);
  await resource.up({ zoneId: simulator.zones[0]?.id });
  const renewed = new Managed(zoneDnssec, { ...config, "cloudflare:apiToken": "wrong-token" });
  renewed.saved = resource.state;
  const message = await messageOf(renewed.refresh());
  expect(message).toContain("HTTP 403");
  expect(message).not.toContain("wrong-token");
});

test("nothing of the credentials is kept in state", async () => {
  for (const [, handler, inputs] of resources) {
    const resource = new Managed(handler, config);
    await resource.up(inputs());
    await resource.refresh();
    const state = JSON.stringify(resource.state);
    expect(state).not.toContain(home.simulator.cloudflareToken);
    expect(state).not.toContain(home.simulator.hostupToken);
    expect(state).not.toContain(home.simulator.cloudflare);
  }
});
