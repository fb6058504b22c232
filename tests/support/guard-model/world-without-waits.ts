/**
 * Imported for its effect, and first: in the test that does so the package's waits cost no time, and what it sends to port
 * 53 of a loopback address reaches the DNS port of the model's simulator, since a test may not listen on that one.
 */
import type * as tcp from "../../../provider/dns/tcp";
import type * as udp from "../../../provider/dns/udp";
import type * as clock from "./clock";
import type * as port53 from "./port-53";

jest.mock("node:timers/promises", () => {
  const { pause }: typeof clock = jest.requireActual("./clock");
  return { ...jest.requireActual<object>("node:timers/promises"), setTimeout: pause };
});

jest.mock("../../../provider/dns/tcp", () => {
  const actual: typeof tcp = jest.requireActual("../../../provider/dns/tcp");
  const { redirected }: typeof port53 = jest.requireActual("./port-53");
  return { ...actual, exchangeOverTcp: redirected(actual.exchangeOverTcp) };
});

jest.mock("../../../provider/dns/udp", () => {
  const { exchangeOverUdp }: typeof udp = jest.requireActual("../../../provider/dns/udp");
  const { redirected }: typeof port53 = jest.requireActual("./port-53");
  return { exchangeOverUdp: redirected(exchangeOverUdp) };
});
