import { parseCommandLine, UsageError } from "../../simulator/command-line";

describe("the command line of the simulator", () => {
  test("may be empty", () => {
    expect(parseCommandLine([])).toEqual({
      help: false,
      options: {
        port: 0,
        dnsPort: 0,
        dnsAddress: "127.0.0.1",
        primary: false,
        primaryPort: 0,
        zones: 3,
        latencyMs: 0,
        rateLimit: { requests: 1200, seconds: 300 },
      },
    });
  });

  test("takes each option", () => {
    const args = [
      "--port",
      "8053",
      "--dns-port",
      "53",
      "--dns-address",
      "127.0.0.53",
      "--primary",
      "--primary-port=5354",
      "--zones=500",
      "--rate-limit",
      "50/10",
      "--latency-ms",
      "80",
    ];

    expect(parseCommandLine(args)).toEqual({
      help: false,
      options: {
        port: 8053,
        dnsPort: 53,
        dnsAddress: "127.0.0.53",
        primary: true,
        primaryPort: 5354,
        zones: 500,
        latencyMs: 80,
        rateLimit: { requests: 50, seconds: 10 },
      },
    });
  });

  test("asks for help", () => {
    expect(parseCommandLine(["--help"])).toEqual({ help: true });
  });

  test.each([
    [["--zones", "many"], '--zones must be a whole number from 0 to 10000, not "many"'],
    [["--zones", ""], '--zones must be a whole number from 0 to 10000, not ""'],
    [["--port", "70000"], '--port must be a whole number from 0 to 65535, not "70000"'],
    [["--latency-ms", "1.5"], '--latency-ms must be a whole number from 0 to 3600000, not "1.5"'],
    [["--rate-limit", "1200"], '--rate-limit must be REQUESTS/SECONDS such as 1200/300, not "1200"'],
    [["--rate-limit", "0/300"], '--rate-limit must be REQUESTS/SECONDS such as 1200/300, not "0/300"'],
    [["--dns-address", "192.0.2.1"], '--dns-address must be an IPv4 address in 127.0.0.0/8, not "192.0.2.1"'],
    [["--zone", "3"], "Unknown option '--zone'"],
    [["--port"], "Option '--port <value>' argument missing"],
    [["3"], "Unexpected argument '3'"],
  ])("is refused as %j", (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError);
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});
