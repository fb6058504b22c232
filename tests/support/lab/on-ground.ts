import { until } from "../dns-processes";
import type { Child, ChildKind, ChildWish } from "./child";
import { type DsText, wantedDs } from "./ds";
import { type Dnssec, type Ground, startGround } from "./ground";
import { expectServed, untilKnown } from "./served";
import { expectUnbroken } from "./unbroken";

/** Does something with a zone that is served as asked for. */
export async function onGround<Kind extends Child>(
  kind: ChildKind<Kind>,
  signing: ChildWish["signing"],
  first: Dnssec,
  act: (ground: Ground<Kind>) => Promise<void>,
): Promise<void> {
  const ground = await startGround(kind, { signing });
  const { lab, child } = ground;
  try {
    if (signing !== "none") await untilSigned(ground);
    const { code, output } = await ground.up(first);
    if (code !== 0) throw new Error(`the first up failed:\n${output}\n${child.log()}`);
    await expectServed(lab);
    await act(ground);
  } finally {
    await lab.stop();
  }
}

/** The same, and no resolver may notice. */
export function unbrokenOnGround<Kind extends Child>(
  ...[kind, signing, first, act]: Parameters<typeof onGround<Kind>>
): Promise<void> {
  const title = expect.getState().currentTestName ?? "";
  return onGround(kind, signing, first, (ground) => expectUnbroken(ground.lab, title, () => act(ground)));
}

/** Puts the DS that the program gives into the parent, and waits until it is known. */
export async function publishDs({ lab, dsOutput, putDs }: Ground): Promise<void> {
  await putDs(await dsOutput());
  await untilKnown(lab);
  await expectServed(lab);
}

/** Waits until the primary asks for DS records, which it does once its whole zone is signed; answers them. */
export function untilSigned({ lab, child }: Ground): Promise<readonly DsText[]> {
  return until(
    "the primary has signed its zone",
    async () => {
      const wanted = await wantedDs({ address: "127.0.0.1", port: child.port }, lab.zone);
      return wanted !== undefined && wanted.length > 0 && wanted;
    },
    child.log,
  );
}
