// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ACCOUNT = "0".repeat(32);

/**
 * Milliseconds from the start of a dynamic-provider process to its first answer: asked as the engine asks,
 * first `configure`, then `check`, where the provider's text is run.
 * @param {string} folder where the program would be
 * @param {string} provider the text
 */
export async function firstAnswer(folder, provider) {
  const require = createRequire(join(folder, "index.js"));
  const sdk = createRequire(require.resolve("@pulumi/pulumi"));
  const grpc = sdk("@grpc/grpc-js");
  const { ResourceProviderClient } = sdk("./proto/provider_grpc_pb");
  const { CheckRequest, ConfigureRequest } = sdk("./proto/provider_pb");
  const { Struct } = sdk("google-protobuf/google/protobuf/struct_pb");

  const began = performance.now();
  const server = spawn(
    process.execPath,
    [require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), "127.0.0.1:0"],
    {
      cwd: folder,
      env: { PULUMI_NODEJS_PROJECT: "bench", PULUMI_NODEJS_STACK: "bench" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = once(server, "exit");
  try {
    const { value: port } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next();
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    /** @type {(method: string, request: object) => Promise<any>} */
    const ask = (method, request) =>
      new Promise((resolve, reject) =>
        client[method](request, (/** @type {unknown} */ error, /** @type {unknown} */ answer) =>
          error ? reject(error) : resolve(answer),
        ),
      );
    await ask("configure", new ConfigureRequest().setArgs(Struct.fromJavaScript({})));
    const check = new CheckRequest();
    check.setOlds(Struct.fromJavaScript({}));
    const inputs = { accountId: ACCOUNT, name: "key.example.", __provider: provider };
    check.setNews(Struct.fromJavaScript(inputs));
    const answer = await ask("check", check);
    const took = performance.now() - began;
    if (answer.getFailuresList().length > 0) throw new Error("the provider refuses the inputs");
    client.close();
    return took;
  } finally {
    server.kill();
    await ended;
  }
}
