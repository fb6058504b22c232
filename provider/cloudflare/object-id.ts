import { z } from "zod";

const ALLOWED = "not an id of 32 hexadecimal digits";

/** An id as Cloudflare makes them. It becomes a part of a path and of the state, so nothing else is taken for one. */
export const objectId = z
  .string(ALLOWED)
  .regex(/^[0-9a-fA-F]{32}$/, ALLOWED)
  .toLowerCase();
