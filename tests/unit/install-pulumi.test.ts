import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";

const root = join(__dirname, "../..");
const tools = join(root, "tools/pulumi");
const version = "3.250.0";
const archive = `pulumi-v${version}-${process.platform}-${process.arch}.tar.gz`;

/** As the real one, the fake engine writes into its home whatever it is asked. */
const engine = (answer: string) => `#!/bin/sh
/bin/mkdir -p "\${PULUMI_HOME:-$HOME/.pulumi}/logs"
echo ${answer}
`;

/** Notes what it is asked for, waits until it may go on, and then "builds" the file named after -o. */
const fakeGo = (directory: string) => `#!/bin/sh
echo "$PWD" "$@" >>${directory}/go.log
while [ ! -e ${directory}/go-on ]; do /bin/sleep 0.05; done
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho v${version}\\n' >"$2" && /bin/chmod +x "$2"
`;

let scratch: string;
let home: string;
let path: string;
let releases: Server;
let releasesUrl: string;
let files: Map<string, Buffer>;

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "install-pulumi-"));
  home = join(scratch, "home");
  path = join(scratch, "path");
  mkdirSync(home);
  mkdirSync(path);
  files = new Map();
  releases = createServer((request, response) => {
    const file = files.get(basename(request.url ?? ""));
    response.writeHead(file ? 200 : 404).end(file);
  });
  await once(releases.listen(0, "127.0.0.1"), "listening");
  releasesUrl = `http://127.0.0.1:${(releases.address() as AddressInfo).port}`;
});

afterEach(async () => {
  // Lets a fake build end whose installer was killed.
  allowBuilds();
  await new Promise((resolve) => releases.close(resolve));
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
});

const bin = () => join(home, ".pulumi/versions", version, "bin");
const goLog = () => readFileSync(join(scratch, "go.log"), "utf8").trim().split("\n");
const allowBuilds = () => writeFileSync(join(scratch, "go-on"), "");

function program(directory: string, name: string, text = "#!/bin/sh\n") {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, name), text);
  chmodSync(join(directory, name), 0o755);
}

function programs(directory: string, answer: string) {
  program(directory, "pulumi", engine(answer));
  program(directory, "pulumi-language-nodejs");
  program(directory, "pulumi-resource-pulumi-nodejs");
}

/** Makes a system command available on the otherwise empty PATH of the installer. */
function system(name: string) {
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .find((directory) => existsSync(join(directory, name)));
  symlinkSync(join(found ?? "", name), join(path, name));
}

/** Starts the installer with nothing of this machine but Node. */
function start() {
  const child = spawn(process.execPath, [join(tools, "install.mjs")], {
    env: { HOME: home, PATH: path, PULUMI_RELEASES_URL: releasesUrl },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => {
    output.stdout += data;
  });
  child.stderr.on("data", (data) => {
    output.stderr += data;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ ...output, code, signal }));
  return { child, output, ended };
}

const install = () => start().ended;

async function until(process: { child: ChildProcess; output: { stderr: string } }, text: string) {
  while (!process.output.stderr.includes(text)) {
    if (process.child.exitCode !== null) throw new Error(process.output.stderr);
    await new Promise((resolve) => process.child.stderr?.once("data", resolve).once("close", resolve));
  }
}

function listing(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      const file = join(directory, entry.name);
      if (entry.isDirectory()) return [`${file}/`, ...listing(file)];
      return [`${file} ${statSync(file).size} ${statSync(file).mtimeMs}`];
    })
    .sort();
}

/** Offers an archive laid out as the official one. */
function offerArchive() {
  const contents = join(scratch, "archive/pulumi");
  programs(contents, `v${version}`);
  program(contents, "pulumi-language-python");
  const file = join(scratch, archive);
  spawnSync("tar", ["-czf", file, "-C", dirname(contents), "pulumi"]);
  const bytes = readFileSync(file);
  files.set(archive, bytes);
  system("tar");
  system("gzip");
  return createHash("sha256").update(bytes).digest("hex");
}

const offerChecksum = (sum: string) =>
  files.set(
    `pulumi-${version}-checksums.txt`,
    Buffer.from(`${"0".repeat(64)}  other.zip\n${sum}  ${archive}\n`),
  );

describe("what is there already", () => {
  test("an engine on PATH is used, silently", async () => {
    programs(path, "v3.216.0");
    expect(await install()).toMatchObject({
      stdout: `Pulumi 3.216.0 (path): ${path}\n`,
      stderr: "",
      code: 0,
    });
    expect(listing(home)).toEqual([]);
  });

  test.each([
    ["is too old", () => programs(path, "v3.215.9")],
    ["is of another major version", () => programs(path, "v4.0.0")],
    ["lacks the language host", () => program(path, "pulumi", engine("v3.270.0"))],
    ["does not run", () => programs(path, "v3.270.0; exit 3")],
  ])("an engine on PATH that %s gives way to the cached one", async (_, prepare) => {
    prepare();
    programs(bin(), `v${version}`);
    expect(await install()).toMatchObject({ stdout: `Pulumi ${version} (cache): ${bin()}\n`, stderr: "" });
  });

  test("a cache that lacks only the launcher is completed", async () => {
    programs(bin(), `v${version}`);
    rmSync(join(bin(), "pulumi-resource-pulumi-nodejs"));
    expect(await install()).toMatchObject({ stdout: `Pulumi ${version} (cache): ${bin()}\n`, stderr: "" });
    expect(readdirSync(bin())).toContain("pulumi-resource-pulumi-nodejs");
  });
});

describe("download", () => {
  test("the archive is checked and installed whole", async () => {
    offerChecksum(offerArchive());
    const { stdout, stderr } = await install();
    expect(stdout).toBe(`Pulumi ${version} (download): ${bin()}\n`);
    expect(stderr).toMatch(/^Downloading http:\S+: about a minute, once\.\n$/);
    expect(readdirSync(bin())).toHaveLength(4);
  });

  test("an archive whose checksum cannot be had is not unpacked, let alone run", async () => {
    offerArchive();
    const { stdout, stderr, code } = await install();
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
    expect(stderr).toContain(
      `Download: the checksum of ${archive} cannot be had (${releasesUrl}/pulumi-${version}-checksums.txt: HTTP 404), and without it nothing is run.`,
    );
    expect(existsSync(bin())).toBe(false);
  });

  test.each([
    ["does not name it", "0".repeat(64)],
    ["is empty", ""],
    ["gives it no SHA-256", `sha256  ${archive}`],
    ["gives it a part of one", `${"a".repeat(63)}  ${archive}`],
  ])("an archive is not unpacked when the list of checksums %s", async (_title, list) => {
    offerArchive();
    files.set(`pulumi-${version}-checksums.txt`, Buffer.from(list));
    const { stderr, code } = await install();
    expect(stderr).toContain(`checksums.txt has no SHA-256 of ${archive}`);
    expect(code).toBe(1);
    expect(existsSync(bin())).toBe(false);
  });

  test("a list of checksums is not read without an end", async () => {
    offerArchive();
    files.set(`pulumi-${version}-checksums.txt`, Buffer.alloc(1_000_000, "x"));
    expect((await install()).stderr).toContain("it has more than 100000 bytes");
    expect(existsSync(bin())).toBe(false);
  });

  test("an engine is built where the download cannot be verified", async () => {
    offerArchive();
    allowBuilds();
    program(path, "go", fakeGo(scratch));
    const { stdout, stderr } = await install();
    expect(stdout).toBe(`Pulumi ${version} (build): ${bin()}\n`);
    expect(stderr).toContain("That did not work: the checksum of");
  });

  test("an archive with another checksum is refused", async () => {
    offerArchive();
    offerChecksum("f".repeat(64));
    const { stderr, code } = await install();
    expect(stderr).toContain(`Download: the checksum of ${archive} is not the one in`);
    expect(code).toBe(1);
    expect(existsSync(bin())).toBe(false);
  });
});

describe("build", () => {
  test("follows a refused download, and touches nothing else in the home", async () => {
    releases.close();
    allowBuilds();
    program(path, "go", fakeGo(scratch));
    mkdirSync(join(home, ".pulumi/stacks"), { recursive: true });
    writeFileSync(join(home, ".pulumi/credentials.json"), "{}");
    writeFileSync(join(home, ".pulumi/stacks/dev.json"), "{}");
    const before = listing(home);

    expect(await install()).toMatchObject({ stdout: `Pulumi ${version} (build): ${bin()}\n`, code: 0 });
    expect(goLog()).toEqual([
      expect.stringMatching(/^\S+\/language-nodejs build -mod=readonly .*\/cmd\/pulumi-language-nodejs$/),
      expect.stringMatching(/^\S+\/cli build -mod=readonly .*\.Version=3\.250\.0 .*\/cmd\/pulumi$/),
    ]);
    const versions = join(home, ".pulumi/versions");
    expect(listing(home).filter((entry) => !entry.startsWith(versions))).toEqual(before);
    expect(readdirSync(versions)).toEqual([version]);
    expect(readdirSync(bin())).toEqual(["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]);

    expect(await install()).toMatchObject({ stdout: `Pulumi ${version} (cache): ${bin()}\n`, stderr: "" });
  });

  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("one ended by %s does no harm", async (signal) => {
    program(path, "go", fakeGo(scratch));
    const interrupted = start();
    await until(interrupted, "Building");
    interrupted.child.kill(signal);
    expect(await interrupted.ended).toMatchObject({ signal, stdout: "" });
    expect(existsSync(join(bin(), "pulumi"))).toBe(false);

    allowBuilds();
    expect(await install()).toMatchObject({ stdout: `Pulumi ${version} (build): ${bin()}\n`, code: 0 });
    expect(readdirSync(join(home, ".pulumi/versions"))).toEqual([version]);
  });

  test("two at once build once", async () => {
    program(path, "go", fakeGo(scratch));
    const first = start();
    await until(first, "Building");
    const second = start();
    await until(second, `Process ${first.child.pid} is already installing Pulumi`);
    allowBuilds();
    expect((await first.ended).stdout).toContain("(build)");
    expect((await second.ended).stdout).toContain("(cache)");
    expect(goLog()).toHaveLength(2);
  });

  test("a lock whose pid now belongs to another process is taken over", async () => {
    allowBuilds();
    program(path, "go", fakeGo(scratch));
    const lock = join(home, ".pulumi/versions", `${version}.installing-${process.pid}`);
    mkdirSync(lock, { recursive: true });
    utimesSync(lock, 0, 0);
    expect((await install()).stdout).toContain("(build)");
    expect(existsSync(lock)).toBe(false);
  });

  test("one that fails shows what Go said last", async () => {
    program(path, "go", "#!/bin/sh\necho go: downloading >&2\necho go: no such module >&2\nexit 1\n");
    const { stderr, code } = await install();
    expect(stderr).toContain("Build from Go modules: go: downloading\n    go: no such module.");
    expect(code).toBe(1);
  });
});

test("without any of them, one message says what was tried and what helps", async () => {
  releases.close();
  const { stderr, code } = await install();
  expect(code).toBe(1);
  expect(
    stderr
      .replaceAll(home, "~")
      .replaceAll(releasesUrl, "URL")
      .replaceAll(archive, "ARCHIVE")
      .replaceAll(new URL(releasesUrl).host, "HOST"),
  ).toMatchInlineSnapshot(`
"Downloading URL/ARCHIVE: about a minute, once.
That did not work: connect ECONNREFUSED HOST.
There is no usable Pulumi engine. What was tried:
  On PATH: there is no \`pulumi\`.
  In ~/.pulumi/versions/3.250.0/bin: there is no working pulumi-resource-pulumi-nodejs, pulumi-language-nodejs, pulumi.
  Download: connect ECONNREFUSED HOST.
  Build from Go modules: there is no \`go\` on PATH.
Install Pulumi 3.216.0 or newer (https://www.pulumi.com/docs/install/), or Go 1.25.11 or newer
(https://go.dev/dl/) to have it built, and run this again.
"
`);
});

test("the launcher runs the SDK of the directory it is started in, also through links", () => {
  const store = join(scratch, "store/@pulumi/pulumi");
  program(join(store, "cmd/dynamic-provider"), "index.js", "console.log(__filename, process.argv.slice(2));");
  writeFileSync(join(store, "package.json"), "{}");
  mkdirSync(join(scratch, "project/node_modules/@pulumi"), { recursive: true });
  symlinkSync(store, join(scratch, "project/node_modules/@pulumi/pulumi"));
  const { stdout } = spawnSync(join(tools, "pulumi-resource-pulumi-nodejs"), ["127.0.0.1:1", "a b"], {
    cwd: join(scratch, "project"),
    encoding: "utf8",
  });
  expect(stdout).toBe(`${store}/cmd/dynamic-provider/index.js [ '127.0.0.1:1', 'a b' ]\n`);
});

test("the pinned versions agree with go.mod and package.json", () => {
  const pinned = readFileSync(join(tools, "pinned.mjs"), "utf8");
  const module = readFileSync(join(tools, "cli/go.mod"), "utf8");
  const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const pin = (name: string) => new RegExp(`${name} = "(.*)"`).exec(pinned)?.[1];
  expect(module).toContain(`github.com/pulumi/pulumi/pkg/v3 v${pin("VERSION")}`);
  expect(module).toContain(`\ngo ${pin("MINIMUM_GO")}\n`);
  expect(peerDependencies["@pulumi/pulumi"]).toContain(`>=${pin("MINIMUM")} `);
});
