import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historias, vive } from '../sim/historia.ts';
import { type Faltas, type Invariante, type Paso, Violacion } from '../sim/mundo.ts';
import { REGRESIONES } from '../sim/regresiones.ts';

/**
 * The test of the tests: each seeded bug breaks one promise of the protocol. The simulation must notice within so many
 * histories, say which invariant broke, and find nothing in the same histories without the bug. The naive sequence
 * cursor, which needs writers at the same time, has its control in tests/db/captura-concurrencia.db.test.ts.
 */
/** `solo`: of no other steps, where the bug needs several of these in a row. */
type Caso = { falta: Faltas; dentro: number; sobre: Paso['k'][]; solo?: true; rompe: Invariante[] };

const CASOS: Record<string, Caso> = {
  'cursor stored before its rows (pouchdb#1240)': {
    falta: { telefono: 'cursor_antes' },
    dentro: 30,
    sobre: ['choca', 'catalogo'],
    rompe: ['I6'],
  },
  'cursor stored, rows dropped by a full disk (rxdb#5571)': {
    falta: { telefono: 'documentos_tirados' },
    dentro: 120,
    sobre: ['lleno', 'catalogo'],
    rompe: ['I6', 'I3', 'I7'],
  },
  'journal cleared at sign-out': {
    falta: { telefono: 'diario_borrado' },
    dentro: 30,
    sobre: ['sale', 'guarda'],
    rompe: ['I1'],
  },
  'acked mutations never sent again': {
    falta: { telefono: 'sin_rebobinar' },
    dentro: 60,
    sobre: ['respalda', 'restaura', 'guarda'],
    rompe: ['I1', 'I5'],
  },
  'a captive portal’s page taken for an answer': {
    falta: { telefono: 'portal_contesta' },
    dentro: 60,
    sobre: ['red', 'guarda', 'espera', 'foco'],
    solo: true,
    rompe: ['I1', 'I7'],
  },
  'lines in memory until a later flush (TanStack db#1124)': {
    falta: { telefono: 'memoria_hasta_vaciar' },
    dentro: 10,
    sobre: ['choca', 'guarda'],
    rompe: ['I1'],
  },
  'sent again as new after a reload (TanStack db#921)': {
    falta: { telefono: 'doble_al_abrir' },
    dentro: 30,
    sobre: ['choca', 'guarda'],
    rompe: ['I1', 'I2', 'I8'],
  },
  'rejections not stored': {
    falta: { telefono: 'rechazo_olvidado' },
    dentro: 30,
    sobre: ['veneno'],
    rompe: ['I7'],
  },
  'a rejection holds the queue': {
    falta: { telefono: 'rechazo_atora' },
    dentro: 30,
    sobre: ['veneno'],
    rompe: ['I5'],
  },
  'rows of a revoked scope kept': {
    falta: { telefono: 'scope_queda' },
    dentro: 80,
    sobre: ['otorga', 'quita', 'mueve'],
    rompe: ['I4', 'I3'],
  },
  'a reset page laid over what was there': {
    falta: { telefono: 'sin_reset' },
    dentro: 40,
    sobre: ['restaura', 'respalda', 'catalogo', 'espera', 'foco'],
    solo: true,
    rompe: ['I3', 'I6', 'I4'],
  },
  'taking a new id forgets the unsent': {
    falta: { telefono: 'bifurca_olvida' },
    dentro: 60,
    sobre: ['clona', 'guarda'],
    rompe: ['I1'],
  },
  'device id outside the journal': {
    falta: { telefono: 'equipo_fuera' },
    dentro: 60,
    sobre: ['desaloja', 'guarda'],
    rompe: ['I1'],
  },
  'sent under the turno of who is in': {
    falta: { telefono: 'turno_del_presente' },
    dentro: 60,
    sobre: ['entra', 'guarda'],
    rompe: ['I2', 'I7'],
  },
  'a refused batch keeps the pulls away': {
    falta: { telefono: 'codigo_manda' },
    dentro: 30,
    sobre: ['veneno', 'catalogo'],
    rompe: ['I3'],
  },
  'no hash of the arguments': {
    falta: { servidor: 'sin_hash' },
    dentro: 60,
    sobre: ['clona', 'guarda', 'espera'],
    rompe: ['I1', 'I2'],
  },
  'acknowledged before the commit': {
    falta: { servidor: 'ack_antes_de_commit' },
    dentro: 60,
    sobre: ['mata_servidor', 'guarda'],
    rompe: ['I1'],
  },
  'last_mid outside the transaction': {
    falta: { servidor: 'last_mid_aparte' },
    dentro: 60,
    sobre: ['mata_servidor', 'guarda'],
    rompe: ['I1'],
  },
  'lastMid before the head': {
    falta: { servidor: 'last_mid_temprano' },
    dentro: 80,
    sobre: ['veneno', 'catalogo', 'red', 'choca'],
    rompe: ['I7'],
  },
  'cursor without lineage': {
    falta: { servidor: 'sin_linaje' },
    dentro: 120,
    sobre: ['respalda', 'restaura', 'catalogo'],
    rompe: ['I6', 'I3'],
  },
  'no savepoint: poison takes its batch with it': {
    falta: { servidor: 'sin_savepoint' },
    dentro: 30,
    sobre: ['veneno', 'guarda'],
    rompe: ['I1'],
  },
  'a row known by its number and not by its id': {
    falta: { servidor: 'fila_por_numero' },
    dentro: 30,
    sobre: ['clona', 'guarda'],
    rompe: ['I6', 'I2', 'I3'],
  },
  'a tombstone advances the checkpoint (payload-expo-tauri#9)': {
    falta: { servidor: 'lapida_adelanta' },
    dentro: 30,
    sobre: ['catalogo'],
    rompe: ['I6', 'I3'],
  },
  'a refused mutation is kept nowhere': {
    falta: { servidor: 'rechazo_al_vacio' },
    dentro: 30,
    sobre: ['veneno'],
    rompe: ['I1'],
  },
  'the total grows with each arrival': {
    falta: { servidor: 'suma_incremental' },
    dentro: 60,
    sobre: ['clona', 'guarda'],
    rompe: ['I8'],
  },
  'a row that moves leaves no tombstone': {
    falta: { servidor: 'mudanza_sin_lapida' },
    dentro: 60,
    sobre: ['mueve', 'otorga'],
    rompe: ['I3', 'I4', 'I6'],
  },
  'tombstones forgotten under cursors that still need them': {
    falta: { servidor: 'compacta_sin_piso' },
    dentro: 60,
    sobre: ['catalogo', 'compacta', 'corta'],
    rompe: ['I3', 'I6'],
  },
};

const PASOS = 60;
const SEMILLA = 20_260_302;

test.each(Object.entries(CASOS))('%s is caught', { timeout: 120_000 }, async (name, caso) => {
  const { falta, dentro, sobre, solo, rompe } = caso;
  const juega = (faltas: Faltas, numRuns: number) =>
    fc.check(
      fc.asyncProperty(historias(PASOS, sobre, solo), (historia) => vive(historia, faltas)),
      { numRuns, seed: SEMILLA, endOnFailure: true },
    );
  const con = await juega(falta, dentro);
  if (process.env.FALTAS) console.log(`${name}: ${con.numRuns}, ${con.errorInstance}`);
  expect(con.errorInstance).toBeInstanceOf(Violacion);
  expect(rompe).toContain((con.errorInstance as Violacion).invariante);
  const sin = await juega({}, con.numRuns);
  expect(sin.errorInstance).toBeNull();
});

test('what was sent is not compared with what the server keeps is caught', async () => {
  await expect(vive(REGRESIONES.clonado_y_restaurado!, { servidor: 'sin_acked' })).rejects.toBeInstanceOf(
    Violacion,
  );
});
