/** Debian's Chromium, driven without its own network traffic. Its absence is a failure, not a reason to skip. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

function chromiumPath(): string {
  const folders = ["/usr/bin", ...(process.env["PATH"] ?? "").split(delimiter)];
  const found = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found === undefined)
    throw new Error("Chromium is missing: apt-get install -y --no-install-recommends chromium");
  return found;
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** From the hand on the slider to the drawn frame, in milliseconds: the wait for the frame is in it. */
export async function redrawMs(page: Page, moves: number): Promise<{ median: number; worst: number }> {
  const took = (await page.evaluate(`(async () => {
    const slider = document.getElementById("slider");
    const took = [];
    for (let n = 0; n < ${moves}; n++) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const start = performance.now();
      slider.value = String((Number(slider.max) * (n + 1)) / ${moves});
      slider.dispatchEvent(new Event("input"));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      took.push(performance.now() - start);
    }
    return took;
  })()`)) as number[];
  const sorted = took.toSorted((a, b) => a - b);
  return { median: sorted[moves >> 1]!, worst: sorted.at(-1)! };
}
