import { z } from "zod";
import { faultRuleSchema } from "./fault-schema";
import type { FaultList } from "./faults";
import { type ApiAnswer, type ApiRequest, jsonAnswer } from "./http";
import { parseJsonBody } from "./json-body";
import type { ResolverCache } from "./parent/resolver-cache";
import type { Primary } from "./primary/primary";
import { primaryRoutes } from "./primary/routes";
import type { RequestLog } from "./request-log";
import { createRouter, type Route } from "./routes";
import type { World } from "./state";
import { InvalidPatch, patchState } from "./state-patch";

export interface ControlPlane {
  readonly world: World;
  readonly faults: FaultList;
  readonly requests: RequestLog;
  readonly cache: ResolverCache;
  readonly primary: Primary | undefined;
  /** What the binary prints when it starts. */
  readonly startLine: () => object;
}

const NO_CONTENT: ApiAnswer = { status: 204, headers: {}, body: "" };

function bad(error: string): ApiAnswer {
  return jsonAnswer(400, { error });
}

/** `_control`: what a test sees and changes behind the back of the two APIs. Needs no credentials. */
export function createControl({ world, faults, requests, cache, primary, startLine }: ControlPlane) {
  const routes: Route<never, ApiRequest>[] = [
    { method: "GET", path: "/", rights: [], handle: () => jsonAnswer(200, startLine()) },
    { method: "GET", path: "/requests", rights: [], handle: () => jsonAnswer(200, requests.list()) },
    {
      method: "DELETE",
      path: "/requests",
      rights: [],
      handle: () => {
        requests.clear();
        return NO_CONTENT;
      },
    },
    { method: "GET", path: "/state", rights: [], handle: () => jsonAnswer(200, world.state) },
    {
      method: "PATCH",
      path: "/state",
      rights: [],
      handle: ({ body }) => {
        const parsed = parseJsonBody(body, z.json());
        if ("problems" in parsed) return bad(parsed.problems[0].detail);
        try {
          patchState(world, parsed.value);
        } catch (error) {
          if (error instanceof InvalidPatch) return bad(error.message);
          throw error;
        }
        return jsonAnswer(200, world.state);
      },
    },
    { method: "GET", path: "/resolver-cache", rights: [], handle: () => jsonAnswer(200, cache.list()) },
    {
      method: "DELETE",
      path: "/resolver-cache",
      rights: [],
      handle: () => {
        cache.clear();
        return NO_CONTENT;
      },
    },
    ...primaryRoutes(primary),
    { method: "GET", path: "/faults", rights: [], handle: () => jsonAnswer(200, faults.list()) },
    {
      method: "POST",
      path: "/faults",
      rights: [],
      handle: ({ body }) => {
        const parsed = parseJsonBody(body, faultRuleSchema);
        if ("problems" in parsed) {
          return bad(
            parsed.problems.map(({ pointer, detail }) => `${pointer || "body"}: ${detail}`).join("; "),
          );
        }
        faults.add(parsed.value);
        return jsonAnswer(201, parsed.value);
      },
    },
    {
      method: "DELETE",
      path: "/faults",
      rights: [],
      handle: () => {
        faults.clear();
        return NO_CONTENT;
      },
    },
  ];
  const findRoute = createRouter(routes);

  return (request: ApiRequest): ApiAnswer => {
    const found = findRoute(request.method, request.path === "" ? "/" : request.path);
    return found
      ? found.route.handle(request)
      : jsonAnswer(404, { error: `no control endpoint ${request.method} ${request.path}` });
  };
}
