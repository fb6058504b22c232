import "../support/one-realm";
import { PAGE_ITEMS, PAGES } from "../../provider/core/bounds";
import { UnexpectedAnswerError } from "../../provider/core/errors";
import { findDomainId } from "../../provider/hostup/domains";
import { listDomains } from "../../provider/hostup/list-domains";
import { type Clients, clientsOf } from "../support/clients";
import { useSimulator } from "../support/control";
import { simulatorConfig } from "../support/handlers";
import { callsDuring, errorOf } from "../support/outcome";

const control = useSimulator();
let clients: Clients;

beforeEach(async () => {
  await control().clearFaults();
  clients = clientsOf(simulatorConfig(control().simulator));
});

/** The next page, or all that follow. */
async function page(document: object, count: number | null = 1): Promise<void> {
  const body = { data: [], ...document };
  await control().fault({
    service: "hostup",
    method: "GET",
    count,
    fault: { kind: "status", status: 200, body },
  });
}

/** What ends the list, and the calls that it took. */
async function endOf(run: () => Promise<unknown>): Promise<{ error: Error; calls: number }> {
  const [error, calls] = await callsDuring(control(), () => errorOf(run()));
  return { error, calls: calls.length };
}

const DOMAIN = { id: "dom_1", name: "one.se" };

describe.each([
  ["a list of all domains", () => listDomains(clients.hostup)],
  ["a look-up by name", () => findDomainId(clients.hostup, "two.se")],
])("%s ends in an error, not in a list that lacks some,", (_title, run) => {
  test("when a cursor leads back to the page that it stands on", async () => {
    await page({ data: [DOMAIN], hasMore: true, nextCursor: "a" }, null);
    const { error, calls } = await endOf(run);
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error.message).toContain("nextCursor leads back to a page that was read before");
    expect(error.message).toMatch(/^Next: \S/m);
    expect(calls).toBe(2);
  });

  test("when two cursors take turns", async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      await page({ data: [DOMAIN], hasMore: true, nextCursor: turn % 2 ? "b" : "a" });
    }
    const { error, calls } = await endOf(run);
    expect(error.message).toContain("nextCursor leads back to a page that was read before");
    expect(calls).toBe(3);
  });

  test("when there is a new cursor on every page", async () => {
    for (let number = 0; number < PAGES + 5; number += 1) {
      await page({ hasMore: true, nextCursor: `cursor-${number}` });
    }
    const { error, calls } = await endOf(run);
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error.message).toContain(`there are more than ${PAGES} pages`);
    expect(calls).toBe(PAGES);
  });

  test.each([null, undefined, ""])("when there is more, and the cursor is %p", async (nextCursor) => {
    await page({ data: [DOMAIN], hasMore: true, nextCursor });
    const { error, calls } = await endOf(run);
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error.message).toContain("hasMore is true, and nextCursor is missing");
    expect(calls).toBe(1);
  });

  test.each<[what: string, document: object]>([
    ["a cursor is longer than a URL takes", { hasMore: true, nextCursor: "c".repeat(100_000) }],
    ["a cursor is no text", { hasMore: true, nextCursor: { $gt: "" } }],
    ["a page holds more than a page can", { data: Array.from({ length: PAGE_ITEMS + 1 }, () => DOMAIN) }],
    ["an id leads elsewhere", { data: [{ id: "../account", name: "two.se" }] }],
    ["an id is empty", { data: [{ id: "", name: "two.se" }] }],
    ["a name is longer than any", { data: [{ id: "dom_1", name: "x".repeat(10_000) }] }],
  ])("when %s", async (_what, document) => {
    await page(document);
    const { error, calls } = await endOf(run);
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error.message.length).toBeLessThan(1_500);
    expect(calls).toBe(1);
  });
});

test("a list of as many pages as there may be is read to its end", async () => {
  for (let number = 1; number < PAGES; number += 1) {
    await page({
      data: [{ id: `dom_${number}`, name: `${number}.se` }],
      hasMore: true,
      nextCursor: `${number}`,
    });
  }
  await page({ data: [{ id: "dom_last", name: "last.se" }], hasMore: false, nextCursor: null });
  expect(await listDomains(clients.hostup)).toHaveLength(PAGES);
});

test("a cursor goes into the URL as one value, whatever is in it", async () => {
  await page({ hasMore: true, nextCursor: "a&name=b#c/../d e" });
  const cursors: (string | null)[] = [];
  await listDomains(clients.hostup).catch(({ data }) =>
    cursors.push(new URL(data.url).searchParams.get("cursor")),
  );
  expect(cursors).toEqual(["a&name=b#c/../d e"]);
});
