import { createCloudflareClient } from "../../provider/cloudflare/client";
import { inAccount, RecentObjects } from "../../provider/cloudflare/recent-objects";
import { readSettings } from "../../provider/core/settings";
import { createTransport } from "../../provider/http/transport";

const settings = readSettings(
  { config: () => undefined, env: (name) => (name === "CLOUDFLARE_API_TOKEN" ? "t".repeat(40) : undefined) },
  "cloudflare",
  undefined,
);
const client = () => createCloudflareClient(createTransport(), settings);
const item = { id: "1", name: "as written" };

afterEach(() => jest.useRealTimers());

test("what was written is known for half a minute", () => {
  jest.useFakeTimers();
  const recent = new RecentObjects<typeof item>();
  const mine = client();
  recent.note(mine, inAccount("account", "1"), item);
  jest.advanceTimersByTime(29_000);
  expect(recent.find(mine, inAccount("account", "1"))).toBe(item);
  jest.advanceTimersByTime(1_000);
  expect(recent.find(mine, inAccount("account", "1"))).toBeUndefined();
});

test("it is not known of another account, by another credential, or once it is about to be written again", () => {
  const recent = new RecentObjects<typeof item>();
  const mine = client();
  recent.note(mine, inAccount("account", "1"), item);
  expect(recent.find(mine, inAccount("other", "1"))).toBeUndefined();
  expect(recent.find(client(), inAccount("account", "1"))).toBeUndefined();
  recent.forget(mine, inAccount("account", "1"));
  expect(recent.find(mine, inAccount("account", "1"))).toBeUndefined();
});

test("it is not known in another run", () => {
  const recent = new RecentObjects<typeof item>();
  const mine = client();
  recent.note(mine, inAccount("account", "1"), item);
  recent.forgetAll();
  expect(recent.find(mine, inAccount("account", "1"))).toBeUndefined();
});
