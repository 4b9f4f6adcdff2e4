import { afterEach, expect, test, vi } from 'vitest';
import { comparte } from './archivo-acta.ts';

const archivo = new File(['x'], 'acta-CDMX-01-2026-0001.pdf', { type: 'application/pdf' });

/** why: neither a share sheet nor downloads exist outside a browser. */
function navegador(share: ((datos: ShareData) => Promise<void>) | undefined, puede = true) {
  const enlace = { href: '', download: '', click: vi.fn() };
  vi.stubGlobal('navigator', share === undefined ? {} : { share, canShare: () => puede });
  vi.stubGlobal('document', { createElement: () => enlace });
  return enlace;
}

afterEach(() => vi.unstubAllGlobals());

test('share sheet: the PDF goes to it, and a person who closes it is not told of an error', async () => {
  const share = vi.fn(async (_: ShareData) => undefined);
  const enlace = navegador(share);
  expect(await comparte(archivo, 'Acta')).toBe('compartido');
  expect(share.mock.calls[0]![0]).toMatchObject({ title: 'Acta', files: [archivo] });
  navegador(() => Promise.reject(new DOMException('', 'AbortError')));
  expect(await comparte(archivo, 'Acta')).toBe('cancelado');
  navegador(() => Promise.reject(new DOMException('', 'NotAllowedError')));
  expect(await comparte(archivo, 'Acta')).toBe('otro_toque');
  expect(enlace.click).not.toHaveBeenCalled();
});

test('share sheet: without one, or one that refuses files, the PDF is downloaded under its folio', async () => {
  const sin = navegador(undefined);
  expect(await comparte(archivo, 'Acta')).toBe('descargado');
  expect(sin.download).toBe('acta-CDMX-01-2026-0001.pdf');
  expect(sin.click).toHaveBeenCalledOnce();
  const rehusa = navegador(async () => undefined, false);
  expect(await comparte(archivo, 'Acta')).toBe('descargado');
  expect(rehusa.click).toHaveBeenCalledOnce();
  const falla = navegador(() => Promise.reject(new DOMException('', 'DataError')));
  expect(await comparte(archivo, 'Acta')).toBe('descargado');
  expect(falla.click).toHaveBeenCalledOnce();
});
