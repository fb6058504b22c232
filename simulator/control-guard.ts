import { type ApiAnswer, jsonAnswer, type RequestHead } from "./http";

/** Names of this machine; a name of any other kind may be a web page's that points here (DNS rebinding). */
const OWN_HOST = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])(?::\d{1,5})?$/i;
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/**
 * Why a request to the control plane is refused before anything of its body is read. It needs no credentials and
 * shows all of them, so a page in somebody's browser must not get at it.
 */
export function controlRefusal({ method, headers }: RequestHead): ApiAnswer | undefined {
  const { host = "", origin } = headers;
  if (!OWN_HOST.test(host)) return refuse(403, "the control plane answers to names of this machine alone");
  if (origin !== undefined && origin !== `http://${host}`) {
    return refuse(403, "the control plane does not answer pages of other origins");
  }
  const hasBody = method !== "GET" && method !== "DELETE";
  if (hasBody && !JSON_TYPE.test(headers["content-type"] ?? "")) {
    return refuse(415, "a body must have the content type application/json");
  }
  return undefined;
}

function refuse(status: number, error: string): ApiAnswer {
  return jsonAnswer(status, { error });
}
