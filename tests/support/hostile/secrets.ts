import { SECRET } from "../client-operations";

/** What the calls send, and nobody may print. */
export const SECRETS = {
  tsig: SECRET,
  cloudflareToken: "cf+token/of=hostile_server-test",
  hostupToken: "sk_test_Of/Hostile+Server==",
};

/** Forms in which a server may say a secret back. Written without the package's own means. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "base64");
  const urlEncoded = encodeURIComponent(secret);
  return [
    secret,
    urlEncoded,
    urlEncoded.toLowerCase(),
    encodeURIComponent(urlEncoded),
    secret.replaceAll("/", "\\/"),
    secret.replaceAll("+", " "),
    secret.toLowerCase(),
    secret.toUpperCase(),
    secret.replaceAll("+", "-").replaceAll("/", "_"),
    secret.replace(/=+$/, ""),
    [...secret].map((letter) => `&#${letter.charCodeAt(0)};`).join(""),
    ...(bytes.toString("base64") === secret ? [bytes.toString("hex")] : []),
  ];
}

export const EVERY_FORM: readonly string[] = Object.values(SECRETS).flatMap(formsOf);
