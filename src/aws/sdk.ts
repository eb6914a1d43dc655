/** What every client of AWS's SDK is made with. */
import { pullOptions } from "../domain/options/source.ts";

/** Throttling wants patience: the SDK waits longer from attempt to attempt, up to 20 s. */
const MOST_ATTEMPTS = 8;
const CONNECT_MS = 10_000;

/** Its warnings are for programmers, and one of its errors may hold a request. */
const SILENT = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** `timeoutSeconds`: an answer that takes longer is asked for again. */
export function sdkConfig(profile: string | undefined, timeoutSeconds = pullOptions.timeoutSeconds.default) {
  // The SDK's word about the version of Node is for those who maintain this program, not for those who run it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  return {
    logger: SILENT,
    maxAttempts: MOST_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: timeoutSeconds * 1_000,
      throwOnRequestTimeout: true,
    },
    ...(profile !== undefined && { profile }),
  };
}
