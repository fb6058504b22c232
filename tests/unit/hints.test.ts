import { hint as cloudflareHint } from "../../provider/cloudflare/hints";
import type { Method } from "../../provider/core/errors";
import { hint as hostupHint } from "../../provider/hostup/hints";
import type { Refusal } from "../../provider/http/dialect";

const refused = (
  method: Method,
  status: number,
  message: string,
  pointer?: string,
  code = "1302",
): Refusal => ({
  method,
  status,
  problems: [{ code, message, ...(pointer === undefined ? {} : { pointer }) }],
  permission: "Account Settings Write",
  retryAfter: undefined,
});

const IN_USE = /^something still uses it: /;
const REFRESH = /^what it refers to is gone.* "pulumi up --refresh"/;
const CORRECT = /^correct the inputs named above/;
const IN_THE_WAY = /^remove what stands in the way/;
const TROUBLE = /is in trouble/;

describe("after a refusal of Cloudflare, the next step", () => {
  test.each([
    ["TSIG is used by a peer", 400],
    ["Peer is linked to a zone", 400],
    ["TSIG is in use", 409],
    ["peer is still referenced by zone transfers", 400],
    ["cannot delete a TSIG that is associated with a peer", 400],
  ])('of a delete, "%s" with HTTP %d, is to take it out of use', (message, status) => {
    expect(cloudflareHint(refused("DELETE", status, message), "environment")).toMatch(IN_USE);
  });

  test.each([
    ["POST", "Malformed request body: /peers/0: no such peer", "/peers/0"],
    ["PUT", "Malformed request body: /tsig_id: no such TSIG", "/tsig_id"],
    ["PUT", "peer not found", "/peers/0"],
    ["POST", "peer does not exist", undefined],
  ] as const)('of a %s, "%s", is to make again what is missing', (method, message, pointer) => {
    expect(cloudflareHint(refused(method, 400, message, pointer), "environment")).toMatch(REFRESH);
  });

  test("of a create, of what exists already, is to run again, which takes it over or says what it is", () => {
    const message = "Incoming zone transfer already exists";
    expect(cloudflareHint(refused("POST", 400, message), "environment")).toMatch(
      /^it was made elsewhere a moment ago: run the command again/,
    );
  });

  test.each([
    ["POST", "Malformed request body: /name: must not be empty", "/name", CORRECT],
    ["PUT", "Malformed request body: /port: too big", "/port", CORRECT],
    ["PATCH", "DNSSEC presigned excludes multi-signer", undefined, CORRECT],
    ["DELETE", "DNSSEC must be disabled before it can be deleted", undefined, IN_THE_WAY],
    ["POST", "name already contains a dot", "/name", CORRECT],
  ] as const)('of a %s, "%s", is about what was sent, if anything was', (method, message, pointer, step) => {
    expect(cloudflareHint(refused(method, 400, message, pointer), "environment")).toMatch(step);
  });

  test.each([408, 500, 503])("after HTTP %d is to wait, for no input was wrong", (status) => {
    expect(cloudflareHint(refused("PUT", status, "Request timeout"), "stack")).toMatch(TROUBLE);
  });
});

describe("after a refusal of HostUp, the next step", () => {
  test.each([400, 415, 422])("after HTTP %d is to correct what was sent", (status) => {
    expect(hostupHint(refused("PUT", status, "The request failed validation."), "environment")).toMatch(
      CORRECT,
    );
  });

  test("about a domain that takes no DS is not to correct inputs, which are right", () => {
    const unsupported = "The registry of this domain does not take DNSSEC records.";
    const refusal = refused("POST", 400, unsupported, undefined, "domain_not_eligible");
    expect(hostupHint(refusal, "environment")).toMatch(/^HostUp cannot publish DNSSEC for this domain/);
  });

  test.each([408, 500, 502])("after HTTP %d is to wait, for no input was wrong", (status) => {
    expect(hostupHint(refused("PUT", status, "Timeout"), "environment")).toMatch(TROUBLE);
  });
});
