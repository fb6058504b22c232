import { z } from "zod";

/** A list, read up to its first item that is not as it should be: zod would keep every fault of every item. */
export function listOf<Item>(item: z.ZodType<Item>): z.ZodType<Item[]> {
  return z.array(z.unknown()).transform((values, context) => {
    const items: Item[] = [];
    for (const [index, value] of values.entries()) {
      const parsed = item.safeParse(value);
      if (!parsed.success) {
        for (const { path, message } of parsed.error.issues) {
          context.addIssue({ code: "custom", path: [index, ...path], message });
        }
        return z.NEVER;
      }
      items.push(parsed.data);
    }
    return items;
  });
}
