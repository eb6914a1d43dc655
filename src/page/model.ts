import type { WhatIfModel } from "../domain/what-if.ts";
import { unpackModel } from "../report/html/pack.ts";

/** The model out of its base64, inflated by the browser. */
export async function modelOf(base64: string): Promise<WhatIfModel> {
  const deflated = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const inflating = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  return unpackModel(new Uint8Array(await new Response(inflating).arrayBuffer()));
}
