/** Other readers as they come, on the same picture: what the shipped ladder has to beat. */
import { scanImageData, setModuleArgs, type ZBarSymbol, ZBarSymbolType } from '@undecaf/zbar-wasm';
import zbarWasmUrl from '@undecaf/zbar-wasm/dist/zbar.wasm?url';
import { type ReadResult, readBarcodes } from 'zxing-wasm/reader';
import { FallbackDecoder } from '#client/scanner/fallback-decoder.ts';
import { type FoundCode, prepareReader } from '#client/scanner/read-image.ts';
import type { Simbologia } from '#client/scanner/scan-event.ts';
import type { PassResult } from './stills.ts';

/** `zxingBrowser`: with hints; `tryHarder`: and TRY_HARDER; the other two with their own default settings. */
export const PEERS = ['zxingBrowser', 'tryHarder', 'zxingWasm', 'zbarWasm'] as const;
export type Peer = (typeof PEERS)[number];

/** Peers get what the camera would give them. */
const WIDTH = 640;

const browser = new FallbackDecoder();
const ready = prepareReader();
setModuleArgs({ locateFile: () => zbarWasmUrl });

export async function readWithPeers(bitmap: ImageBitmap): Promise<Record<Peer, PassResult>> {
  await ready;
  const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
  const pixels = pixelsOf(bitmap);
  return {
    zxingBrowser: await timed(() => browser.decode(bitmap, whole, 'mid')),
    tryHarder: await timed(() => browser.decode(bitmap, whole, 'whole')),
    zxingWasm: await timed(async () =>
      (await readBarcodes(pixels)).filter(({ isValid }) => isValid).map(ofZxing),
    ),
    zbarWasm: await timed(async () => (await scanImageData(pixels)).map(ofZbar)),
  };
}

async function timed(read: () => FoundCode[] | Promise<FoundCode[]>): Promise<PassResult> {
  const started = performance.now();
  const found = await read();
  return { found, ms: performance.now() - started };
}

function pixelsOf(bitmap: ImageBitmap): ImageData {
  const scale = Math.min(1, WIDTH / bitmap.width);
  const width = Math.round(bitmap.width * scale);
  const height = Math.round(bitmap.height * scale);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

const found = (codigo: string, simbologia: Simbologia): FoundCode => ({
  codigo,
  simbologia,
  lines: 1,
  firm: true,
  pass: 'peer',
  x: 0,
  y: 0,
});

/** EAN and UPC are compared as GTIN, so that the spelling of UPC doesn't matter. */
function ofZxing({ text, format }: ReadResult): FoundCode {
  const retail = ['EAN13', 'EAN8', 'UPCA', 'UPCE'].includes(format);
  return found(text, retail ? 'EAN_13' : 'DESCONOCIDA');
}

function ofZbar(symbol: ZBarSymbol): FoundCode {
  const retail = [ZBarSymbolType.ZBAR_EAN13, ZBarSymbolType.ZBAR_EAN8, ZBarSymbolType.ZBAR_UPCA];
  return found(symbol.decode(), retail.includes(symbol.type) ? 'EAN_13' : 'DESCONOCIDA');
}
