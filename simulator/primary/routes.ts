import { z } from "zod";
import { type ApiAnswer, type ApiRequest, jsonAnswer } from "../http";
import { parseJsonBody } from "../json-body";
import type { Route } from "../routes";
import { InvalidPatch } from "../state-patch";
import type { Primary } from "./primary";

const NO_PRIMARY = jsonAnswer(404, { error: "this simulator has no primary: start it with --primary" });

/** `_control/primary`: the primary's zones and keys, as its operator sees and changes them. */
export function primaryRoutes(primary: Primary | undefined): readonly Route<never, ApiRequest>[] {
  function patch({ body }: ApiRequest): ApiAnswer {
    if (!primary) return NO_PRIMARY;
    const parsed = parseJsonBody(body, z.json());
    if ("problems" in parsed) return jsonAnswer(400, { error: parsed.problems[0].detail });
    try {
      primary.patch(parsed.value);
    } catch (error) {
      if (error instanceof InvalidPatch) return jsonAnswer(400, { error: error.message });
      throw error;
    }
    return jsonAnswer(200, primary.state);
  }

  return [
    {
      method: "GET",
      path: "/primary",
      rights: [],
      handle: () => (primary ? jsonAnswer(200, primary.state) : NO_PRIMARY),
    },
    { method: "PATCH", path: "/primary", rights: [], handle: patch },
  ];
}
