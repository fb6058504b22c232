import { oneOfEach } from "../support/one-of-each";

const nowhere = { CLOUDFLARE_BASE_URL: "https://127.0.0.1:9", HOSTUP_BASE_URL: "https://127.0.0.1:9" };

test("a preview needs neither credentials nor a network", async () => {
  const { stack, control } = await oneOfEach({ env: nowhere });
  const preview = await stack.succeed("preview");
  expect(preview.output).toMatch(/4 to create/);
  expect(await control.requests()).toEqual([]);
});

test("an up without credentials says where to put them", async () => {
  const { stack } = await oneOfEach({ env: nowhere });
  const ran = await stack.pulumi("up", "--yes", "--skip-preview");
  expect(ran.code).not.toBe(0);
  expect(ran.output).toContain("No Cloudflare credentials found.");
  expect(ran.output).toContain("pulumi config set --secret cloudflare:apiToken");
  expect(ran.output).toContain("HOSTUP_API_TOKEN");
  expect(ran.output).not.toMatch(/at .*\.js:\d+/);
});
