import { BODY_BYTES, BODY_VALUES } from "../core/bounds";
import type { HttpResponse } from "./transport";

export type JsonBody =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly reason: string };

/** The body as JSON, or what stands there instead. */
export function parseJson({ text, header }: HttpResponse): JsonBody {
  if (text === undefined) return { ok: false, reason: `a body of more than ${BODY_BYTES / 2 ** 20} MiB` };
  if (hasTooMany(text)) return { ok: false, reason: `JSON of more than ${BODY_VALUES} values` };
  try {
    return { ok: true, body: JSON.parse(text) };
  } catch {
    const type = header("content-type") ?? "";
    if (text.trim() === "") return { ok: false, reason: "no body" };
    if (type.includes("html") || /^\s*</.test(text))
      return { ok: false, reason: "an HTML page in place of JSON" };
    return { ok: false, reason: "JSON that is cut off or broken" };
  }
}

const COMMA = 44;
const BRACKET = 91;
const BRACE = 123;

/** Each value but the first is in a list or an object, or behind a comma. Some commas stand in texts. */
function hasTooMany(text: string): boolean {
  let values = 1;
  for (let index = 0; index < text.length && values <= BODY_VALUES; index += 1) {
    const code = text.charCodeAt(index);
    if (code === COMMA || code === BRACKET || code === BRACE) values += 1;
  }
  return values > BODY_VALUES;
}
