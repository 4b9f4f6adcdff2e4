import { describe, expect, test } from 'vitest';
import type { TipoImportacion } from '../../contracts/importar.ts';
import { IndiceCatalogo } from './catalogo.ts';
import type { Celda, FilaHoja } from './celda.ts';
import { detectaAlmacen, detectaFecha, fechasEn, Lugares } from './detecta-lugar.ts';
import { detectaTipo } from './detecta-tipo.ts';
import { encuentraTabla } from './encuentra-tabla.ts';
import { mapeaColumnas } from './mapea-columnas.ts';
import { Perfil } from './perfil.ts';
import { firmaDe } from './planea.ts';
import { esTotal } from './segmenta.ts';

const VACIO = {
  productos: { id: [], codigo: [], nombre: [], decimales: [] },
  codigos: { codigo: [], claveGtin: [], producto: [], factor: [] },
  almacenes: [],
  categorias: [],
};
const tienda = (n: number, codigo: string, nombre: string) => ({
  id: `a${n}`,
  codigo: `${codigo}-G`,
  nombre: 'General',
  tienda: { id: `t${n}`, codigo, nombre },
  esGeneral: true,
});
const LUGARES = new Lugares([
  tienda(1, 'CDMX-01', 'Centro Histórico'),
  tienda(2, 'GDL-01', 'Guadalajara Chapultepec'),
  tienda(3, 'MTY-01', 'Monterrey Cumbres'),
]);

function mapa(titulos: readonly string[], datos: readonly (readonly Celda[])[], tipo: TipoImportacion) {
  const perfil = new Perfil(new IndiceCatalogo(VACIO), '2026-11-24');
  for (const celdas of datos) perfil.mira(celdas, false);
  const { lugar } = mapeaColumnas({
    titulos,
    columnas: perfil.columnas,
    tipo,
    lugares: LUGARES,
    persona: {},
    recordada: {},
  });
  return Object.fromEntries([...lugar].map(([campo, i]) => [campo, titulos[i]]));
}

describe('detectar el tipo con una confianza y sus razones', () => {
  const de = (titulos: string, filename = 'datos.xlsx', arriba: string[] = []) =>
    detectaTipo({ titulos: titulos.split(','), arriba, hoja: 'Hoja1', filename, hayFechas: false });
  test.each<[string, TipoImportacion]>([
    ['Clave,Descripción,Existencia,Costo promedio', 'inventario'],
    ['CVE_ART,DESCR,EXIST,COSTO_PROM', 'inventario'],
    ['Ticket,Fecha,Cajero,Código,Cantidad,Importe', 'ventas'],
    ['Folio,Fecha,Cliente,Clave del artículo,Cantidad,Precio unitario,Importe', 'ventas'],
    ['Proveedor,Factura,Fecha,Clave,Cantidad recibida,Costo', 'compras'],
    ['Código,Producto,P. Venta,Departamento', 'productos'],
    ['Clave,Nombre,Clave SAT,Precio de lista,Línea', 'productos'],
  ])('%s es de %s', (titulos, tipo) => {
    const detectado = de(titulos);
    expect(detectado.tipo).toBe(tipo);
    expect(detectado.confianza).toBeGreaterThanOrEqual(0.6);
    expect(detectado.razones.length).toBeGreaterThan(0);
  });

  test('el nombre del archivo y el título deciden lo que las columnas no dicen', () => {
    expect(de('Fecha,Clave,Cantidad', 'compras marzo.xlsx').tipo).toBe('compras');
    expect(de('Fecha,Clave,Cantidad', 'x.xlsx', ['Reporte de ventas por día']).razones[0]).toMatch(
      /Reporte de ventas/,
    );
    expect(de('Clave,Cantidad', 'x.csv').confianza).toBeLessThan(1);
  });
});

describe('columnas de Microsip, Aspel, cajas y proveedores', () => {
  test('Aspel SAE', () => {
    expect(
      mapa(
        ['CVE_ART', 'DESCR', 'LIN_PROD', 'EXIST', 'COSTO_PROM', 'ULT_COSTO'],
        [['A1', 'Filtro', 'FIL', 4, 10.5, 11]],
        'inventario',
      ),
    ).toEqual({ codigo: 'CVE_ART', nombre: 'DESCR', cantidad: 'EXIST', costo: 'COSTO_PROM' });
  });
  test('Microsip: de inicial, entradas, salidas y final, la final', () => {
    expect(
      mapa(
        [
          'Clave principal',
          'Nombre',
          'Inventario inicial',
          'Entradas',
          'Salidas',
          'Inventario final',
          'Costo',
        ],
        [['A1', 'Filtro', 1, 2, 3, 4, 5.5]],
        'inventario',
      ),
    ).toEqual({ codigo: 'Clave principal', nombre: 'Nombre', cantidad: 'Inventario final', costo: 'Costo' });
  });
  test('punto de venta', () => {
    expect(
      mapa(
        [
          'No. Ticket',
          'Fecha y hora',
          'Código de barras',
          'Producto',
          'Cant.',
          'P. Unit.',
          'Importe',
          'Sucursal',
        ],
        [['1', '2026-03-05 10:00', '7501000000012', 'Filtro', 2, 10, 20, 'GDL-01']],
        'ventas',
      ),
    ).toEqual({
      folio: 'No. Ticket',
      fecha: 'Fecha y hora',
      codigoBarras: 'Código de barras',
      nombre: 'Producto',
      cantidad: 'Cant.',
      precio: 'P. Unit.',
      importe: 'Importe',
      tienda: 'Sucursal',
    });
  });
  test('proveedor: su precio unitario es el costo', () => {
    expect(
      mapa(
        ['SKU', 'Description', 'Qty', 'Unit Price', 'Amount', 'Invoice'],
        [['A1', 'Oil filter', 2, 10, 20, 'F1']],
        'compras',
      ),
    ).toEqual({
      codigo: 'SKU',
      nombre: 'Description',
      cantidad: 'Qty',
      costo: 'Unit Price',
      importe: 'Amount',
      folio: 'Invoice',
    });
  });
  test('un título no vale si los datos lo desmienten', () => {
    expect(
      mapa(
        ['Clave', 'Existencia', 'Cantidad'],
        [
          ['A1', 'sí hay', 3],
          ['A2', 'no hay', 4],
        ],
        'inventario',
      ).cantidad,
    ).toBe('Cantidad');
  });
});

describe('detectar la tienda por el nombre del archivo, el título o la hoja', () => {
  const de = (filename: string, arriba: string[] = [], hoja = 'Hoja1') =>
    detectaAlmacen(LUGARES, { filename, arriba, hoja })?.almacenId ?? null;
  test('por código, por nombre y por una palabra suya', () => {
    expect([
      de('ventas_GDL-01_marzo.xlsx'),
      de('x.xlsx', ['Sucursal: Monterrey Cumbres']),
      de('x.xlsx', [], 'Guadalajara'),
      de('x.xlsx', ['Almacén 3 GDL-01-G']),
    ]).toEqual(['a2', 'a3', 'a2', 'a2']);
  });
  test('dos que se contradicen no deciden nada', () => {
    expect([
      de('ventas GDL-01.xlsx', ['Sucursal MTY-01']),
      de('x.xlsx'),
      de('CDMX-01 y GDL-01.xlsx'),
    ]).toEqual([null, null, null]);
  });
  test('la fecha de un título o del nombre', () => {
    const de = (filename: string, arriba: string[] = []) =>
      detectaFecha({ filename, arriba, hoja: '' }, 'dmy', '2026-11-24')?.fecha ?? null;
    expect([
      de('inv 2026-03-05.xlsx'),
      de('inv_05-03-2026.csv'),
      de('inv20260305.xls'),
      de('x', ['Existencias al 5 de marzo de 2026']),
      de('x', ['Al 05/mar/2026']),
      de('x 2027-01-01'),
    ]).toEqual([...Array(5).fill('2026-03-05'), null]);
    expect(fechasEn('Del 01/03/2026 al 31/03/2026', 'dmy')).toEqual(['2026-03-01', '2026-03-31']);
  });
});

describe('encontrar la tabla', () => {
  const filas = (...crudas: Celda[][]): FilaHoja[] =>
    crudas.map((celdas, i) => ({ fila: i + 1, celdas, oculta: false }));
  test('bajo títulos, con el encabezado que una persona dice, o sin ninguno', () => {
    const hoja = filas(['Empresa'], ['Clave', 'Cantidad'], ['A1', 1], ['Clave', 'Cantidad'], ['A2', 2]);
    expect(encuentraTabla(hoja, [])?.filaEncabezado).toBe(2);
    expect(encuentraTabla(hoja, [], 4)?.filaEncabezado).toBe(4);
    expect(encuentraTabla(hoja, [], 0)?.filaEncabezado).toBe(0);
    expect(encuentraTabla(filas(['A1', 3], ['A2', 4]), [])?.filaEncabezado).toBe(0);
    expect(encuentraTabla(filas(['solo']), [])).toBeNull();
  });
  test('qué es un total y qué no', () => {
    expect(
      [
        'Total',
        'SUBTOTAL:',
        'Gran total',
        'Total general',
        'Total de la sucursal',
        'Sumas iguales',
        'Totales',
      ].every(esTotal),
    ).toBe(true);
    expect(['TOTAL CARE 500 ML', 'Aceite Total', 'Totalizador', 'Sumatra café'].some(esTotal)).toBe(false);
  });
  test('archivos de una misma fuente tienen la misma firma, y otro tipo es otra', () => {
    const huella = (texto: string): string => texto;
    expect(firmaDe(['Código ', 'CANTIDAD'], 'ventas', huella)).toBe(
      firmaDe(['codigo', 'cantidad'], 'ventas', huella),
    );
    expect(firmaDe(['a'], 'ventas', huella)).not.toBe(firmaDe(['a'], 'compras', huella));
  });
});
