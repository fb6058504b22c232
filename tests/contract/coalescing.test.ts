import "../support/one-realm";
import { randomBytes } from "node:crypto";
import { getDnssec } from "../../provider/cloudflare/dnssec";
import { accountTsigs, type TsigContent } from "../../provider/cloudflare/tsigs";
import { Secret } from "../../provider/core/secret";
import { findDomainId } from "../../provider/hostup/domains";
import { tsigAccount } from "../../provider/runtime/tsig/resource";
import { type Clients, clientsOf } from "../support/clients";
import { useSimulator } from "../support/control";
import { freshRuntime, HASTY } from "../support/engine-runs";
import { type Handler, handlerOf, simulatorConfig, stackConfig } from "../support/handlers";
import { callsDuring, messageOf } from "../support/outcome";

const TSIGS = "/accounts/*/secondary_dns/tsigs";
const DOMAINS = "/domains";

const control = useSimulator({ zones: 1, rateLimit: { requests: 100_000, seconds: 300 } });
let clients: Clients;
let ids: string[];

/** The account's TSIGs, so many of them and no others. */
async function tsigs(count: number): Promise<void> {
  const { accountId } = control().simulator;
  const old = Object.keys((await control().state()).tsigs).map((id) => [id, null] as const);
  const news = Array.from({ length: count }, () => {
    const id = randomBytes(16).toString("hex");
    const secret = randomBytes(64).toString("base64");
    return [id, { accountId, name: "cf.example.com.", algo: "hmac-sha512.", secret }] as const;
  });
  await control().patch({ tsigs: Object.fromEntries([...old, ...news]) });
  ids = news.map(([id]) => id);
}

const account = () => tsigAccount(clients.cloudflare, control().simulator.accountId);
const zoneId = () => control().simulator.zones[0]?.id ?? "";
const during = <Result>(run: () => Promise<Result>) => callsDuring(control(), run);

beforeEach(async () => {
  clients = clientsOf(simulatorConfig(control().simulator), { retryPolicy: HASTY });
  await tsigs(3);
});

afterEach(() => control().clearFaults());

/** Runs the jobs, so many at once, as the engine does with its resources. */
async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  job: (item: Item) => Promise<unknown>,
) {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await job(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

describe("a refresh of TSIGs", () => {
  test("of 1,000, eight at once, makes at most 10 calls and gives each resource its own", async () => {
    await tsigs(1_000);
    const { simulator } = control();
    const handler: Handler = handlerOf(freshRuntime().tsig);
    await handler.configure(stackConfig(simulatorConfig(simulator)));
    const seen = new Map<string, unknown>();
    const [, made] = await during(() =>
      inParallel(ids, 8, async (id) => {
        const { props } = await handler.read(`${simulator.accountId}/${id}`, {});
        seen.set(id, props);
      }),
    );
    expect(made.length).toBeLessThanOrEqual(10);
    expect(seen.size).toBe(1_000);
    const there = (await control().state()).tsigs;
    for (const [id, props] of seen) expect(props).toMatchObject({ tsigId: id, secret: there[id]?.secret });
  });

  test("asks by id for what the list lacks, so that a cut list is no deletion", async () => {
    const [first = "", second = ""] = ids;
    const { tsigs } = await control().state();
    const list = Object.values(tsigs).filter(({ id }) => id === first);
    const body = { success: true, errors: [], messages: [], result: list };
    await control().fault({ method: "GET", path: TSIGS, fault: { kind: "status", status: 200, body } });
    const [found, made] = await during(() => Promise.all([account().read(first), account().read(second)]));
    expect(found.map((key) => key?.id)).toEqual([first, second]);
    expect(made).toEqual(["GET tsigs", `GET tsigs/${second}`]);
  });

  test("asks by id before it calls one deleted", async () => {
    const [first = ""] = ids;
    await control().patch({ tsigs: { [first]: null } });
    const [found, made] = await during(() => account().read(first));
    expect(found).toBeUndefined();
    expect(made).toEqual(["GET tsigs", `GET tsigs/${first}`]);
  });

  test("does not remember a list that failed", async () => {
    const [first = ""] = ids;
    await control().fault({ method: "GET", path: TSIGS, fault: { kind: "status", status: 403 } });
    expect(await messageOf(account().read(first))).toContain("HTTP 403");
    expect(await account().read(first)).toMatchObject({ id: first });
  });

  test("shares its list for as long as its reads follow one another, and no longer than 15 s", async () => {
    const [first = ""] = ids;
    const now = jest.spyOn(Date, "now");
    const began = Date.now();
    try {
      const [, made] = await during(async () => {
        for (let after = 0; after <= 15_000; after += 1_500) {
          now.mockReturnValue(began + after);
          await account().read(first);
        }
      });
      expect(made).toEqual(["GET tsigs", "GET tsigs"]);
    } finally {
      now.mockRestore();
    }
  });

  test("lists again once two seconds have passed, so that a later operation sees what changed", async () => {
    const [first = ""] = ids;
    await account().read(first);
    await control().patch({ tsigs: { [first]: { algo: "hmac-sha1." } } });
    const now = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 2_001);
    try {
      expect(await account().read(first)).toMatchObject({ algo: "hmac-sha1." });
    } finally {
      now.mockRestore();
    }
  });
});

describe("a read after a write", () => {
  const content = (): TsigContent => ({
    name: "cf.example.com.",
    algo: "hmac-sha256.",
    secret: new Secret(randomBytes(64).toString("base64")),
  });

  test("does not see a list from before it", async () => {
    const [first = ""] = ids;
    await account().read(first);
    const wanted = content();
    await account().replace(first, wanted);
    const found = await account().read(first);
    expect(found?.secret.reveal()).toBe(wanted.secret.reveal());
    await account().delete(first);
    expect(await account().read(first)).toBeUndefined();
  });

  test("does not share a list that was asked for before it and is still under way", async () => {
    const { cloudflare } = clients;
    const { accountId } = control().simulator;
    // The first answer tells the budget, so that the next calls need not go one by one.
    await accountTsigs.list(cloudflare, accountId);
    await control().fault({ method: "GET", path: TSIGS, fault: { kind: "delay", milliseconds: 300 } });
    const before = accountTsigs.list(cloudflare, accountId);
    const made = await accountTsigs.create(cloudflare, accountId, content(), async () => undefined);
    const after = accountTsigs.list(cloudflare, accountId);
    const [, calls] = await during(() => Promise.all([before, after]));
    expect((await after).map(({ id }) => id)).toContain(made.id);
    expect(calls.filter((call) => call === "GET tsigs")).toHaveLength(2);
  });

  test("does not share a list with the recovery of a lost answer", async () => {
    const { accountId } = control().simulator;
    await control().fault({ method: "POST", fault: { kind: "lost-answer" } });
    const look = account().finder(await account().now(), ({ name }) => name === content().name);
    const made = await account().create(content(), look);
    expect(Object.keys((await control().state()).tsigs)).toHaveLength(4);
    expect((await accountTsigs.list(clients.cloudflare, accountId)).map(({ id }) => id)).toContain(made.id);
  });
});

describe("HostUp domains that are looked up by name", () => {
  const named = (index: number) => `name-${index}.se`;
  const find = (index: number) => findDomainId(clients.hostup, named(index));

  /** The account's domains, so many of them and no others. */
  async function domains(count: number, name = named): Promise<void> {
    const old = Object.keys((await control().state()).domains).map((id) => [id, null] as const);
    const news = Array.from(
      { length: count },
      (_, index) => [`dom_${index}`, { name: name(index) }] as const,
    );
    await control().patch({ domains: Object.fromEntries([...old, ...news]) });
  }

  /** The next page that HostUp answers. */
  const page = (indices: readonly number[], nextCursor: string | null, count: number | null = 1) => {
    const data = indices.map((index) => ({ id: `dom_${index}`, name: named(index) }));
    const body = { data, hasMore: nextCursor !== null, nextCursor };
    const fault = { kind: "status", status: 200, body } as const;
    return control().fault({ method: "GET", path: DOMAINS, count, fault });
  };

  beforeEach(() => domains(3));

  test("cost one call when one comes alone, however many domains there are", async () => {
    await domains(1_500);
    expect(await during(() => find(1_499))).toEqual(["dom_1499", ["GET domains"]]);
  });

  test("share one list when they come together, and shortly after", async () => {
    const [found, made] = await during(() => Promise.all([find(0), find(1), find(2)]));
    expect(found).toEqual(["dom_0", "dom_1", "dom_2"]);
    expect(made).toEqual(["GET domains", "GET domains"]);
    expect(await during(() => find(0))).toEqual(["dom_0", []]);
  });

  test("share a list of many pages", async () => {
    await domains(2_500);
    const [found, made] = await during(() => Promise.all([find(0), find(999), find(2_499)]));
    expect(found).toEqual(["dom_0", "dom_999", "dom_2499"]);
    expect(made).toHaveLength(4);
  });

  test("are asked for by name when the list lacks them", async () => {
    await find(0);
    await page([], null);
    expect(await during(() => find(1))).toEqual(["dom_1", ["GET domains", "GET domains"]]);
  });

  test("are asked for by name before they are called unknown", async () => {
    await find(0);
    const [message, made] = await during(() => messageOf(find(3)));
    expect(message).toContain(`HostUp knows no domain ${named(3)} in this account.`);
    expect(made).toEqual(["GET domains", "GET domains"]);
  });

  test("are asked for again after two seconds, so that a later operation sees what changed", async () => {
    await Promise.all([find(0), find(1)]);
    await control().patch({ domains: { dom_1: null, dom_new: { name: named(1) } } });
    const now = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 2_001);
    try {
      expect(await during(() => find(1))).toEqual(["dom_new", ["GET domains"]]);
    } finally {
      now.mockRestore();
    }
  });

  test("do not remember a list that failed", async () => {
    await find(0);
    await control().fault({ method: "GET", path: DOMAINS, fault: { kind: "status", status: 403 } });
    expect(await messageOf(find(1))).toContain("HTTP 403");
    expect(await find(1)).toBe("dom_1");
  });

  test("are all told when several have the name, on however many pages", async () => {
    await domains(60, () => named(0));
    const message = await messageOf(find(0));
    for (const id of ["dom_0", "dom_59"]) expect(message).toContain(id);
  });

  test("are one domain when pages show it twice", async () => {
    await page([0], "next");
    await page([0, 1], null);
    expect(await find(0)).toBe("dom_0");
  });

  test("come to an end when a cursor leads to itself", async () => {
    await page([], "again", null);
    expect(await messageOf(find(0))).toContain("knows no domain");
  });
});

describe("equal reads at the same moment", () => {
  test("share one call, and each has its answer", async () => {
    const [answers, made] = await during(() =>
      Promise.all(Array.from({ length: 20 }, () => getDnssec(clients.cloudflare, zoneId()))),
    );
    expect(made).toEqual(["GET dnssec"]);
    expect(new Set(answers.map((answer) => answer?.status))).toEqual(new Set(["disabled"]));
  });

  test("share no call with a later one", async () => {
    const [, made] = await during(async () => {
      await getDnssec(clients.cloudflare, zoneId());
      await getDnssec(clients.cloudflare, zoneId());
    });
    expect(made).toHaveLength(2);
  });

  test("share a failure, and are tried again together", async () => {
    await control().fault({ method: "GET", fault: { kind: "reset" } });
    const read = () => getDnssec(clients.cloudflare, zoneId());
    const [, made] = await during(() => Promise.all([read(), read(), read()]));
    expect(made.length).toBeGreaterThanOrEqual(2);
    expect(made.length).toBeLessThanOrEqual(4);
  });

  test("end each with an error that tells the effort once", async () => {
    await control().fault({ method: "GET", count: null, fault: { kind: "reset" } });
    const read = () => messageOf(getDnssec(clients.cloudflare, zoneId()));
    for (const message of await Promise.all([read(), read(), read()])) {
      expect(message.match(/Gave up after/g)).toHaveLength(1);
    }
  });
});
