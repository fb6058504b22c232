import { OPCODE, RCODE, TYPE } from "../../../simulator/dns/codes";
import type { Control } from "../control";
import { ask } from "../dns-client";

export interface Notified {
  readonly control: Control;
  readonly port: number;
  readonly zone: { readonly id: string; readonly name: string };
}

/** Word of a change, upon which Cloudflare looks at the primary and transfers what is new; until it has. */
export async function notify({ control, port, zone }: Notified): Promise<void> {
  const transfers = async () => {
    const { transfer } = (await control.state()).zones[zone.id] ?? {};
    return (transfer?.succeeded ?? 0) + (transfer?.failed ?? 0);
  };
  const before = await transfers();
  const { flags } = await ask(port, zone.name, TYPE.SOA, { opcode: OPCODE.NOTIFY });
  if ((flags & 0xf) !== RCODE.NOERROR) return;
  while ((await transfers()) === before);
}
