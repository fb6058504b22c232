import type { Ran } from "../stack";
import type { Ground } from "./ground";
import { expectServed } from "./served";

/** Fails the test unless a run is refused for the reason given, before it has changed anything, and the zone is as it was. */
export async function expectRefused(ground: Ground, run: () => Promise<Ran>, reason: RegExp): Promise<void> {
  expect((await refusalOf(ground, run)) ?? "not refused").toMatch(reason);
  await expectServed(ground.lab);
}

/** Fails the test unless a run is either refused or done, and in both cases the zone answers and validates. */
export async function expectSafe(ground: Ground, run: () => Promise<Ran>): Promise<"done" | "refused"> {
  const refusal = await refusalOf(ground, run);
  await expectServed(ground.lab);
  return refusal === undefined ? "done" : "refused";
}

/** Fails the test unless a run is done. */
export async function expectDone(ground: Ground, run: () => Promise<Ran>): Promise<void> {
  expect(await refusalOf(ground, run)).toBe(undefined);
  await expectServed(ground.lab);
}

/** What a run says that has failed and sent no change; undefined for one that has not failed. */
async function refusalOf({ control }: Ground, run: () => Promise<Ran>): Promise<string | undefined> {
  await control.forgetRequests();
  const { code, output } = await run();
  if (code === 0) return undefined;
  const changes = (await control.requests()).filter(
    // A forced transfer brings what every refresh does.
    ({ method, path }) => method !== "GET" && !path.endsWith("/force_axfr"),
  );
  const sent = changes.map(({ method, path }) => `${method} ${path}`);
  if (sent.length > 0) throw new Error(`a run failed after ${sent.join(", ")}:\n${output}`);
  return output;
}
