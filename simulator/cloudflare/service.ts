import { randomBytes } from "node:crypto";
import type { ApiAnswer, RequestHead, Service } from "../http";
import { createRouter, mayTake } from "../routes";
import type { World } from "../state";
import type { Transfers } from "../transfers/transfers";
import { accountRoutes } from "./accounts";
import { aclRoutes } from "./acls";
import { authenticate, credentialOf } from "./auth";
import { dnssecRoutes } from "./dnssec";
import { failure, noRoute, Refusal } from "./envelope";
import { SEEN } from "./error-codes";
import { incomingRoutes } from "./incoming";
import { peerRoutes } from "./peers";
import { tsigRoutes } from "./tsigs";
import { verifyTokenRoutes } from "./verify-token";
import { zoneChangeRoutes } from "./zone-changes";
import { zoneRoutes } from "./zones";
import { zskRoutes } from "./zsk";

export function createCloudflare(world: World, transfers: Transfers): Service {
  const findRoute = createRouter([
    ...accountRoutes,
    ...verifyTokenRoutes,
    ...zoneRoutes,
    ...zoneChangeRoutes,
    ...dnssecRoutes,
    ...zskRoutes,
    ...tsigRoutes,
    ...peerRoutes,
    ...aclRoutes,
    ...incomingRoutes,
  ]);

  function admit(request: RequestHead) {
    const found = findRoute(request.method, request.path);
    if (!found) throw noRoute(request.path);
    const permissions = authenticate(request.headers, world.state);
    if (!mayTake(found.route, permissions)) throw new Refusal(403, SEEN.authentication);
    return found;
  }

  function orRefusal<Answer>(respond: () => Answer): Answer | ApiAnswer {
    try {
      return respond();
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  return {
    name: "cloudflare",
    basePath: "/client/v4",
    rateLimit: () => world.state.rateLimits.cloudflare,
    credentialOf: ({ headers }) => credentialOf(headers),
    refusal: (request) => orRefusal(() => void admit(request)),
    answer: (request) =>
      orRefusal(() => {
        const { route, ids } = admit(request);
        return route.handle({ request, world, transfers }, ...ids);
      }),
    rateLimited: (_request, _limit, retryAfterSeconds) =>
      failure(429, [SEEN.rateLimited], { "retry-after": String(retryAfterSeconds) }),
    failure: (_request, status) => failure(status, [SEEN.internalError]),
    // The form is that of the changelog of 2025-09-03.
    headers: ({ limit, remaining, resetSeconds }) => ({
      "cf-ray": `${randomBytes(8).toString("hex")}-ARN`,
      ratelimit: `"default";r=${remaining};t=${resetSeconds}`,
      "ratelimit-policy": `"default";q=${limit.requests};w=${limit.seconds}`,
    }),
  };
}
