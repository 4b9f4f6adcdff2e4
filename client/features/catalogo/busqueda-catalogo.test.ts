import { expect, test } from 'vitest';
import { consultaDe, leeBusqueda } from './busqueda-catalogo.ts';

test('the state of the filters is in the URL, and what it says wrong is not said', () => {
  const id = '01890000-0000-7000-8000-000000000001';
  expect(consultaDe(leeBusqueda({ q: 7501, categoria: id, sin: 'costo', estado: 'baja' }))).toEqual({
    q: '7501',
    categoriaId: id,
    sin: 'costo',
    estado: 'baja',
    orden: 'nombre',
  });
  expect(consultaDe(leeBusqueda({ q: '  ', categoria: 'x', sin: 'y', estado: 3, orden: null }))).toEqual({
    estado: 'activos',
    orden: 'nombre',
  });
});
