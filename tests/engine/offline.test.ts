import { once } from "node:events";
import { createServer } from "node:net";
import { oneOfEach } from "../support/one-of-each";

const nowhere = {
  CLOUDFLARE_BASE_URL: "https://127.0.0.1:9/client/v4",
  HOSTUP_BASE_URL: "https://127.0.0.1:9/api/v2",
};

test("a preview needs neither credentials nor a network, and does not try", async () => {
  let connections = 0;
  const listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const port = typeof address === "object" && address ? address.port : 0;
  try {
    const { stack } = await oneOfEach({
      env: {
        CLOUDFLARE_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
        HOSTUP_BASE_URL: `http://127.0.0.1:${port}/api/v2`,
      },
    });
    const preview = await stack.succeed("preview");
    expect(preview.output).toMatch(/4 to create/);
    expect(connections).toBe(0);
  } finally {
    listener.close();
  }
});

test("an up without credentials says where to put them", async () => {
  const { stack } = await oneOfEach({ env: nowhere });
  // Else the first failure stops what has not begun.
  const ran = await stack.pulumi("up", "--yes", "--skip-preview", "--continue-on-error");
  expect(ran.code).not.toBe(0);
  expect(ran.output).toContain("No Cloudflare credentials found.");
  expect(ran.output).toContain("pulumi config set --secret cloudflare:apiToken");
  expect(ran.output).toContain("HOSTUP_API_TOKEN");
  expect(ran.output).not.toMatch(/at .*\.js:\d+/);
});
