import { isDeepStrictEqual } from "node:util";

/** Fields by the API's own names, in a form in which equal means the same. */
type Fields = Readonly<Record<string, unknown>>;

/** What of a response differs from what was sent, in words; `undefined` when nothing does. */
export function contradiction(sent: Fields, answered: Fields): string | undefined {
  const differences = Object.keys(sent)
    .filter((key) => !isDeepStrictEqual(sent[key], answered[key]))
    .map((key) => difference(key, sent[key], answered[key]));
  return differences.length === 0 ? undefined : differences.join("; ");
}

function difference(key: string, sent: unknown, answered: unknown): string {
  if (key === "secret") return "secret is another one than was sent";
  return `${key} is ${JSON.stringify(answered)} where ${JSON.stringify(sent)} was sent`;
}

/** What a look found, when it is as was sent. */
export function asSent<Found>(
  found: Found | undefined,
  otherThanSent: (found: Found) => string | undefined,
): Found | undefined {
  return found !== undefined && otherThanSent(found) === undefined ? found : undefined;
}
