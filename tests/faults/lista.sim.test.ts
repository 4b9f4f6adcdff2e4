import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historias } from '../sim/historia.ts';
import { historiasSql } from '../sim/historia-sql.ts';
import type { Paso } from '../sim/mundo.ts';
import type { PasoSql } from '../sim/pasos-sql.ts';
import { ACCIDENTES } from '../sim/red.ts';

/** The faults that the protocol names: accidents of the network, and steps in memory and on the real SQL. */
const DE_LA_RED: Record<string, (typeof ACCIDENTES)[number][]> = {
  'lost request': ['peticion_perdida', 'nunca_contesta'],
  'lost response': ['respuesta_perdida'],
  duplicate: ['duplicada', 'duplicada_tarde'],
  reorder: ['desordenada'],
  truncation: ['truncada'],
  'captive portal': ['portal'],
  '401, 413, 429 and 5xx': ['401', '413', '429', '500', '503'],
};
const PASOS: Record<string, [enMemoria: Paso['k'][], enSql: PasoSql['k'][]]> = {
  'a bad network': [
    ['red', 'corta', 'conecta'],
    ['red', 'corta', 'conecta'],
  ],
  'crash at every storage boundary': [['choca'], ['choca']],
  'server kill between any two statements': [['mata_servidor'], ['mata']],
  'restore with and without a new epoch': [
    ['respalda', 'restaura'],
    ['respalda', 'restaura'],
  ],
  eviction: [['desaloja'], ['desaloja']],
  'cloned device': [['clona'], ['clona']],
  'two tabs': [['pestana'], ['pestana']],
  'old and new schema on either side': [
    ['exige_esquema', 'actualiza', 'sube_servidor'],
    ['exige_esquema', 'actualiza'],
  ],
  'revoke, grant and move': [
    ['revoca', 'desactiva', 'reactiva', 'otorga', 'quita', 'mueve'],
    ['revoca', 'desactiva', 'reactiva', 'otorga', 'quita', 'mueve'],
  ],
  'clock jump': [['reloj'], ['reloj']],
  'a dead session': [['sesion_muere'], ['sesion_muere']],
  compaction: [['compacta'], ['compacta']],
  quota: [['lleno'], ['lleno']],
  'dead handle': [
    ['sorda', 'cuelga'],
    ['sorda', 'cuelga'],
  ],
  poison: [['veneno'], ['veneno']],
  'unknown mutator': [['futuro'], ['futuro']],
};

test.each(Object.entries(DE_LA_RED))('the network of the simulation knows %s', (_falta, accidentes) => {
  for (const accidente of accidentes) expect(ACCIDENTES).toContain(accidente);
});

test('the histories come to every fault that the protocol names', () => {
  const que = { numRuns: 120, seed: 1 };
  const jugados = (todas: readonly { pasos: readonly { k: string }[] }[]) =>
    new Set(todas.flatMap(({ pasos }) => pasos.map(({ k }) => k)));
  const enMemoria = jugados(fc.sample(historias(60), que));
  const enSql = jugados(fc.sample(historiasSql(60), que));
  for (const [falta, [pasos, sql]] of Object.entries(PASOS)) {
    for (const k of pasos) expect(enMemoria, falta).toContain(k);
    for (const k of sql) expect(enSql, falta).toContain(k);
  }
});
