import type { ApiAnswer } from "./http";
import { compilePathGlob } from "./path-glob";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** `Right` is what a credential must hold, one of the list, or none of an empty one; `Call` what a handler is given. */
export interface Route<Right, Call> {
  readonly method: Method;
  readonly path: string;
  readonly rights: readonly Right[];
  /** The path's `*` segments follow the call, in order. */
  readonly handle: (call: Call, ...ids: string[]) => ApiAnswer;
}

export function mayTake<Right>({ rights }: Route<Right, never>, held: readonly Right[]): boolean {
  return rights.length === 0 || rights.some((right) => held.includes(right));
}

export interface FoundRoute<Right, Call> {
  readonly route: Route<Right, Call>;
  readonly ids: readonly string[];
}

export function createRouter<Right, Call>(routes: readonly Route<Right, Call>[]) {
  const compiled = routes.map((route) => ({ route, pattern: compilePathGlob(route.path) }));
  return (method: string, path: string): FoundRoute<Right, Call> | undefined => {
    for (const { route, pattern } of compiled) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match) return { route, ids: match.slice(1) };
    }
    return undefined;
  };
}
