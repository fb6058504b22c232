import {
  ApiError,
  InputError,
  NetworkError,
  RefusedError,
  UnexpectedAnswerError,
} from "../../provider/core/errors";
import { classifyFailure } from "../../provider/http/classify-failure";

const call = {
  service: "Cloudflare",
  operation: "read it",
  method: "GET",
  url: "https://api.example/it",
  hint: "try",
} as const;

const network = (reasonCode?: string) =>
  new NetworkError({ ...call, reason: "it broke", ...(reasonCode === undefined ? {} : { reasonCode }) });
const refused = (status: number, waitMs?: number) =>
  new ApiError({ ...call, status, problems: [], ...(waitMs === undefined ? {} : { waitMs }) });
const unreadable = (status: number, waitMs?: number) =>
  new UnexpectedAnswerError({ ...call, status, reason: "HTML", ...(waitMs === undefined ? {} : { waitMs }) });

describe("what a failure means for the next attempt", () => {
  test.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
  ])("%s: nothing was sent", (code) => {
    expect(classifyFailure(network(code))).toEqual({ kind: "unsent" });
  });

  test.each(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_BODY_TIMEOUT", undefined])(
    "%s: it may have been processed",
    (code) => {
      expect(classifyFailure(network(code))).toEqual({ kind: "unsure" });
    },
  );

  test.each([
    [429, "limited"],
    [500, "unsure"],
    [502, "unsure"],
    [503, "unsure"],
    [524, "unsure"],
    [408, "unsure"],
    [400, "final"],
    [401, "final"],
    [403, "final"],
    [404, "final"],
    [409, "final"],
  ])("HTTP %i, as an error document or as a proxy's page: %s", (status, kind) => {
    expect(classifyFailure(refused(status))).toEqual({ kind });
    expect(classifyFailure(unreadable(status))).toEqual({ kind });
  });

  test.each([200, 201])("HTTP %i that cannot be read: garbled", (status) => {
    expect(classifyFailure(unreadable(status))).toEqual({ kind: "garbled" });
  });

  test("a redirect, which is never followed, will be the same again", () => {
    expect(classifyFailure(unreadable(302))).toEqual({ kind: "final" });
  });

  test.each([429, 503])("HTTP %i tells how long to wait", (status) => {
    expect(classifyFailure(refused(status, 7_000))).toMatchObject({ waitMs: 7_000 });
    expect(classifyFailure(unreadable(status, 7_000))).toMatchObject({ waitMs: 7_000 });
  });

  test.each<[string, unknown]>([
    ["a refusal of our own", new RefusedError("no")],
    ["a wrong input", new InputError("no")],
    ["a mistake in the program", new TypeError("no")],
    ["what is not even an error", "no"],
  ])("%s will be the same again", (_title, error) => {
    expect(classifyFailure(error)).toEqual({ kind: "final" });
  });
});
