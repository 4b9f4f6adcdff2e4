import { expect, test } from 'vitest';
import { PideEtiquetas } from '#shared/contracts/etiquetas.ts';
import { codigosDe, cuerpoDe, PEDIDO_VACIO, type Pedido, resume } from './pedido.ts';

const producto = { id: '01900000-0000-7000-8000-000000000001', codigo: 'PH-1', nombre: 'Filtro' };
const con = (cambios: Partial<Pedido>): Pedido => ({ ...PEDIDO_VACIO, ...cambios });

test('pasted codes are one a line or a cell, each once; blanks inside a code stay', () => {
  expect(codigosDe(' PH-1 \r\n205/55 R16\tAC;PH-1\n\n')).toEqual(['PH-1', '205/55 R16', 'AC']);
});

test('how many labels and sheets, counting from the first free one', () => {
  expect(resume(con({ productos: [producto], codigos: 'A\nB', copias: '20' }), null)).toMatchObject({
    etiquetas: 60,
    paginas: 2,
    errores: {},
  });
  expect(resume(con({ productos: [producto], copias: '30', desde: '2' }), null).paginas).toBe(2);
  expect(
    resume(con({ productos: [producto], copias: '30', desde: '9', formato: 'rollo-50x25' }), null),
  ).toMatchObject({ paginas: 30, desde: 1, errores: {} });
  expect(resume(con({ origen: 'zona', almacenId: 'a' }), null)).toMatchObject({
    etiquetas: null,
    errores: {},
  });
});

test('what cannot be printed is said before it is asked for', () => {
  expect(resume(con({}), null).errores.que).toBe('Agrega algo que etiquetar.');
  expect(resume(con({ origen: 'zona' }), null).errores.que).toBe('Elige el almacén.');
  expect(resume(con({ origen: 'zona', almacenId: 'a' }), 0).errores.que).toContain('no tiene nada');
  expect(resume(con({ origen: 'zona', almacenId: 'a', copias: '3' }), 2_000).errores.que).toContain('6000');
  expect(resume(con({ codigos: 'A', copias: '0', desde: '31' }), null).errores).toEqual({
    copias: 'De 1 a 500 de cada una.',
    desde: 'De 1 a 30: las que trae la hoja.',
  });
});

test('the request is one that the server takes, without prices unless asked', () => {
  const pedidos = [
    con({ productos: [producto], codigos: 'A' }),
    con({ tipo: 'ubicacion', codigos: 'A-1', productos: [producto], precio: true }),
    con({ origen: 'zona', almacenId: producto.id, zonas: ['A'], codigos: 'X' }),
  ].map((pedido) => PideEtiquetas.parse(cuerpoDe(pedido)));
  expect(pedidos[0]).toMatchObject({ ids: [producto.id], codigos: ['A'], precio: false, almacenId: null });
  expect(pedidos[1]).toMatchObject({ ids: [], codigos: ['A-1'], precio: false });
  expect(pedidos[2]).toMatchObject({ ids: [], codigos: [], almacenId: producto.id, zonas: ['A'] });
});
