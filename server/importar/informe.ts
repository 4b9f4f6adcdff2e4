import type { Claims, Db } from '#server/platform/db/db.ts';
import { AppError } from '#shared/errores.ts';
import { findProblemas, findReparaciones } from './lotes.sql.ts';
import { findUpload } from './uploads.sql.ts';

/** Excel opens more, nobody reads more. */
const MAXIMO = 50_000;

export const COLUMNAS = ['Hoja', 'Fila', 'Columna', 'Valor', 'Tipo', 'Qué pasó', 'Qué hacer'] as const;
const TIPO = { error: 'Error', pregunta: 'Pregunta', aviso: 'Aviso' } as const;

/** Every problem and every repair of an import, as rows of text. Throws NO_ENCONTRADO. */
export async function filasDeInforme(
  db: Db,
  claims: Claims,
  id: string,
): Promise<{ nombre: string; filas: string[][] }> {
  return db.withUser(
    claims,
    async (tx) => {
      const u = await findUpload(tx, id);
      if (u?.sha256 == null) throw new AppError('NO_ENCONTRADO');
      const problemas = await findProblemas(tx, id, { gravedad: null, tras: 0, limite: MAXIMO });
      const reparaciones = await findReparaciones(tx, id, { tras: 0, limite: MAXIMO });
      return {
        nombre: u.filename.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N} ._-]/gu, ''),
        filas: [
          ...problemas.map((p) => [
            p.hoja ?? '',
            p.fila === null ? '' : String(p.fila),
            [p.columna, p.titulo].filter(Boolean).join(' '),
            p.valor ?? '',
            TIPO[p.gravedad],
            p.user_message,
            p.suggestions.join(' '),
          ]),
          ...reparaciones.map((r) => [
            r.hoja,
            String(r.fila),
            r.columna,
            r.antes,
            'Compuesto',
            `Se leyó ${r.despues}: ${r.prueba}`,
            '',
          ]),
        ],
      };
    },
    { readOnly: true },
  );
}
