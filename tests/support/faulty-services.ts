import { inspect } from "node:util";
import { isSecondaryDnsError } from "../../provider/core/errors";
import { ACCOUNT, KEY, type Operation, SECRET, TSIG, ZONE } from "./client-operations";
import { type Clients, clientsOf } from "./clients";
import { type Control, useSimulator } from "./control";
import { simulatorConfig } from "./handlers";
import { errorOf } from "./outcome";
import type { Fault } from "./refusals";

/** A text that the message contains, or a pattern that it matches. */
export type Part = string | RegExp;
export type TeachingCase = readonly [title: string, fault: Fault, parts: readonly Part[]];

export interface FaultyServices {
  simulated(): Control;
  clients(): Clients;
  /** The fault for ever: a client that tries again meets it again. */
  inject(fault: Fault): Promise<void>;
  /** What every error has: the operation, the parts, the call, a next step, and no secret anywhere. */
  expectTeaching(error: Error, operation: Operation, parts: readonly Part[]): void;
  /** The operation ends in such an error while there is this fault. */
  expectTeachingAfter(fault: Fault, operation: Operation, parts: readonly Part[]): Promise<void>;
  expectNoSecret(error: Error): void;
}

/** Both services with the objects of every operation, so that only the faults go wrong. */
export function useFaultyServices(): FaultyServices {
  const simulated = useSimulator();

  beforeEach(async () => {
    const { simulator, clearFaults, forgetRequests, patch } = simulated();
    await clearFaults();
    await patch({
      accounts: { [ACCOUNT]: { name: "Account" } },
      zones: { [ZONE]: null },
      tsigs: { [TSIG]: null },
      domains: { dom_a: null },
    });
    await patch({
      zones: { [ZONE]: { name: "example.com", type: "secondary", plan: "enterprise", accountId: ACCOUNT } },
      tsigs: { [TSIG]: { accountId: ACCOUNT, ...KEY, secret: SECRET } },
      domains: { dom_a: { name: "example.se" } },
      tokens: {
        cloudflare: {
          [simulator.cloudflareToken]: { permissions: ["DNS Write", "Account Settings Write"] },
        },
        hostup: { [simulator.hostupToken]: { scopes: ["read:domains", "write:domains"] } },
      },
    });
    await forgetRequests();
  });

  const clients = () => clientsOf(simulatorConfig(simulated().simulator));
  const inject = (fault: Fault) => simulated().fault({ path: "/**", count: null, fault });

  function expectTeaching(error: Error, { named, method, path }: Operation, parts: readonly Part[]): void {
    const { message } = error;
    expect(isSecondaryDnsError(error)).toBe(true);
    expect(message).toContain(named);
    for (const part of parts) {
      if (typeof part === "string") expect(message).toContain(part);
      else expect(message).toMatch(part);
    }
    expect(message).toMatch(new RegExp(`^  ${method} http://[^ ]+${literally(path)}`, "m"));
    expect(message).toMatch(/^Next: \S.{10,}$/m);
    expectNoSecret(error);
  }

  async function expectTeachingAfter(fault: Fault, operation: Operation, parts: readonly Part[]) {
    await inject(fault);
    expectTeaching(await errorOf(operation.run(clients())), operation, parts);
  }

  function expectNoSecret(error: Error): void {
    const { cloudflareToken, cloudflareApiKey, hostupToken } = simulated().simulator;
    const texts = [
      error.message,
      String(error),
      error.stack ?? "",
      JSON.stringify(error),
      inspect(error, { depth: 9 }),
    ];
    for (const text of texts) {
      for (const secret of [SECRET, cloudflareToken, cloudflareApiKey, hostupToken]) {
        expect(text).not.toContain(secret);
      }
    }
    expect(error.stack).toBe("");
  }

  return { simulated, clients, inject, expectTeaching, expectTeachingAfter, expectNoSecret };
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
