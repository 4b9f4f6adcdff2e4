import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCantidad } from './cantidad.ts';
import {
  codigosPorBuscar,
  fraseProblema,
  hallaUbicacion,
  type LineaImportada,
  revisaImporte,
  unidadesDeLinea,
} from './importa-conteo.ts';
import type { Candidato, Conocido, Respuestas } from './importa-fila.ts';
import { hallaColumnas, leeTexto } from './tabla-conteo.ts';

const producto = (codigo: string, extra: Partial<Candidato> = {}): Candidato => ({
  productoId: `id-${codigo}`,
  codigo,
  nombre: `Producto ${codigo}`,
  decimales: 0,
  noSeCuenta: null,
  factor: '1',
  ...extra,
});
const PRODUCTOS = [
  producto('PH-2840'),
  producto('000123'),
  producto('456'),
  producto('0456'),
  producto('CABLE', { decimales: 3 }),
  producto('SERV', { noSeCuenta: 'Afinación es un servicio: no se cuenta.' }),
];
const UBICACIONES = [
  { id: 'u1', codigo: 'A-03-2' },
  { id: 'u2', codigo: 'B-1' },
];
const sinCeros = (codigo: string) => codigo.replace(/^0+/, '');
const conocido: Conocido = {
  exactos: (codigo) => [
    ...PRODUCTOS.filter((p) => p.codigo === codigo),
    ...(codigo === '17501000000019' ? [{ ...PRODUCTOS[0]!, factor: '12' }] : []),
  ],
  conCeros: (codigo) => PRODUCTOS.filter((p) => sinCeros(p.codigo) === sinCeros(codigo)),
  ubicacion: (escrito) => hallaUbicacion(UBICACIONES, escrito),
  llevo: (productoId, ubicacionId) =>
    productoId === 'id-CABLE' && ubicacionId === 'u2' ? toCantidad('3') : 0n,
};

function revisa(texto: string, respuestas: Record<string, string> = {}) {
  const filas = leeTexto(texto);
  const columnas = hallaColumnas(filas);
  if (columnas === null) throw new Error('no columns');
  const dichas: Respuestas = new Map(Object.entries(respuestas));
  const revision = revisaImporte(filas, columnas, conocido, dichas);
  return {
    ...revision,
    frases: revision.problemas.map((p) => `${p.nivel}: ${fraseProblema(p)}`),
    dicho: revision.lineas.map((linea) => breve(linea)),
  };
}
const breve = (linea: LineaImportada) =>
  [linea.fila, linea.productoId ?? `?${linea.codigo}`, unidadesDeLinea(linea), linea.ubicacionId].join(' ');

describe('import of a count made on paper', () => {
  test('lists all problems at once, each with its row, its column and what it read; nothing goes in unseen', () => {
    const { frases, dicho, fuera } = revisa(
      [
        'Clave;Conteo físico;Anaquel;Lote;Observaciones',
        'PH-2840;2x12+5;a 03 2;L-9;caja abierta',
        'PH-2840;7.5E+12;;;',
        '7.50100E+12;3;;;',
        '02-ene;4;;;',
        'PH-2840;2.5;;;',
        'CABLE;2.5;;;',
        'CABLE;-1;;;',
        'PH-2840;1.5;Z-9;;',
        ';8;;;',
        '#N/A;1;;;',
        'SERV;1;;;',
        'NO-HAY;6;;;',
        'PH-2840;;B-1;;',
        'PH-2840;0;B-1;;',
      ].join('\r\n'),
    );
    expect(frases).toEqual([
      'error: fila 3, Conteo físico: «7.5E+12» parece un código dañado por Excel',
      'error: fila 4, Clave: «7.50100E+12» parece un código dañado por Excel: perdió dígitos; escríbelo completo',
      'error: fila 5, Clave: «02-ene» parece un código que Excel volvió fecha; escríbelo como texto',
      'error: fila 6, Conteo físico: «2.5» tiene decimales y Producto PH-2840 se cuenta por pieza',
      'error: fila 8, Conteo físico: «-1» es negativa; un conteo va de 0 en adelante',
      'error: fila 9, Anaquel: «Z-9» no es una ubicación de este almacén',
      'error: fila 9, Conteo físico: «1.5» tiene decimales y Producto PH-2840 se cuenta por pieza',
      'error: fila 10, Clave: falta el código',
      'error: fila 11, Clave: «#N/A» es un error de fórmula; corrígelo en la hoja',
      'error: fila 12, Clave: «SERV» Afinación es un servicio: no se cuenta.',
      'aviso: fila 13, Clave: «NO-HAY» no está en el catálogo; se guarda como código desconocido',
      'aviso: fila 14, Conteo físico: está vacía; queda sin contar',
    ]);
    expect(dicho).toEqual(['2 id-PH-2840 29 u1', '7 id-CABLE 2.5 ', '13 ?NO-HAY 6 ', '15 id-PH-2840 0 u2']);
    expect(fuera).toBe(9);
  });

  test('leading zeros that a spreadsheet ate are given back where only one product fits, else asked about', () => {
    const texto = '123\t5\n456\t7\n0456\t8\n999\t1';
    const sin = revisa(texto);
    expect(sin.frases).toEqual([
      'aviso: fila 1, Código: «123» se leyó sin sus ceros; se toma como 000123 (Producto 000123), el único que coincide',
      'aviso: fila 4, Código: «999» no está en el catálogo; se guarda como código desconocido',
    ]);
    expect(sin.preguntas.map(({ clave, filas }) => [clave, filas])).toEqual([
      ['codigo:456', [2]],
      ['codigo:0456', [3]],
    ]);
    expect(sin.dicho).toEqual(['1 id-000123 5 ', '4 ?999 1 ']);
    expect(revisa(texto, { 'codigo:456': 'id-0456', 'codigo:0456': 'ninguno' }).dicho).toEqual([
      '1 id-000123 5 ',
      '2 id-0456 7 ',
      '3 ?0456 8 ',
      '4 ?999 1 ',
    ]);
  });

  test('the same product twice in a bin is summed or corrected only when a person says which', () => {
    const texto = 'Código,Cantidad,Ubicación\nPH-2840,5,B-1\nPH-2840,7,B-1\nPH-2840,1,A-03-2';
    expect(revisa(texto).dicho).toEqual(['4 id-PH-2840 1 u1']);
    expect(revisa(texto).preguntas).toMatchObject([{ clave: 'repetidas', filas: [2, 3] }]);
    expect(revisa(texto, { repetidas: 'sumar' }).dicho).toHaveLength(3);
    expect(revisa(texto, { repetidas: 'ultima' })).toMatchObject({
      dicho: ['3 id-PH-2840 7 u2', '4 id-PH-2840 1 u1'],
      fuera: 1,
    });
  });

  test('a carton’s code asks whether boxes or pieces were counted', () => {
    const texto = '17501000000019\t3';
    expect(revisa(texto)).toMatchObject({ dicho: [], preguntas: [{ clave: 'empaque' }] });
    expect(revisa(texto, { empaque: 'cajas' }).lineas[0]).toMatchObject({ empaque: '12' });
    expect(revisa(texto, { empaque: 'piezas' }).lineas[0]).toMatchObject({ empaque: '1' });
  });

  test('what the phone has already counted there is never added to without asking', () => {
    const texto = 'codigo\tcantidad\tubicacion\nCABLE\t4\tB-1';
    expect(revisa(texto)).toMatchObject({ dicho: [], preguntas: [{ clave: 'ya', filas: [2] }] });
    expect(revisa(texto, { ya: 'sumar' }).dicho).toEqual(['2 id-CABLE 4 u2']);
    expect(revisa(texto, { ya: 'fuera' })).toMatchObject({ dicho: [], fuera: 1 });
  });

  test('more than 5,000 rows are refused whole, with how many there are', () => {
    const { frases, lineas } = revisa(`codigo\tcantidad\n${'PH-2840\t1\n'.repeat(5_001)}`);
    expect(frases).toEqual(['error: Archivo: trae 5001 filas y se toman hasta 5000 de una vez; pártelo']);
    expect(lineas).toEqual([]);
  });

  test('rows that say the same are told apart, so that importing twice adds nothing and a mended file only what is new', () => {
    const clave = (texto: string) =>
      revisa(texto, { repetidas: 'sumar' }).lineas.map((l) => [...l.celdas, l.igual].join('|'));
    const antes = clave('codigo,cantidad\nPH-2840,5\nPH-2840,5\n456x,1');
    expect(new Set(antes).size).toBe(3);
    expect(clave('codigo,cantidad\nPH-2840,5\n\n456x,1\nPH-2840,5').toSorted()).toEqual(antes.toSorted());
  });
});

test('whatever the file holds, each row is saved, left out, blank or asked about, and an answer settles it', () => {
  const celda = (...opciones: string[]) => fc.constantFrom(...opciones);
  const fila = fc.tuple(
    celda(
      'PH-2840',
      '123',
      '456',
      '0456',
      'CABLE',
      'SERV',
      'NO-HAY',
      '7.5E+12',
      '',
      '17501000000019',
      '1-ene',
    ),
    celda('5', '0', '', '2x12+5', '2.5', '-1', 'x', '100000'),
    celda('', 'A-03-2', 'b1', 'Z-9'),
  );
  fc.assert(
    fc.property(fc.array(fila, { minLength: 1, maxLength: 12 }), fc.boolean(), (filas, ultima) => {
      const texto = ['codigo;cantidad;ubicacion', ...filas.map((una) => una.join(';'))].join('\n');
      const respuestas: Record<string, string> = {};
      let revision = revisa(texto);
      for (
        let vuelta = 0;
        vuelta < 4 && revision.preguntas.some(({ clave }) => !(clave in respuestas));
        vuelta += 1
      ) {
        for (const { clave, opciones } of revision.preguntas)
          respuestas[clave] = opciones[ultima ? opciones.length - 1 : 0]!.valor;
        revision = revisa(texto, respuestas);
      }
      const conAlgo = filas.filter((una) => una.some((dicha) => dicha !== '')).length;
      const sinContar = filas.filter(([codigo, cantidad]) => codigo !== '' && cantidad === '').length;
      expect(revision.lineas.length + revision.fuera + sinContar).toBe(conAlgo);
      const guardadas = new Set(revision.lineas.map(({ fila: n }) => n));
      for (const { nivel, fila: n } of revision.problemas)
        if (nivel === 'error') expect(guardadas.has(n)).toBe(false);
    }),
  );
});

describe('the table itself', () => {
  test('titles above, blank rows, quotes, byte-order mark, ="…" and extra columns are understood', () => {
    const filas = leeTexto(
      '\ufeffInventario físico\n\nProducto,Código,Cantidad\n"Aceite ""5W30"", lata",="000123","1,234"\n"dos\nrenglones",PH-2840,2\n',
    );
    expect(filas.map(({ fila }) => fila)).toEqual([1, 2, 3, 4, 5]);
    expect(filas[3]!.celdas).toEqual(['Aceite "5W30", lata', '000123', '1,234']);
    expect(hallaColumnas(filas)).toMatchObject({ fila: 3, lugar: { codigo: 1, cantidad: 2 } });
  });

  test('without headings: código, cantidad, ubicación, lote, nota; and a table of anything else is not guessed', () => {
    expect(hallaColumnas(leeTexto('PH-2840\t5\tA-1'))).toMatchObject({
      fila: 0,
      lugar: { codigo: 0, cantidad: 1 },
    });
    expect(hallaColumnas(leeTexto('hola, mundo'))).toBeNull();
    expect(hallaColumnas(leeTexto(''))).toBeNull();
  });

  test('any text is a table or nothing, and cells written by a spreadsheet come back as they were', () => {
    fc.assert(fc.property(fc.string(), (texto) => Array.isArray(leeTexto(texto))));
    const celda = fc.string({ unit: fc.constantFrom(...'aB3 ",;\n\tñ'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.tuple(celda, celda), { minLength: 1, maxLength: 5 }), (filas) => {
        const entre = (texto: string) => `"${texto.replaceAll('"', '""')}"`;
        const csv = ['codigo,cantidad', ...filas.map((fila) => fila.map(entre).join(','))].join('\r\n');
        expect(
          leeTexto(`${csv}\r\n`)
            .slice(1)
            .map(({ celdas }) => celdas),
        ).toEqual(filas);
      }),
    );
  });

  test('codes are looked up as they are, and digits also with and without zeros in front', () => {
    const filas = leeTexto('00123\t1\nPH-1\t2');
    const buscados = codigosPorBuscar(filas, hallaColumnas(filas)!);
    expect(buscados.get('PH-1')).toEqual([]);
    expect(buscados.get('00123')).toContain('123');
    expect(buscados.get('00123')).toContain('00000000000123');
    expect(buscados.get('00123')).not.toContain('00123');
  });
});
