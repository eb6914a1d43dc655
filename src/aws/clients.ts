/** The SDK's clients, loaded when something is asked: one function that sends one request. */
import type { OperationName } from "./operations.ts";
import { OPERATIONS } from "./operations.ts";
import type { Page } from "./pages.ts";
import { sdkConfig } from "./sdk.ts";
import { hide } from "./secrets.ts";

export interface Access {
  /** Of the shared AWS configuration, SSO included; without it the standard credential chain. */
  profile?: string | undefined;
  /** Tells the partition: AWS answers for all of its regions at one place. */
  region?: string | undefined;
  /** An answer that takes longer is asked for again; default 120. */
  timeoutSeconds?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Reply {
  page: Page;
  /** Sent until AWS answered. */
  requests: number;
}

export interface Asker {
  /** @throws what the SDK throws */
  ask: (name: OperationName, parameters: object) => Promise<Reply>;
  close: () => void;
}

/** Where AWS answers for a partition (AWS General Reference, endpoints of Savings Plans and of Cost Explorer). */
export function homeOf(region: string | undefined): string {
  if (region?.startsWith("cn-")) return "cn-northwest-1";
  if (region?.startsWith("us-gov-")) return "us-gov-west-1";
  return "us-east-1";
}

export async function askerOf({ profile, region, timeoutSeconds, signal }: Access): Promise<Asker> {
  const [ce, savingsplans] = await Promise.all([
    import("@aws-sdk/client-cost-explorer"),
    import("@aws-sdk/client-savingsplans"),
  ]);
  const common = sdkConfig(profile, timeoutSeconds);
  const configured = new ce.CostExplorerClient(common).config;
  const config = {
    ...common,
    region: homeOf(region ?? (await configured.region().catch(() => undefined))),
  };
  const clients = {
    ce: new ce.CostExplorerClient(config),
    savingsplans: new savingsplans.SavingsplansClient(config),
  };
  const found = await clients.ce.config.credentials().catch(() => null);
  hide([found?.accessKeyId, found?.secretAccessKey, found?.sessionToken]);
  const commands: Record<string, new (input: never) => object> = {
    GetCostAndUsage: ce.GetCostAndUsageCommand,
    GetSavingsPlansUtilization: ce.GetSavingsPlansUtilizationCommand,
    GetSavingsPlansCoverage: ce.GetSavingsPlansCoverageCommand,
    GetSavingsPlansPurchaseRecommendation: ce.GetSavingsPlansPurchaseRecommendationCommand,
    DescribeSavingsPlans: savingsplans.DescribeSavingsPlansCommand,
    DescribeSavingsPlansOfferingRates: savingsplans.DescribeSavingsPlansOfferingRatesCommand,
  } satisfies Record<OperationName, unknown>;
  return {
    ask: async (name, parameters) => {
      const client = clients[OPERATIONS[name].service] as unknown as Sender;
      const { $metadata, ...page } = await client.send(new commands[name]!(parameters as never), {
        ...(signal && { abortSignal: signal }),
      });
      return { page, requests: $metadata.attempts ?? 1 };
    },
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

interface Sender {
  send: (
    command: object,
    options: { abortSignal?: AbortSignal },
  ) => Promise<{ $metadata: { attempts?: number } } & Record<string, unknown>>;
}
