import { unreachable } from "../../provider/dns/socket-error";

const failed = (code: string) => unreachable(Object.assign(new Error("as the system says it"), { code }));

test.each(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL"])("%s is this machine's", (code) => {
  expect(failed(code)).toEqual({
    kind: "unreachable",
    reason: `there is no route to it (${code})`,
    noRoute: true,
  });
});

test.each([
  ["ECONNREFUSED", "nothing listens there (ECONNREFUSED)"],
  ["ECONNRESET", "it ended the connection without an answer (ECONNRESET)"],
  ["EXYZ", "the connection failed (EXYZ)"],
])("%s is the server's, in words", (code, reason) => {
  expect(failed(code)).toEqual({ kind: "unreachable", reason });
});

test("what has no code is told as it is", () => {
  expect(unreachable(new Error("hung up"))).toEqual({ kind: "unreachable", reason: "hung up" });
  expect(unreachable("odd")).toEqual({ kind: "unreachable", reason: "odd" });
});
