import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { measureExactitud } from '#server/estadisticas/conteos.ts';
import { newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testUser } from '#tests/db/people.ts';
import { listResultados } from './resultados.ts';

const db = await testDb();
const e = await escenaConteo(db);
const otra = await escenaConteo(db);
const comprador = await testUser(db, { rol: 'comprador', tiendas: [e.tienda] });
const auditor = await testUser(db, { rol: 'auditor', tiendas: [e.tienda, otra.tienda] });

interface Caso {
  zona: 'A1' | 'A2' | 'B1' | null;
  otraZona?: 'B1';
  contado: number;
  teorico: number | null;
  /** Centavos a unit; null: sin costo. */
  costo: number | null;
  dia: string;
  prueba?: boolean;
}
/** All of a week in March but one; noon in Mexico City is 18:00 UTC. */
const CASOS: Caso[] = [
  { zona: 'A1', contado: 7, teorico: 10, costo: 1_250, dia: '2026-03-02' },
  { zona: 'A2', contado: 4, teorico: 4, costo: 900, dia: '2026-03-03' },
  { zona: 'B1', contado: 12, teorico: 10, costo: 333, dia: '2026-03-04' },
  { zona: 'B1', contado: 3, teorico: 5, costo: null, dia: '2026-03-05' },
  { zona: null, contado: 0, teorico: 1, costo: 10_000, dia: '2026-03-06' },
  { zona: 'A1', otraZona: 'B1', contado: 9, teorico: 8, costo: 50, dia: '2026-03-08' },
  // None of these is a comparison of those days: no base, a test count, the week after.
  { zona: 'A1', contado: 9, teorico: null, costo: 50, dia: '2026-03-04' },
  { zona: 'A1', contado: 1, teorico: 9, costo: 50, dia: '2026-03-04', prueba: true },
  { zona: 'A1', contado: 1, teorico: 9, costo: 50, dia: '2026-03-09' },
];
const DIAS = { desde: '2026-03-02', hasta: '2026-03-08' };

async function siembra(escena: typeof e, caso: Caso): Promise<void> {
  const [conteo, producto, en] = [newId(), await escena.producto(), new Date(`${caso.dia}T18:00:00Z`)];
  await sql`
    insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por, proposito)
    values (${conteo}, ${escena.tienda.id}, ${escena.tienda.almacenId}, 'almacen', ${escena.gerente.id},
            ${caso.prueba ? 'prueba' : 'conteo'})`.execute(db.kysely);
  for (const zona of [caso.zona, ...(caso.otraZona ? [caso.otraZona] : [])])
    await escena.linea({
      conteo,
      por: escena.ana,
      producto,
      cantidad: String(caso.contado),
      en,
      bin: zona === null ? null : escena.bins[zona],
      ...(caso.contado === 0 ? { tipo: 'cero' as const } : {}),
    });
  const variacion = caso.contado - (caso.teorico ?? 0);
  await sql`
    insert into inventario.conteo_resultados (conteo_id, producto_id, intento, contado, instante, teorico, variacion, decision,
                                              costo_unitario, costo_fuente, valor, aprobado_por)
    values (${conteo}, ${producto}, 1, ${caso.contado}, ${en}, ${caso.teorico}, ${variacion},
            ${caso.prueba ? 'prueba' : caso.teorico === null ? 'base' : 'sin_ajuste'},
            ${caso.costo === null ? null : (caso.costo / 100).toFixed(2)}, 'promedio',
            ${caso.costo === null ? null : ((variacion * caso.costo) / 100).toFixed(2)}, ${escena.gerente.id})`.execute(
    db.kysely,
  );
}

beforeAll(async () => {
  for (const caso of CASOS) await siembra(e, caso);
  await siembra(otra, CASOS[0]!);
});

/** By hand, from the cases. */
const zonaDe = ({ zona, otraZona }: Caso) =>
  otraZona ? 'Varias zonas' : zona === null ? 'Sin zona' : zona.slice(0, 1);
const validos = CASOS.slice(0, 6);
function esperado(casos: readonly Caso[]) {
  const centavos = casos.reduce(
    (suma, c) => suma + (c.costo === null ? 0 : Math.abs(c.contado - c.teorico!) * c.costo),
    0,
  );
  return {
    productos: casos.length,
    exactos: casos.filter((c) => c.contado === c.teorico).length,
    diferencia: (centavos / 100).toFixed(2),
  };
}
const pide = (zona: string | null = null, quien = e.gerente, limite = 100) =>
  listResultados(db, quien.claims, {
    tiendaIds: [],
    almacenId: null,
    categoriaId: null,
    ...DIAS,
    zona,
    limite,
  });

describe('every number opens the rows behind it', () => {
  test('accuracy (lines, value) equals a plain sum over the cases, and the rows add up to it', async () => {
    const { total, filas } = await pide();
    expect(total).toEqual(esperado(validos));
    const suma = filas.reduce(
      (n, f) => n + (f.valor === null ? 0 : Math.abs(Math.round(Number(f.valor) * 100))),
      0,
    );
    expect((suma / 100).toFixed(2)).toBe(total.diferencia);
    expect(filas.filter((f) => Number(f.variacion) === 0)).toHaveLength(total.exactos);
    expect(filas[0]).toMatchObject({ valor: '-100.00', zona: 'Sin zona', fecha: '2026-03-06' });
    expect(filas.at(-1)).toMatchObject({ variacion: '-2.00000', valor: null });
  });

  test('variance in pesos by zone: each bar is the total of the list that it opens', async () => {
    const { filas: barras } = await measureExactitud(db, e.gerente.claims, {
      tiendaIds: [],
      almacenId: null,
      categoriaId: null,
      ...DIAS,
      por: 'zona',
    });
    expect(barras.map(({ clave }) => clave).sort()).toEqual(['A', 'B', 'Sin zona', 'Varias zonas']);
    for (const { clave, productos, exactos, diferencia } of barras) {
      expect({ productos, exactos, diferencia }).toEqual(
        esperado(validos.filter((c) => zonaDe(c) === clave)),
      );
      expect((await pide(clave)).total).toEqual({ productos, exactos, diferencia });
    }
  });

  test('fewer rows than there are leave the totals whole', async () => {
    const { total, filas } = await pide(null, e.gerente, 2);
    expect(filas).toHaveLength(2);
    expect(total.productos).toBe(6);
  });

  test('nobody sees other shops’ results; who does not review sees none', async () => {
    expect((await pide(null, otra.gerente)).total.productos).toBe(1);
    expect((await pide(null, auditor)).total.productos).toBe(7);
    expect((await pide(null, comprador)).total.productos).toBe(0);
    expect((await pide(null, e.ana)).total.productos).toBe(0);
  });
});
