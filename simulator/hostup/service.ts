import type { ApiAnswer, RequestHead, Service } from "../http";
import { createRouter } from "../routes";
import type { World } from "../state";
import { authenticate } from "./auth";
import { dnssecAutoRoutes } from "./dnssec-auto";
import { domainRoutes } from "./domains";
import { dsRecordRoutes } from "./ds-records";
import { nameserverRoutes } from "./nameservers";
import { Problem, problemAnswer } from "./problem";

export function createHostup(world: World): Service {
  const findRoute = createRouter([
    ...domainRoutes,
    ...nameserverRoutes,
    ...dnssecAutoRoutes,
    ...dsRecordRoutes,
  ]);

  function admit(request: RequestHead) {
    const found = findRoute(request.method, request.path);
    if (!found) throw new Problem(404, "not_found", "No such endpoint.");
    const scopes = authenticate(request.headers, world.state);
    const { rights } = found.route;
    if (!rights.some((right) => scopes.includes(right))) {
      throw new Problem(403, "forbidden", `Missing required scope: ${rights.join(" or ")}.`);
    }
    return { ...found, scopes };
  }

  function orProblem<Answer>(request: RequestHead, respond: () => Answer): Answer | ApiAnswer {
    try {
      return respond();
    } catch (error) {
      if (error instanceof Problem) return problemAnswer(error, request, world);
      throw error;
    }
  }

  return {
    name: "hostup",
    basePath: "/api/v2",
    rateLimit: () => world.state.rateLimits.hostup,
    credentialOf: ({ headers }) => headers.authorization ?? "",
    refusal: (request) => orProblem(request, () => void admit(request)),
    answer: (request) =>
      orProblem(request, () => {
        const { route, ids, scopes } = admit(request);
        return route.handle({ request, world, scopes }, ...ids);
      }),
    rateLimited: (request, limit, retryAfterSeconds) =>
      problemAnswer(new Problem(429, "rate_limited", "Too many requests."), request, world, {
        "retry-after": String(retryAfterSeconds),
        "x-ratelimit-limit": String(limit.requests),
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": new Date(world.now() + retryAfterSeconds * 1000).toISOString(),
      }),
    failure: (request, status) =>
      problemAnswer(new Problem(status, "internal_error", "An unexpected error occurred."), request, world),
    // https://developer.hostup.se/errors/rate_limited names them for 429 and no other answer: none has them.
    headers: () => ({}),
  };
}
