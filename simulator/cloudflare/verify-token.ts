import { createHash } from "node:crypto";
import type { ApiAnswer } from "../http";
import { tokenOf } from "./auth";
import type { CloudflareCall, CloudflareRoute } from "./call";
import { Refusal, success } from "./envelope";
import { CHOSEN } from "./error-codes";

/**
 * Whoever holds a token may ask about it, whatever it may do else.
 * https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/
 */
function verify({ request }: CloudflareCall): ApiAnswer {
  const token = tokenOf(request.headers);
  if (token === undefined) throw new Refusal(400, CHOSEN.missingCredentials);
  const id = createHash("sha256").update(token).digest("hex").slice(0, 32);
  const messages = [{ code: 10000, message: "This API Token is valid and active" }];
  return success({ id, status: "active" }, undefined, messages);
}

export const verifyTokenRoutes: readonly CloudflareRoute[] = [
  { method: "GET", path: "/user/tokens/verify", rights: [], handle: verify },
];
