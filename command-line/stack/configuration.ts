import { z } from "zod";
import { Secret } from "../../provider/core/secret";
import type { SettingsSource } from "../../provider/core/settings";
import { readJson, type StackPlace } from "./pulumi";
import { StackError } from "./stack-error";

/** What `pulumi config --json --show-secrets` writes. An object has no plain value. */
const configuration = z.record(
  z.string(),
  z.object({ value: z.string().nullish(), secret: z.boolean().nullish() }),
);

/** The settings as the provider sees them in an `up`: the stack's configuration, and the environment. */
export async function settingsOf(place: StackPlace): Promise<SettingsSource> {
  const parsed = configuration.safeParse(await readJson(place, "config", "--json", "--show-secrets"));
  if (!parsed.success)
    throw new StackError(
      "other",
      `What "pulumi config" gives is not known here: ${z.prettifyError(parsed.error)}`,
    );
  for (const { value, secret } of Object.values(parsed.data)) if (secret && value) void new Secret(value);
  const values = new Map(Object.entries(parsed.data).map(([key, { value }]) => [key, value ?? undefined]));
  return { config: (key) => values.get(key), env: (name) => place.env[name] };
}
