/** What went wrong, in words that help and hold no secret. */
import { SageplanError } from "../domain/error.ts";
import { actionOf, OPERATIONS, type OperationName } from "./operations.ts";
import { secretless } from "./secrets.ts";

/** What the SDK throws, as far as it is looked at. */
interface Thrown {
  name?: string;
  message?: string;
  $metadata?: { attempts?: number; httpStatusCode?: number };
}

const thrown = (error: unknown): Thrown =>
  typeof error === "object" && error !== null ? (error as Thrown) : { message: String(error) };

/**
 * Nothing can be asked at all. Codes: AWS API reference, "Common errors"; the SDK's own errors of its credential chain.
 */
const NO_CREDENTIALS =
  /Credential|ExpiredToken|TokenRefresh|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|SSO|InvalidAccessKeyId/;
const DENIED = /AccessDenied|Unauthorized|OptInRequired|NotAuthorized/;
const NO_DATA = /DataUnavailable/;
const OLD_TOKEN = /NextToken/;

export const isDenied = (error: unknown): boolean => DENIED.test(thrown(error).name ?? "");
export const isWithoutCredentials = (error: unknown): boolean =>
  NO_CREDENTIALS.test(thrown(error).name ?? "");
/** Cost Explorer has no such data: hours that were not switched on. */
export const isWithoutData = (error: unknown): boolean =>
  NO_DATA.test(thrown(error).name ?? "") ||
  (/Validation/.test(thrown(error).name ?? "") && /hour/i.test(thrown(error).message ?? ""));
/** A page of an earlier pull can no longer be gone on from. */
export const isOldToken = (error: unknown): boolean =>
  OLD_TOKEN.test(thrown(error).name ?? "") || /next ?token/i.test(thrown(error).message ?? "");
/** The answer was cut or garbled on its way: no word of AWS's. */
export const isGarbled = (error: unknown): boolean =>
  error instanceof SyntaxError ||
  /Unexpected (end of JSON|token)|aborted|ECONNRESET|socket hang up|terminated|premature/i.test(
    thrown(error).message ?? "",
  );

export const attemptsOf = (error: unknown): number => thrown(error).$metadata?.attempts ?? 1;

/** AWS's own words, short. */
export const reasonOf = (error: unknown): string => {
  const { name, message } = thrown(error);
  return [name === "Error" || name === undefined ? "" : secretless(name), secretless(message ?? "")]
    .filter((part) => part !== "")
    .join(": ");
};

export function faultOf(error: unknown, operation: OperationName): SageplanError {
  const reason = reasonOf(error);
  const action = actionOf(OPERATIONS[operation]);
  // The SDK's error is not handed on: it holds the request, and with it what it was signed with.
  if (isWithoutCredentials(error)) {
    return new SageplanError(
      "aws-credentials",
      `no AWS credentials were accepted (${reason}). Log in ("aws sso login", or fresh keys in the environment), or name a profile with ` +
        "--profile. Without credentials: docs/aws.md has the commands for someone who has them.",
    );
  }
  if (isDenied(error)) {
    return new SageplanError(
      "aws-denied",
      `AWS does not allow ${action} (${reason}). Ask for that action (docs/aws.md has a read-only policy), or have someone run the ` +
        'command that "--dry-run" prints.',
    );
  }
  return new SageplanError(
    "aws-failure",
    `AWS did not answer ${action} (${reason}). What was fetched is kept: the same command goes on from there.`,
  );
}
