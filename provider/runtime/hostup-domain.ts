import { z } from "zod";
import { RefusedError } from "../core/errors";
import { NAME_ALLOWED } from "../dns/domain-name";
import type { Rule } from "../engine/check";
import { changedInput } from "../engine/unknown";
import type { HostupClient } from "../hostup/client";
import { findDomainId } from "../hostup/domains";
import * as field from "./fields";

/** The domain of a HostUp resource: by id or by name. */

export const DOMAIN_ID = /^dom_[A-Za-z0-9]+$/;
const idAllowed = 'an id as GET /domains shows it, such as "dom_01hxa3b4c5d6e7f8g9h0j1k2m3", not a name';
export const domainId = z.string(idAllowed).regex(DOMAIN_ID, idAllowed).optional();

const nameAllowed = `${NAME_ALLOWED}; an internationalised name in its xn-- form`;
export const domainName = field.undottedName(nameAllowed).optional();

export const oneDomain: Rule = {
  over: ["domainId", "domainName"],
  test: (inputs) =>
    (inputs.domainId === undefined) === (inputs.domainName === undefined)
      ? `domainId and domainName are ${inputs.domainId === undefined ? "both missing" : "both given"}; allowed: one of them`
      : undefined,
};

interface NamedDomain {
  readonly domainId?: string | undefined;
  readonly domainName?: string | undefined;
}

export async function idOfDomain(
  client: HostupClient,
  { domainId, domainName }: NamedDomain,
): Promise<string> {
  return domainId ?? (await findDomainId(client, domainName ?? ""));
}

/** Which of the two inputs names another domain. The same domain may come to be given in the other way. */
export function changedDomain(
  news: Readonly<Record<string, unknown>>,
  current: NamedDomain,
): ("domainId" | "domainName")[] {
  const keys = ["domainId", "domainName"] as const;
  return keys.flatMap((key) => (news[key] === undefined ? [] : changedInput(news, key, current[key])));
}

export function unknownDomain(id: string): RefusedError {
  return new RefusedError(
    `HostUp knows no domain ${id} in this account.\nNext: check domainId, or that the API key belongs to the domain's account.`,
  );
}
