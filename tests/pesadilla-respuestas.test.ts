import { describe, expect, test } from 'vitest';
import { leeArchivo } from '#server/importar/lee-archivo.ts';
import type { FilaMovimiento, FilaProducto, OpcionesImportacion } from '#shared/contracts/importar.ts';
import { CATALOGO, EAN, GDL, uuid } from './pesadilla/catalogo.ts';
import { enCorto, HOY, lee, tipos } from './pesadilla/lee.ts';

const csv = (...lineas: string[]): Buffer => Buffer.from(`${lineas.join('\n')}\n`);
const DIA = 'Inventario CDMX-01 2026-03-05.csv';

describe('lo que se pregunta se contesta, y cambia lo que se lee', () => {
  test('un código de varios productos: el elegido, o se omite', async () => {
    const archivo = csv('Clave,Existencia', 'VIEJO-35,4', 'FIL-001,1');
    const { problemas, filas } = await lee(archivo, DIA);
    expect(enCorto(filas)).toEqual(['3 FIL-001 1']);
    const [pregunta] = problemas;
    expect(pregunta).toMatchObject({
      error_type: 'codigo_varios',
      gravedad: 'pregunta',
      fila: 2,
      columna: 'A',
      titulo: 'Clave',
      valor: 'VIEJO-35',
      clave: 'codigo:VIEJO-35',
    });
    expect(pregunta!.opciones!.map(({ valor }) => valor)).toEqual([uuid(6), uuid(7), 'omitir']);
    const elige = async (valor: string) => {
      const leido = await lee(archivo, DIA, { respuestas: { 'codigo:VIEJO-35': valor } });
      return [enCorto(leido.filas), tipos(leido.problemas)];
    };
    expect(await elige(uuid(7))).toEqual([['2 BAT-35-ALT 4', '3 FIL-001 1'], []]);
    expect(await elige('omitir')).toEqual([['3 FIL-001 1'], []]);
  });

  test('productos dos veces: sumar deja las dos filas, primera solo una', async () => {
    const archivo = csv('Clave,Existencia', 'FIL-001,4', 'FIL-001,5', 'BAT-35,1');
    const con = async (opciones: OpcionesImportacion) => {
      const leido = await lee(archivo, DIA, opciones);
      return [enCorto(leido.filas), tipos(leido.problemas)];
    };
    expect(await con({})).toEqual([['2 FIL-001 4', '3 FIL-001 5', '4 BAT-35 1'], ['producto_dos_veces']]);
    expect(await con({ respuestas: { producto_dos_veces: 'sumar' } })).toEqual([
      ['2 FIL-001 4', '3 FIL-001 5', '4 BAT-35 1'],
      [],
    ]);
    expect(await con({ respuestas: { producto_dos_veces: 'primera' } })).toEqual([
      ['2 FIL-001 4', '4 BAT-35 1'],
      [],
    ]);
    const ubicados = await lee(csv('Clave,Existencia,Ubicación', 'FIL-001,4,A1', 'FIL-001,5,A2'), DIA);
    expect(tipos(ubicados.problemas)).toEqual([]);
  });

  test('folio y fecha solo en la primera fila de cada grupo: se pregunta y se repiten', async () => {
    const archivo = csv(
      'Ticket,Fecha,Clave,Cantidad',
      'T1,25/03/2026,FIL-001,1',
      ',,BAT-35,2',
      ',,CABLE,3',
      ',,ACE5W30,4',
      'T2,26/03/2026,FIL-001,5',
    );
    const antes = await lee(archivo, 'ventas GDL-01.csv');
    expect(tipos(antes.problemas)).toEqual(['fecha_vacia', 'vacias_abajo']);
    const { filas, problemas } = await lee(archivo, 'ventas GDL-01.csv', {
      respuestas: { 'vacias_abajo:fecha': 'si', 'vacias_abajo:folio': 'si' },
    });
    expect(problemas).toEqual([]);
    expect((filas as FilaMovimiento[]).map(({ folio, fecha }) => `${folio} ${fecha}`)).toEqual([
      ...Array(4).fill('T1 2026-03-25'),
      'T2 2026-03-26',
    ]);
  });

  test('lo que una persona dice de las columnas gana a lo detectado', async () => {
    const { filas, analisis } = await lee(csv('Clave,Existencia,Fisico', 'FIL-001,4,9'), DIA, {
      columnas: { cantidad: 2, nombre: null },
    });
    expect(enCorto(filas)).toEqual(['2 FIL-001 9']);
    expect(analisis.columnas.map(({ campo, de }) => `${campo} ${de}`)).toEqual([
      'codigo titulo',
      'null ninguno',
      'cantidad persona',
    ]);
  });

  test('lo recordado de una fuente se usa sin preguntar', async () => {
    const bytes = csv('xa,xb,xc', 'FIL-001,4,9');
    const entrada = {
      bytes,
      filename: DIA,
      opciones: { tipo: 'inventario', filaEncabezado: 1, columnas: { codigo: 0, cantidad: 2 } } as const,
      catalogo: CATALOGO,
      mapas: {},
      hoy: HOY,
    };
    const oyente = {
      filas: async () => {},
      problemas: async () => {},
      reparaciones: async () => {},
      avance: () => {},
    };
    const { firma } = await leeArchivo(entrada, oyente);
    const filas: FilaMovimiento[] = [];
    const otra = await leeArchivo(
      { ...entrada, opciones: {}, mapas: { [firma]: entrada.opciones } },
      {
        ...oyente,
        filas: async (lote) => {
          filas.push(...(lote as FilaMovimiento[]));
        },
      },
    );
    expect(enCorto(filas)).toEqual(['2 FIL-001 9']);
    expect(otra.columnas.map(({ de }) => de)).toEqual(['recordada', 'ninguno', 'recordada']);
    expect(otra.problemas).toEqual({ error: 0, pregunta: 0, aviso: 0 });
  });

  test('productos nuevos: se quedan fuera, o pasan con su código y su nombre', async () => {
    const archivo = csv('Clave,Descripción,Existencia', 'NUEVO-1,Balata,4', 'NUEVO-2,,1');
    expect((await lee(archivo, DIA)).analisis.filas.conError).toBe(2);
    const { filas, problemas } = await lee(archivo, DIA, { productosNuevos: 'crear' });
    expect(filas).toMatchObject([{ productoId: null, codigo: 'NUEVO-1', nombre: 'Balata', cantidad: '4' }]);
    expect(tipos(problemas)).toEqual(['producto_sin_nombre']);
  });
});

test('un catálogo: precios, IVA, claves del SAT, varios códigos, cajas y ubicación', async () => {
  const archivo = csv(
    'Código;Descripción;Código de barras;Precio de venta;Costo;IVA;Clave SAT;Unidad;Activo;Sucursal;Ubicación',
    `FIL-001;Filtro nuevo;${EAN.filtro};$1,234.50;99.123456;16%;25174004;PZA;Sí;GDL-01;A-3`,
    `NUEVO;Balata;${EAN.bujia};10.00;1;0.08;;PZA;No;;`,
    'NUEVO-2;Banda;BANDA-1|BANDA-2;10.00;;exento;;PZA;;;',
    'NUEVO-3;Tuerca;;abc;;21;;PZA;quizá;;',
  );
  const { analisis, filas, problemas } = await lee(archivo, 'catalogo.csv');
  expect(analisis.tipo.tipo).toBe('productos');
  expect(filas).toEqual<FilaProducto[]>([
    {
      hoja: 'catalogo',
      fila: 2,
      productoId: uuid(1),
      codigo: 'FIL-001',
      campos: {
        nombre: 'Filtro nuevo',
        precio: '1234.5',
        costo: '99.123456',
        ivaTasa: '16',
        claveProdServ: '25174004',
        unidad: 'PZA',
        activo: true,
      },
      codigos: [{ codigo: EAN.filtro, factor: '1' }],
      ubicaciones: [{ almacenId: GDL, ubicacion: 'A-3' }],
    },
    {
      hoja: 'catalogo',
      fila: 4,
      productoId: null,
      codigo: 'NUEVO-2',
      campos: { nombre: 'Banda', precio: '10', ivaTasa: 'exento', unidad: 'PZA' },
      codigos: [
        { codigo: 'BANDA-1', factor: '1' },
        { codigo: 'BANDA-2', factor: '1' },
      ],
      ubicaciones: [],
    },
  ]);
  expect(tipos(problemas)).toEqual([
    'activo_invalido',
    'codigos_distintos',
    'dinero_invalido',
    'iva_invalido',
  ]);
});

test('el total que escribe el archivo se compara con lo leído', async () => {
  const total = async (suma: number) =>
    tipos(
      (await lee(csv('Clave,Descripción,Existencia', 'FIL-001,a,4', 'BAT-35,b,5', `,Total,${suma}`), DIA))
        .problemas,
    );
  expect(await total(9)).toEqual([]);
  expect(await total(10)).toEqual(['total_no_cuadra']);
});
