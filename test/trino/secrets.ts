/** A certificate for localhost, a password and a token: made for one run of one server. */
import { spawnSync } from "node:child_process";
import { createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a client shows to be let in, and the authority that signed the server's certificate. */
export interface Credentials {
  user: string;
  password: string;
  token: string;
  /** A PEM file. */
  authority: string;
}

export interface ServerSecrets {
  keystore: string;
  keystorePassword: string;
  passwordFile: string;
  tokenKeyFile: string;
  credentials: Credentials;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JSON Web Token (RFC 7519) signed by a shared key. */
function tokenOf(user: string, key: Buffer, expires: number): string {
  const signed = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url({ sub: user, exp: expires })}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

/** `folder`: where the files are written; it must exist. */
export function makeSecrets(folder: string, java: string): ServerSecrets {
  const user = "ann";
  const [password, keystorePassword] = [randomBytes(12).toString("hex"), randomBytes(12).toString("hex")];
  const keystore = join(folder, "keystore.p12");
  const store = ["-keystore", keystore, "-storepass", keystorePassword, "-alias", "trino"];
  const keytool = (args: string): void => {
    const { status, stderr, stdout } = spawnSync(join(java, "bin/keytool"), [...args.split(" "), ...store], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`keytool: ${stdout}${stderr}`);
  };
  keytool("-genkeypair -storetype PKCS12 -keyalg EC -dname CN=localhost -ext SAN=dns:localhost -validity 3");
  const authority = join(folder, "authority.pem");
  keytool(`-exportcert -rfc -file ${authority}`);
  // As Trino's file of passwords has it: PBKDF2 of SHA-1, its rounds, its salt, its hash.
  const [salt, rounds] = [randomBytes(16), 1000];
  const hash = pbkdf2Sync(password, salt, rounds, 32, "sha1");
  const passwordFile = join(folder, "password.db");
  writeFileSync(passwordFile, `${user}:${rounds}:${salt.toString("hex")}:${hash.toString("hex")}\n`);
  const key = randomBytes(32);
  const tokenKeyFile = join(folder, "token.key");
  writeFileSync(tokenKeyFile, key.toString("base64"));
  const token = tokenOf(user, key, Math.floor(Date.now() / 1000) + 86_400);
  return {
    keystore,
    keystorePassword,
    passwordFile,
    tokenKeyFile,
    credentials: { user, password, token, authority },
  };
}
