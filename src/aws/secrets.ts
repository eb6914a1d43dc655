/** What no message may hold. */

/** Names in the environment whose values are credentials of AWS. */
const IN_ENVIRONMENT = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/** Access key ids; what AWS echoes of a request whose signature it refuses; a credential process's command line. */
const PATTERNS = [
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g,
  /AWS4-HMAC-SHA256[\s\S]*/g,
  /(?:x-amz-security-token|authorization)\s*[:=][\s\S]*/gi,
  /\bThe (?:Canonical String|String-to-Sign)[\s\S]*/g,
  /\bCommand failed:[\s\S]*/g,
  /((?:secret|token|password)[^\s:=]*\s*[:=]\s*)\S+/gi,
];

const known = new Set<string>();

/** Credentials that were found: from now on they are in no message. */
export function hide(values: readonly (string | undefined)[]): void {
  for (const value of values) if (value !== undefined && value.length >= 8) known.add(value);
}

/** The text on one line, without what is hidden or looks like it, at most 400 characters. */
export function secretless(text: string): string {
  hide(IN_ENVIRONMENT.map((name) => process.env[name]));
  let clean = text;
  for (const value of known) clean = clean.replaceAll(value, "(hidden)");
  for (const pattern of PATTERNS) clean = clean.replaceAll(pattern, "(hidden)");
  return clean.replaceAll(/\s+/g, " ").trim().slice(0, 400);
}
