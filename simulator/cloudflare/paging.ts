import type { ApiAnswer } from "../http";
import { Refusal, success } from "./envelope";
import { CHOSEN } from "./error-codes";

/** The page of a list that the query asks for by `page` and `per_page`. */
export function onePage<Member>(
  query: URLSearchParams,
  found: readonly Member[],
  present: (member: Member) => object,
): ApiAnswer {
  const page = numberIn(query, "page", 1, 1, Number.MAX_SAFE_INTEGER);
  const perPage = numberIn(query, "per_page", 20, 5, 50);
  const shown = found.slice((page - 1) * perPage, page * perPage);
  return success(shown.map(present), {
    page,
    per_page: perPage,
    count: shown.length,
    total_count: found.length,
    total_pages: Math.ceil(found.length / perPage),
  });
}

function numberIn(
  query: URLSearchParams,
  key: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const given = query.get(key);
  if (given === null) return otherwise;
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Refusal(400, {
    code: CHOSEN.invalidQuery.code,
    message: `${CHOSEN.invalidQuery.message}: ${key} must be a whole number from ${least} to ${most}`,
  });
}
