/** A local server that speaks Cost Explorer's and Savings Plans' wire protocols, and answers as a test says. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export interface Asked {
  operation: string;
  parameters: Record<string, unknown>;
  authorization: string;
}

/** One answer; the defaults are a whole one. */
export interface Answer {
  status?: number;
  body?: unknown;
  /** AWS's error code. */
  error?: string;
  message?: string;
  /** Cuts the body here, the length promised being the whole. */
  cutAt?: number;
  /** Never ends. */
  hangs?: true;
}

export interface Aws {
  url: string;
  asked: Asked[];
  /** `operation` → its answers one after the other, the last for good; or a function of what is asked. */
  answers: Record<string, Answer[] | ((asked: Asked) => Answer)>;
  close: () => Promise<void>;
}

/** JSON 1.1 names the operation in a header, REST-JSON in the path; the price list is plain files. */
const operationOf = ({ headers, url }: IncomingMessage): string =>
  String(headers["x-amz-target"] ?? "")
    .split(".")
    .at(-1) || String(url).replace(/^\//, "");

export async function startAws(): Promise<Aws> {
  const asked: Asked[] = [];
  const answers: Aws["answers"] = {};
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const text = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
      const call: Asked = {
        operation: operationOf(request),
        parameters: text.length > 0 ? (JSON.parse(text.toString()) as Record<string, unknown>) : {},
        authorization: String(request.headers.authorization ?? ""),
      };
      asked.push(call);
      const list = answers[call.operation] ?? [{ status: 404, body: {} }];
      const answer = typeof list === "function" ? list(call) : list.length > 1 ? list.shift()! : list[0]!;
      if (answer.hangs) return;
      const isCe = request.headers["x-amz-target"] !== undefined;
      const body =
        answer.error === undefined
          ? (answer.body ?? {})
          : { __type: answer.error, message: answer.message ?? "no reason" };
      const whole = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
      response.writeHead(answer.status ?? (answer.error === undefined ? 200 : 400), {
        "content-type": isCe ? "application/x-amz-json-1.1" : "application/json",
        "content-length": whole.length,
        ...(answer.error !== undefined && { "x-amzn-errortype": answer.error }),
      });
      if (answer.cutAt === undefined) response.end(whole);
      else response.write(whole.subarray(0, answer.cutAt), () => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Credentials of nobody, found by the standard chain. */
export const SECRETS = {
  AWS_ACCESS_KEY_ID: "AKIAFAKEFAKEFAKEFAKE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMIfakefakefakefakefakeSECRETKEY",
  AWS_SESSION_TOKEN: "FwoGZXIvYXdzEFAKEFAKEsessiontokenFAKE",
};

export const environmentOf = (url: string): Record<string, string> => ({
  ...SECRETS,
  AWS_ENDPOINT_URL: url,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
});
