import type { z } from "zod";

/**
 * A schema for each member of a type, no more and no less. The types are written out, so that programs
 * compile against them without zod's; `satisfies` this keeps the schemas from drifting away.
 */
export type SchemasOf<Type> = { readonly [Key in keyof Type]-?: z.ZodType<Type[Key]> };
