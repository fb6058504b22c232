import { refreshWarning, signatureTimes } from "../../servers/signature-times";
import { type Mode, serverConfig } from "../support/server-config";

const DAY = 86_400;

test.each([
  [300, { propagation: 1, remaining: 7, lifetime: 21 }],
  [DAY, { propagation: 2, remaining: 7, lifetime: 21 }],
  [3 * DAY, { propagation: 6, remaining: 7, lifetime: 21 }],
  [7 * DAY, { propagation: 14, remaining: 15, lifetime: 30 }],
  [7 * DAY + 1, { propagation: 15, remaining: 16, lifetime: 32 }],
])("signatures outlast two looks that are %d s apart", (refreshSeconds, days) => {
  expect(signatureTimes({ refreshSeconds })).toEqual(days);
});

test("a server that signs for a fixed time warns where that is too short for two looks", () => {
  expect(refreshWarning({ refreshSeconds: 3.5 * DAY }, 7)).toEqual([]);
  expect(refreshWarning({ refreshSeconds: 3.5 * DAY + 1 }, 7)).toEqual([
    expect.stringContaining("autoRefreshSeconds is 302401: signatures of this server may expire"),
  ]);
});

describe.each<[Mode, boolean]>([
  ["nsec3", true],
  ["multi-signer", true],
  ["none", false],
])("the texts for %s", (mode, warns) => {
  test.each([
    ["nsd", 8 * DAY],
    ["powerdns", 4 * DAY],
  ] as const)(
    "say for %s that a look every %d s is too seldom, if it signs",
    (server, autoRefreshSeconds) => {
      const key = { name: "cf.example.com.", algo: "hmac-sha512.", secret: "AAAA" };
      const text = serverConfig({ zoneName: "example.com", keys: [key], mode, autoRefreshSeconds })[server];
      expect(text.includes(`autoRefreshSeconds is ${autoRefreshSeconds}`)).toBe(warns);
    },
  );
});
