import { z } from "zod";
import { aLabelHint, NAME_ALLOWED, parseDomainName, withoutDot } from "../dns/domain-name";

/** Fields that several resources share. Each error text says what is allowed. */

const hexId = (what: string) => {
  const allowed = `${what}: 32 hexadecimal digits, as Cloudflare's dashboard and API show it`;
  return z
    .string(allowed)
    .regex(/^[0-9a-fA-F]{32}$/, allowed)
    .toLowerCase();
};

export const zoneId = hexId("a zone id");
export const accountId = hexId("an account id");
export const tsigId = hexId("a TSIG id");

const nameAllowed = "a text of 1 to 255 characters";
/** What somebody calls an object; it says nothing to DNS. */
export const objectName = z.string(nameAllowed).min(1, nameAllowed).max(255, nameAllowed);

const peersAllowed = "a list of 1 to 30 different peer ids";
/** The API treats them as a set. */
export const peerIds = z
  .array(hexId("a peer id"), peersAllowed)
  .min(1, peersAllowed)
  .max(30, peersAllowed)
  .refine((ids) => new Set(ids).size === ids.length, peersAllowed)
  .transform((ids) => [...ids].sort());

const profileAllowed = 'a name of lower-case letters, digits and hyphens, such as "eu"';
export const profile = z
  .string(profileAllowed)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, profileAllowed)
  .optional();

/** Set by the resource class, not by programs: which resource of which stack this is. */
export const owner = z.string("a text").optional();

export const flag = z.boolean("true or false").default(false);

const timeoutAllowed = "a time-out in whole seconds from 1 to 604800 (a week), or false";
export const timeout = z
  .union([z.literal(false), z.int().min(1, timeoutAllowed).max(604_800, timeoutAllowed)], timeoutAllowed)
  .default(false);

/** One of the words, all of them named when another one comes. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, words.map((word) => `"${word}"`).join(", "));

/** A domain name in lower case with a final dot; `allowed` is for names that have to meet more. */
export const domainName = (allowed = NAME_ALLOWED) =>
  z.string(allowed).transform((text, ctx) => {
    const parsed = parseDomainName(text);
    if ("name" in parsed) return parsed.name;
    const hint = allowed.includes("xn--") ? "" : aLabelHint(text);
    ctx.addIssue({ code: "custom", message: `${allowed} (${parsed.problem})${hint}` });
    return z.NEVER;
  });

/** The same without the final dot, as the services name zones and domains. */
export const undottedName = (allowed?: string) => domainName(allowed).transform(withoutDot);
