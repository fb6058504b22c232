import { inspect } from "node:util";
import {
  ApiError,
  type CallContext,
  InputError,
  isSecondaryDnsError,
  NetworkError,
  RefusedError,
  type SecondaryDnsError,
  SettingsError,
  UnexpectedAnswerError,
  WaitError,
  WireError,
} from "../../provider/core/errors";

const call: CallContext = {
  service: "Cloudflare",
  operation: 'create TSIG "cf.example.com." in account 0123',
  method: "POST",
  url: "https://api.cloudflare.com/client/v4/accounts/0123/secondary_dns/tsigs",
};
const hint = "do this, then that.";

describe("the message", () => {
  test("of an ApiError names operation, status, codes, places, request id and the next step", () => {
    const error = new ApiError({
      ...call,
      status: 400,
      problems: [
        { code: "1003", message: "Malformed request body", pointer: "/name" },
        { code: "1004", message: "Another" },
      ],
      requestId: "8f1d-ARN",
      hint,
    });
    expect(error.message).toMatchInlineSnapshot(`
"Cloudflare refused to create TSIG "cf.example.com." in account 0123: HTTP 400
  1003: Malformed request body (at /name)
  1004: Another
  POST https://api.cloudflare.com/client/v4/accounts/0123/secondary_dns/tsigs (request id 8f1d-ARN)
Next: do this, then that."
`);
  });

  test("of an ApiError does without problems and request id", () => {
    expect(new ApiError({ ...call, status: 403, problems: [], hint }).message).toMatchInlineSnapshot(`
"Cloudflare refused to create TSIG "cf.example.com." in account 0123: HTTP 403
  POST https://api.cloudflare.com/client/v4/accounts/0123/secondary_dns/tsigs
Next: do this, then that."
`);
  });

  test("of an ApiError cuts a long text", () => {
    const problems = [{ code: "internal_error", message: "x".repeat(2_000) }];
    const { message } = new ApiError({ ...call, service: "HostUp", status: 500, problems, hint });
    expect(message).toContain(`  internal_error: ${"x".repeat(500)}…\n`);
    expect(message).not.toContain("x".repeat(501));
  });

  test("of a NetworkError names operation, reason and the next step", () => {
    const error = new NetworkError({ ...call, reason: "no complete answer within 30 s", hint });
    expect(error.message).toMatchInlineSnapshot(`
"Could not create TSIG "cf.example.com." in account 0123 at Cloudflare: no complete answer within 30 s
  POST https://api.cloudflare.com/client/v4/accounts/0123/secondary_dns/tsigs
Next: do this, then that."
`);
  });

  test("of an UnexpectedAnswerError names operation, status, what came and the next step", () => {
    const given = { ...call, status: 502, reason: "an HTML page in place of JSON", hint };
    expect(new UnexpectedAnswerError({ ...given, requestId: "8f1d-ARN" }).message).toMatchInlineSnapshot(`
"Cloudflare sent an unreadable response to: create TSIG "cf.example.com." in account 0123: HTTP 502, an HTML page in place of JSON
  POST https://api.cloudflare.com/client/v4/accounts/0123/secondary_dns/tsigs (request id 8f1d-ARN)
Next: do this, then that."
`);
    expect(new UnexpectedAnswerError(given).message).not.toContain("request id");
  });

  test("of a WireError names the place and asks for a report", () => {
    expect(new WireError("a.b[1]", "Date").message).toMatchInlineSnapshot(
      `"a.b[1] is a Date, which state cannot hold. This is a fault of pulumi-secondary-dns: report it."`,
    );
  });

  test.each([SettingsError, InputError, RefusedError, WaitError])(
    "of a %p has nothing that acts on a terminal",
    (kind) => {
      const message = new kind('Peer "a\u001b[2Jb\u202ec\rd\u0007\u2028e" is odd.\n  Next.').message;
      expect(message).toBe('Peer "ab c d  e" is odd.\n  Next.');
    },
  );

  test.each([SettingsError, InputError, RefusedError, WaitError])("of a %p is what it is given", (kind) => {
    expect(new kind("one\ntwo").message).toBe("one\ntwo");
  });
});

describe("every error", () => {
  const all: readonly (readonly [name: string, code: string, error: SecondaryDnsError])[] = [
    ["ApiError", "SECONDARY_DNS_API", new ApiError({ ...call, status: 400, problems: [], hint })],
    ["NetworkError", "SECONDARY_DNS_NETWORK", new NetworkError({ ...call, reason: "reset", hint })],
    [
      "UnexpectedAnswerError",
      "SECONDARY_DNS_UNEXPECTED_ANSWER",
      new UnexpectedAnswerError({ ...call, status: 200, reason: "no body", hint }),
    ],
    ["SettingsError", "SECONDARY_DNS_SETTINGS", new SettingsError("text")],
    ["InputError", "SECONDARY_DNS_INPUT", new InputError("text")],
    ["RefusedError", "SECONDARY_DNS_REFUSED", new RefusedError("text")],
    ["WaitError", "SECONDARY_DNS_WAIT", new WaitError("text")],
    ["WireError", "SECONDARY_DNS_WIRE", new WireError("a", "Date")],
  ];

  test.each(all)("%s has its name, its code and no stack for the terminal to print", (name, code, error) => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, code, stack: "" });
    expect(String(error)).toBe(`${name}: ${error.message}`);
    expect(inspect(error)).not.toMatch(/\n\s+at /);
  });

  test.each(all)("%s is known as one of this package's", (_name, _code, error) => {
    expect(isSecondaryDnsError(error)).toBe(true);
  });

  test("is known when another installed copy of the package made it", () => {
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof import("../../provider/core/errors")>(
        "../../provider/core/errors",
      );
      const error = new copy.RefusedError("text");
      expect(error).not.toBeInstanceOf(RefusedError);
      expect(isSecondaryDnsError(error)).toBe(true);
    });
  });

  test.each<[title: string, value: unknown]>([
    ["a plain Error", new Error("text")],
    [
      "an Error with the same name and code",
      Object.assign(new Error("x"), { name: "ApiError", code: "SECONDARY_DNS_API" }),
    ],
    ["null", null],
    ["undefined", undefined],
    ["a text", "SECONDARY_DNS_API"],
    ["a function", () => {}],
  ])("is not mixed up with %s", (_title, value) => {
    expect(isSecondaryDnsError(value)).toBe(false);
  });

  test("keeps its cause for whoever debugs", () => {
    const cause = new Error("socket hang up");
    expect(new NetworkError({ ...call, reason: "reset", hint }, { cause }).cause).toBe(cause);
  });
});
