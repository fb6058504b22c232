import { type Answers, fitting, head, raw, refusal, result, whole } from "./answering";

/** What the status and the headers say. */
export const STATUSES: Answers = {
  "has no content": raw(head("204 No Content")),
  "says that nothing changed": raw(head("304 Not Modified")),
  "leads to another server": whole("307 Temporary Redirect", "", ["location: http://192.0.2.1/"]),
  "leads to itself": (socket, asked) =>
    whole("308 Permanent Redirect", "", [`location: ${asked.origin}${asked.path}`])(socket, asked),
  "wants a log-in": whole("401 Unauthorized", "<html>log in</html>", ["content-type: text/html"]),
  "wants a log-in at a proxy": whole("407 Proxy Authentication Required", "", ["proxy-authenticate: Basic"]),
  "has a status of its own": whole("999 Odd", "{}"),
  "has no time for ever": refusal("503 Service Unavailable", ["busy"], ["retry-after: 99999999999"]),
  "is asked too much until the year 9999": refusal(
    "429 Too Many Requests",
    ["busy"],
    ["retry-after: Fri, 31 Dec 9999 23:59:59 GMT"],
  ),
  "is asked too much for ever, and says to come back at once": refusal(
    "429 Too Many Requests",
    ["busy"],
    ["retry-after: 0"],
  ),
  "has a budget for nobody till tomorrow": result(fitting, ['ratelimit: "default";r=0;t=86400']),
  "has a budget for nobody till 2099": result(fitting, [
    "x-ratelimit-remaining: 0",
    "x-ratelimit-reset: 2099-01-01T00:00:00Z",
  ]),
  "has a budget beyond measure": result(fitting, [
    `ratelimit: "d";r=${"9".repeat(300)};t=${"9".repeat(300)}`,
  ]),
};
