import type { ApiRequest } from "../http";
import type { Route } from "../routes";
import { type Domain, lookUp, type Scope, type World } from "../state";
import { Problem } from "./problem";

export interface HostupCall {
  readonly request: ApiRequest;
  readonly world: World;
  /** Of the caller's key. */
  readonly scopes: readonly Scope[];
}

export type HostupRoute = Route<Scope, HostupCall>;

export function domainOf({ world }: HostupCall, domainId: string): Domain {
  const domain = lookUp(world.state.domains, domainId);
  if (!domain)
    throw new Problem(404, "not_found", "The domain does not exist or is not owned by the caller.");
  return domain;
}
