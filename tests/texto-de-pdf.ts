import { inflateSync } from 'node:zlib';

/** WinAnsi bytes as text. */
const winAnsi = new TextDecoder('windows-1252');

/**
 * The text of each page of a PDF that our own process drew (built-in fonts, one content stream per page), one piece per
 * line in the order in which it was drawn. Reads the file itself, so that no program has to be installed.
 */
export function textoDePdf(pdf: Uint8Array): string[] {
  const file = Buffer.from(pdf);
  const source = file.toString('latin1');
  const contents = [...source.matchAll(/\/Type \/Page\n[\s\S]*?\/Contents (\d+) 0 R/g)].map(([, id]) => id!);
  return contents.map((id) => {
    const at = source.indexOf(`\n${id} 0 obj\n`);
    const from = source.indexOf('stream\n', at) + 'stream\n'.length;
    const to = source.indexOf('\nendstream', from);
    const drawn = inflateSync(file.subarray(from, to)).toString('latin1');
    return [...drawn.matchAll(/\[([^\]]*)\] TJ/g)]
      .map(([, pieces]) =>
        [...pieces!.matchAll(/<([0-9a-f]*)>/g)]
          .map(([, hex]) => winAnsi.decode(Buffer.from(hex!, 'hex')))
          .join(''),
      )
      .join('\n');
  });
}
