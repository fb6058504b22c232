import { z } from "zod";
import type { Rule } from "../../engine/check";
import * as field from "../fields";
import { domainId, domainName, oneDomain } from "../hostup-domain";
import { formatLines, parseLines, wrongOwner } from "./lines";

const dsAllowed =
  "DS records as zone files have them, one a line and all of one name, with digest type 2 (SHA-256) or 4 (SHA-384), such as the output ds of a SecondaryZone; or an empty text";
const secondsAllowed = "whole seconds from 0 to 604800 (a week)";

export const fields = {
  domainId,
  domainName,
  ds: z.string(dsAllowed).transform((text, context) => {
    const lines = parseLines(text);
    if (!("problem" in lines)) return formatLines(lines);
    context.addIssue({ code: "custom", message: `${dsAllowed} (${lines.problem})` });
    return z.NEVER;
  }),
  waitForRemoval: z.int(secondsAllowed).min(0, secondsAllowed).max(604_800, secondsAllowed).default(600),
  profile: field.profile,
};

/** The DS of another zone validates nothing, and takes the domain off the air. */
const ownRecords: Rule = {
  over: ["domainName", "ds"],
  test: ({ domainName: name, ds }) => {
    const lines = parseLines(String(ds));
    if (name === undefined || "problem" in lines) return undefined;
    return wrongOwner(lines.owner, String(name));
  },
};

export const rules = [oneDomain, ownRecords];
