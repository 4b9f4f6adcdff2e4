import type { Caso } from './caso.ts';
import { CDMX, EAN, GDL, MTY } from './catalogo.ts';
import { con, libro, unaHoja } from './libro.ts';

const INVENTARIO = ['Clave', 'Descripción', 'Existencia'];
const DIA = 'Inventario CDMX-01 al 05/03/2026.xlsx';
/** 5 March 2026 in Excel's 1900 system. */
const SERIE = 46_086;

/** Books written by hand, part by part. */
export const CASOS_XLSX: readonly Caso[] = [
  {
    nombre: 'título, sucursal y periodo encima de los encabezados, subtotales y total al final',
    archivo: 'reporte.xlsx',
    bytes: () =>
      unaHoja(
        [
          ['REFACCIONARIA DEMO S.A. DE C.V.'],
          ['Ventas por artículo', null, null, null, 'Del 01/03/2026 al 31/03/2026'],
          ['Sucursal: GDL-01'],
          [],
          ['Clave', 'Descripción', 'Cantidad', 'Precio', 'Importe'],
          ['FIL-001', 'Filtro de aceite PH-2840', 2, 89.5, 179],
          ['BAT-35', 'Batería 35', 1, 1500, 1500],
          ['Subtotal', null, 3, null, 1679],
          ['CABLE', 'Cable calibre 12 por metro', 2.5, 20, 50],
          [null, 'TOTAL GENERAL', 5.5, null, 1729],
          ['Impreso el 01/04/2026 por ADMIN'],
        ],
        { uniones: ['A1:E1'] },
      ),
    espera: { tipo: 'ventas', filas: ['6 FIL-001 2', '7 BAT-35 1', '9 CABLE 2.5'], almacen: GDL },
  },
  {
    nombre: 'encabezados unidos en dos filas',
    archivo: DIA,
    bytes: () =>
      unaHoja(
        [
          ['Artículo', null, 'Almacén', null],
          ['Clave', 'Descripción', 'Existencia', 'Costo'],
          ['FIL-001', 'Filtro', 4, 50],
          ['ACE5W30', 'Aceite', 6, 120.5],
        ],
        { uniones: ['A1:B1', 'C1:D1'] },
      ),
    espera: {
      tipo: 'inventario',
      filas: ['3 FIL-001 4', '4 ACE5W30 6'],
      columnas: { codigo: 'A', cantidad: 'C', costo: 'D' },
      almacen: CDMX,
      fecha: '2026-03-05',
    },
  },
  {
    nombre: 'tres tablas en una hoja, una debajo de otra, cada una de su tienda',
    archivo: 'existencias 2026-03-05.xlsx',
    bytes: () =>
      unaHoja([
        ['Sucursal CDMX-01'],
        INVENTARIO,
        ['FIL-001', 'Filtro', 4],
        ['Total', null, 4],
        [],
        ['Sucursal GDL-01'],
        INVENTARIO,
        ['FIL-001', 'Filtro', 7],
        ['Total', null, 7],
        ['Sucursal MTY-01'],
        INVENTARIO,
        ['FIL-001', 'Filtro', 9],
      ]),
    espera: {
      tipo: 'inventario',
      filas: ['3 FIL-001 4', '8 FIL-001 7', '12 FIL-001 9'],
      almacenes: [CDMX, GDL, MTY],
    },
  },
  {
    nombre: 'tres tablas lado a lado con los mismos títulos',
    archivo: DIA,
    bytes: () =>
      unaHoja([
        ['Clave', 'Cantidad', null, 'Clave', 'Cantidad', null, 'Clave', 'Cantidad'],
        ['FIL-001', 1, null, 'BAT-35', 2, null, 'CABLE', 3.5],
        ['ACE5W30', 4, null, null, null, null, 'LIMPIA', 5],
      ]),
    espera: {
      tipo: 'inventario',
      filas: ['2 FIL-001 1', '2 BAT-35 2', '2 CABLE 3.5', '3 ACE5W30 4', '3 LIMPIA 5'],
    },
  },
  {
    nombre: 'debajo, otra tabla que es otra cosa',
    archivo: DIA,
    bytes: () =>
      unaHoja([
        INVENTARIO,
        ['FIL-001', 'Filtro', 4],
        [],
        ['Proveedor', 'Folio', 'Importe'],
        ['ACME', 'F1', 1000],
      ]),
    espera: { tipo: 'inventario', filas: ['2 FIL-001 4'], problemas: ['otra_tabla'] },
  },
  {
    nombre: 'un producto que se llama Total no es un total',
    archivo: DIA,
    bytes: () =>
      unaHoja([
        ['Descripción', 'Clave', 'Existencia'],
        ['Total', 'FIL-001', 4],
        ['Batería', 'BAT-35', 2],
        ['Total', null, 6],
      ]),
    espera: { tipo: 'inventario', filas: ['2 FIL-001 4', '3 BAT-35 2'] },
  },
  {
    nombre: 'fechas del sistema 1904',
    archivo: 'ventas MTY-01.xlsx',
    bytes: () =>
      libro({
        de1904: true,
        hojas: [
          {
            nombre: 'Ventas',
            filas: [
              ['Ticket', 'Fecha', 'Clave', 'Cantidad'],
              ['1', con(1, SERIE - 1462), 'FIL-001', 1],
              ['2', con(2, SERIE - 1462 + 0.75), 'FIL-001', 2],
              ['3', SERIE - 1462, 'FIL-001', 3],
            ],
          },
        ],
      }),
    espera: {
      tipo: 'ventas',
      filas: ['2 FIL-001 1 2026-03-05', '3 FIL-001 2 2026-03-05 18:00:00', '4 FIL-001 3 2026-03-05'],
      reparaciones: ['44624 → 2026-03-05'],
    },
  },
  {
    nombre: 'códigos como números: ceros perdidos, formato de ceros y 13 dígitos',
    archivo: DIA,
    bytes: () =>
      unaHoja([
        INVENTARIO,
        [Number(EAN.filtro), 'a', 1],
        [123, 'b', 2],
        [con(4, Number(EAN.bujia)), 'c', 3],
        [Number(EAN.limpiador), 'd', 4],
      ]),
    espera: {
      tipo: 'inventario',
      filas: ['2 FIL-001 1', '3 000123 2', '4 000123 3', '5 LIMPIA 4'],
      problemas: ['producto_dos_veces'],
      reparaciones: ['123 → 000123', `${Number(EAN.limpiador)} → ${EAN.limpiador}`],
    },
  },
  {
    nombre: 'errores de fórmula y fórmulas sin resultado guardado',
    archivo: DIA,
    bytes: () =>
      unaHoja([
        INVENTARIO,
        ['FIL-001', { xml: '<c t="e"><v>#N/A</v></c>' }, { xml: '<c><f>1+1</f><v>2</v></c>' }],
        ['BAT-35', 'b', { xml: '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' }],
        ['CABLE', 'c', { xml: '<c><f>SUM(C2:C3)</f></c>' }],
        [{ xml: '<c t="str"><f>"ACE"&amp;"5W30"</f><v>ACE5W30</v></c>' }, 'd', 5],
      ]),
    espera: {
      tipo: 'inventario',
      filas: ['2 FIL-001 2', '5 ACE5W30 5'],
      problemas: ['formula_error', 'formula_sin_valor'],
    },
  },
  {
    nombre: 'filas ocultas',
    archivo: DIA,
    bytes: () =>
      unaHoja([INVENTARIO, ['FIL-001', 'a', 1], ['BAT-35', 'b', 2], ['CABLE', 'c', 3]], { ocultas: [3] }),
    espera: {
      tipo: 'inventario',
      filas: ['2 FIL-001 1', '3 BAT-35 2', '4 CABLE 3'],
      problemas: ['filas_ocultas'],
    },
  },
  {
    nombre: 'números como texto, con espacios, pesos, paréntesis, unidades y signo al final',
    archivo: 'compras GDL-01.xlsx',
    bytes: () =>
      unaHoja([
        ['Proveedor', 'Fecha', 'Clave', 'Cantidad', 'Costo'],
        ['ACME', '2026-03-05', ' FIL-001\u00a0', ' 1,200 ', '$ 1,234.50'],
        ['ACME', '2026-03-05', 'BAT-35', '(3)', 'MXN 10.00'],
        ['ACME', '2026-03-05', 'ACE5W30', '12 pzas', '99.9 M.N.'],
        ['ACME', '2026-03-05', 'LIMPIA', '4-', '1'],
        ['ACME', '2026-03-05', 'BAT-35', 'cinco', '1'],
      ]),
    espera: {
      tipo: 'compras',
      filas: [
        '2 FIL-001 1200 2026-03-05',
        '3 BAT-35 -3 2026-03-05',
        '4 ACE5W30 12 2026-03-05',
        '5 LIMPIA -4 2026-03-05',
      ],
      problemas: ['cantidad_invalida'],
      reparaciones: ['(3) → -3', '12 pzas → 12', '4- → -4'],
    },
  },
  {
    nombre: 'títulos repetidos con datos distintos',
    archivo: DIA,
    bytes: () =>
      unaHoja([
        ['Clave', 'Existencia', 'Existencia'],
        ['FIL-001', 1, 9],
        ['BAT-35', 2, 8],
      ]),
    espera: { tipo: 'inventario', filas: ['2 FIL-001 1', '3 BAT-35 2'], problemas: ['titulo_repetido'] },
  },
  {
    nombre: 'sin títulos',
    archivo: DIA,
    bytes: () =>
      unaHoja([
        ['FIL-001', 'Filtro de aceite', 1],
        ['BAT-35', 'Batería', 2],
        ['CABLE', 'Cable', 3.5],
      ]),
    espera: {
      tipo: 'inventario',
      filas: ['1 FIL-001 1', '2 BAT-35 2', '3 CABLE 3.5'],
      problemas: ['tipo_dudoso'],
    },
    opciones: { almacenId: CDMX, fecha: '2026-03-05' },
  },
  {
    nombre: 'una hoja que solo tiene una imagen',
    archivo: 'foto.xlsx',
    bytes: () =>
      libro({
        hojas: [{ nombre: 'Hoja1', filas: [], cola: '<drawing r:id="rId1"/>' }],
        partes: [
          {
            nombre: 'xl/worksheets/_rels/sheet1.xml.rels',
            datos:
              '<Relationships xmlns="x"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
          },
        ],
      }),
    espera: {
      codigo: 'IMPORTACION_SIN_TABLA',
      dice: /solo tiene imágenes.*No se importó nada; deja una fila de títulos/s,
    },
  },
  {
    nombre: 'hoja protegida con contraseña, que de todos modos se lee',
    archivo: DIA,
    bytes: () =>
      unaHoja([INVENTARIO, ['FIL-001', 'a', 1]], { cola: '<sheetProtection sheet="1" password="CC1A"/>' }),
    espera: { tipo: 'inventario', filas: ['2 FIL-001 1'] },
  },
  {
    nombre: 'texto de fórmula (=cmd|…) que queda como texto',
    archivo: 'catalogo.xlsx',
    bytes: () =>
      unaHoja([
        ['Código', 'Descripción', 'Precio de venta'],
        ['NUEVO-1', "=cmd|'/C calc'!A0", 10],
        ['@SUM(A1)', '+1+1', 20],
      ]),
    espera: { tipo: 'productos', filas: ["2 NUEVO-1 =cmd|'/C calc'!A0 10", '3 @SUM(A1) +1+1 20'] },
  },
  {
    nombre: 'negativos: devoluciones en ventas',
    archivo: 'ventas CDMX-01 2026-03-05.xlsx',
    bytes: () =>
      unaHoja([
        ['Ticket', 'Fecha', 'Tipo', 'Clave', 'Cantidad', 'Importe'],
        ['1', con(1, SERIE), 'Venta', 'FIL-001', 2, 100],
        ['2', con(1, SERIE), 'Devolución', 'FIL-001', 1, 50],
        ['3', con(1, SERIE), 'Venta', 'FIL-001', -1, -50],
        ['4', con(1, SERIE), 'Venta', 'FIL-001', 1, -50],
      ]),
    espera: {
      tipo: 'ventas',
      filas: [
        '2 FIL-001 2 2026-03-05',
        '3 FIL-001 -1 2026-03-05',
        '4 FIL-001 -1 2026-03-05',
        '5 FIL-001 -1 2026-03-05',
      ],
      reparaciones: ['-50 → 50'],
    },
  },
  {
    nombre: 'existencia negativa en un inventario',
    archivo: DIA,
    bytes: () => unaHoja([INVENTARIO, ['FIL-001', 'a', -2], ['BAT-35', 'b', 0]]),
    espera: { tipo: 'inventario', filas: ['3 BAT-35 0'], problemas: ['cantidad_negativa'] },
  },
  {
    nombre: 'hojas de una tienda cada una, y una oculta',
    archivo: 'inventario 2026-03-05.xlsx',
    bytes: () =>
      libro({
        hojas: [
          { nombre: 'CDMX-01', filas: [INVENTARIO, ['FIL-001', 'a', 1]] },
          { nombre: 'GDL-01', filas: [INVENTARIO, ['FIL-001', 'a', 2]] },
          {
            nombre: 'Listas',
            estado: 'veryHidden',
            filas: [
              ['x', 'y'],
              ['1', '2'],
            ],
          },
        ],
      }),
    espera: {
      tipo: 'inventario',
      filas: ['2 FIL-001 1', '2 FIL-001 2'],
      almacenes: [CDMX, GDL],
      problemas: ['hojas_sin_leer'],
    },
  },
  {
    nombre: 'dos hojas con la misma tabla y sin decir de qué son',
    archivo: DIA,
    bytes: () =>
      libro({
        hojas: [
          { nombre: 'Enero', filas: [INVENTARIO, ['FIL-001', 'a', 1]] },
          { nombre: 'Febrero', filas: [INVENTARIO, ['FIL-001', 'a', 2]] },
        ],
      }),
    espera: { tipo: 'inventario', filas: ['2 FIL-001 1'], problemas: ['hoja_dudosa', 'hojas_sin_leer'] },
  },
  {
    nombre: 'un libro con prefijos en sus etiquetas, sin referencias de celda y con CDATA',
    archivo: DIA,
    bytes: () =>
      unaHoja([], {
        xml: `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Clave</x:t></x:is></x:c><x:c t='inlineStr'><x:is><x:r><x:t>Exis</x:t></x:r><x:r><x:t>tencia</x:t></x:r></x:is></x:c></x:row><x:row><x:c t="str"><x:v><![CDATA[FIL-001]]></x:v></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      }),
    espera: { tipo: 'inventario', filas: ['2 FIL-001 3'] },
  },
  {
    nombre: 'folio y fecha unidos hacia abajo',
    archivo: 'ventas GDL-01.xlsx',
    bytes: () =>
      unaHoja(
        [
          ['Folio', 'Fecha', 'Clave', 'Cantidad', 'Precio'],
          ['A1', con(1, SERIE), 'FIL-001', 1, 10],
          [null, null, 'BAT-35', 2, 10],
          ['A2', con(1, SERIE + 1), 'CABLE', 3, 10],
        ],
        { uniones: ['A2:A3', 'B2:B3'] },
      ),
    espera: {
      tipo: 'ventas',
      filas: ['2 FIL-001 1 2026-03-05', '3 BAT-35 2 2026-03-05', '4 CABLE 3 2026-03-06'],
    },
  },
  {
    nombre: 'fechas que Excel volteó a medias',
    archivo: 'ventas GDL-01.xlsx',
    bytes: () =>
      unaHoja([
        ['Ticket', 'Fecha', 'Clave', 'Cantidad'],
        ['1', con(1, SERIE), 'FIL-001', 1],
        ['2', '25/03/2026', 'FIL-001', 2],
      ]),
    espera: {
      tipo: 'ventas',
      filas: ['2 FIL-001 1 2026-03-05', '3 FIL-001 2 2026-03-25'],
      problemas: ['fechas_volteadas'],
    },
  },
  {
    nombre: 'columnas con datos escondidos muy a la derecha y filas con estilo y sin datos',
    archivo: DIA,
    bytes: () =>
      unaHoja([], {
        xml: `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Clave</t></is></c><c r="B1" t="inlineStr"><is><t>Existencia</t></is></c><c r="XFD1" t="inlineStr"><is><t>.</t></is></c></row><row r="2" s="1"/><row r="900"><c r="A900" t="inlineStr"><is><t>FIL-001</t></is></c><c r="B900"><v>5</v></c></row><row r="901"><c r="A901" s="1"/></row></sheetData></worksheet>`,
      }),
    espera: { tipo: 'inventario', filas: ['900 FIL-001 5'] },
  },
];
