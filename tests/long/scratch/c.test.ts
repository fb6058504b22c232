import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { keyCalled, startLab } from "../../support/dark-zones/zone-lab";

jest.setTimeout(900_000);

test("6", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const primary = await lab.primary("nsec3");
  const other = await lab.primary("nsec3", { keys: [keyCalled("other.example")] });
  const say = (more: object) =>
    lab.say({ primaries: [primary.address], dnssec: { signing: "presigned", nsec3: true }, ...more });
  const note =
    (what: string) =>
    ({ output }: { output: string }) =>
      lab.note([what], output);
  await say({});
  await lab.runs("up");
  const { name, secret } = lab.key;
  const next = keyCalled(name);
  await say({ tsig: { name: `${name}.`, secret: next.secret } });
  await lab.refuses("up");
  await lab.refuses("up", "--refresh");
  await say({ tsig: { name: `${name}.`, secret, algo: "hmac-sha256." } });
  await lab.refuses("up");
  await say({ tsig: { name: `new.example.`, secret } });
  await lab.refuses("up");
  await say({ primaries: [{ address: "127.0.0.1", port: 9 }] });
  await lab.refuses("up");
  await say({ primaries: [other.address] });
  await lab.refuses("up");
  await say({ primaries: [{ ...primary.address, address: "127.0.0.2" }] });
  await lab.refuses("up");
  await say({ tsig: { name: `${name}.`, secret: next.secret } });
  await primary.change({ keys: [next] });
  await lab.runs("up");
  await say({ tsig: { name: `${name}.`, secret } });
  await lab.stack
    .pulumiWith({ SECONDARY_DNS_FORCE: lab.zone.name }, "up", "--yes", "--skip-preview")
    .then(note("forced secret"));
});
