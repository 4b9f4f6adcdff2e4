import type { Rol } from '#shared/roles.ts';

/**
 * Who may do what, tested on a company of two shops (see permisos.both.db.test.ts). Everybody but the admin belongs to
 * the first; the almacenista is Ana, who counts with Luis in its blind conteo. A cell holds the rows that a select
 * shows and the verbs that are allowed: I insert, U update, D delete. `-`: not even a select.
 */
export const MATRIZ = `
                                      | admin | gerente | comprador | almacenista | chofer | auditor
inventario.tiendas                    | 2IU   | 1       | 1         | 1           | 1      | 1
inventario.almacenes                  | 2IU   | 1       | 1         | 1           | 1      | 1
inventario.ubicaciones                | 2IU   | 1IU     | 1         | 1           | 1      | 1
inventario.categorias                 | 1IU   | 1IU     | 1IU       | 1           | 1      | 1
inventario.productos                  | 2IU   | 2IU     | 2IU       | 2           | 2      | 2
inventario.producto_costos            | 2     | 2       | 2         | 0           | 0      | 2
inventario.codigos_barras             | 1IU   | 1IU     | 1IU       | 1           | 1      | 1
inventario.producto_ubicaciones       | 2ID   | 1ID     | 1         | 1           | 1      | 1
inventario.producto_almacenes         | 2IUD  | 1IUD    | 1IUD      | 0           | 0      | 1
inventario.proveedores                | 1IU   | 1IU     | 1IU       | 0           | 0      | 1
inventario.producto_proveedores       | 1IUD  | 1IUD    | 1IUD      | 0           | 0      | 1
inventario.producto_parches           | 1     | 1       | 1         | 0           | 0      | 1
inventario.producto_conflictos        | 1     | 1       | 1         | 0           | 0      | 1
inventario.producto_fusiones          | 1     | 1       | 1         | 0           | 0      | 1
inventario.productos_distintos        | 1     | 1       | 1         | 0           | 0      | 1
inventario.usuarios                   | 8IU   | 6       | 6         | 6           | 6      | 6
inventario.usuarios_completos         | 8     | 1       | 1         | 1           | 1      | 1
inventario.usuario_tiendas            | 7ID   | 6       | 6         | 6           | 6      | 6
inventario.invitaciones               | 1IU   | 0       | 0         | 0           | 0      | 0
inventario.configuracion              | 1IU   | 0       | 0         | 0           | 0      | 0
inventario.transacciones              | 4I    | 2I      | 2         | 0           | 0      | 2
inventario.existencias                | 4     | 2       | 2         | 0           | 0      | 2
inventario.movimientos_medidos        | 4     | 2       | 2         | 0           | 0      | 2
inventario.movimientos_mes            | 4     | 2       | 2         | 0           | 0      | 2
inventario.producto_medidas           | 2     | 1       | 1         | 0           | 0      | 1
inventario.planeacion_almacenes       | 2     | 1       | 1         | 0           | 0      | 1
inventario.auditoria                  | 3     | 0       | 0         | 0           | 0      | 1
inventario.archivos                   | 2I    | 1I      | 0I        | 0I          | 0I     | 1I
inventario.folios                     | -     | -       | -         | -           | -      | -
inventario.conteos                    | 3IU   | 2IU     | 0         | 2I          | 0      | 2
inventario.conteo_contadores          | 3ID   | 2ID     | 0         | 2           | 0      | 2
inventario.conteo_ubicaciones         | 2ID   | 1ID     | 0         | 1           | 0      | 1
inventario.conteo_productos           | 2ID   | 1ID     | 0         | 1           | 0      | 1
inventario.conteo_intentos            | 2I    | 1I      | 0         | 0           | 0      | 1
inventario.conteo_intento_productos   | 2I    | 1I      | 0         | 1           | 0      | 1
inventario.conteo_intento_contadores  | 2I    | 1I      | 0         | 1           | 0      | 1
inventario.conteo_partes              | 2U    | 1U      | 0         | 0I          | 0      | 1
inventario.conteo_lineas              | 3     | 2       | 0         | 1I          | 0      | 2
inventario.conteo_linea_ligas         | 3I    | 2I      | 0         | 1           | 0      | 2
inventario.conteo_linea_fotos         | 2I    | 1I      | 0         | 0I          | 0      | 1
inventario.conteo_vacias              | 2I    | 1I      | 0         | 0           | 0      | 1
inventario.conteo_traslapes           | 2IU   | 1IU     | 0         | 0           | 0      | 1
inventario.conteo_resultados          | 2     | 1       | 0         | 0           | 0      | 1
inventario.conteo_tolerancias         | 2     | 1       | 0         | 0           | 0      | 1
inventario.conteo_ceros               | 2     | 1       | 0         | 0           | 0      | 1
inventario.conteo_linea_notas         | 2I    | 1I      | 0         | 0I          | 0      | 1
inventario.conteo_firmantes           | 2     | 1       | 0         | 0           | 0      | 1
inventario.contra_ajustes             | 2     | 1       | 0         | 0           | 0      | 1
inventario.ajustes_propuestos         | 2I    | 1I      | 1         | 0           | 0      | 1
inventario.cierres                    | 2     | 1       | 1         | 0           | 0      | 1
inventario.conteo_mermas              | 2     | 1       | 0         | 0           | 0      | 1
inventario.eventos                    | 13    | 7       | 3         | 2           | 0      | 7
inventario.tokens_personales          | 1     | 0       | 0         | 0           | 0      | 0
inventario.webhooks                   | 1     | 0       | 0         | 0           | 0      | 0
inventario.webhook_entregas           | 1     | 0       | 0         | 0           | 0      | 0
inventario.conexiones                 | 1IU   | 0       | 0         | 0           | 0      | 1
inventario.sync_jobs                  | 1     | 1       | 1         | 0           | 0      | 1
inventario.uploads                    | 2I    | 1I      | 1I        | 0           | 0      | 1
inventario.importacion_mapas          | 1     | 1       | 1         | 0           | 0      | 1
inventario.importacion_lotes          | 2     | 1       | 1         | 0           | 0      | 1
inventario.importacion_problemas      | 2     | 1       | 1         | 0           | 0      | 1
inventario.importacion_reparaciones   | 2     | 1       | 1         | 0           | 0      | 1
inventario.erp_productos              | 1     | 1       | 1         | 0           | 0      | 1
inventario.erp_inventario             | 3     | 1       | 1         | 0           | 0      | 1
inventario.erp_ventas                 | 3     | 1       | 1         | 0           | 0      | 1
inventario.erp_clientes               | 1     | 1       | 1         | 0           | 0      | 1
genai.documents                       | 0I    | 1IUD    | 0I        | 1IUD        | 0I     | 0I
genai.chunks                          | 0     | 1D      | 0         | 1ID         | 0      | 0
genai.chat_sessions                   | 0I    | 1IUD    | 0I        | 1IUD        | 0I     | 0I
genai.chat_messages                   | 0     | 1       | 0         | 1I          | 0      | 0
genai.audio_transcriptions            | 0I    | 1IUD    | 0I        | 1IUD        | 0I     | 0I
`;

export interface Celda {
  /** Rows that a select shows; null: the select itself is refused. */
  ve: number | null;
  alta: boolean;
  cambia: boolean;
  borra: boolean;
}

/** table → role → what is allowed. */
export function leeMatriz(texto: string): Map<string, Map<Rol, Celda>> {
  const [cabeza, ...lineas] = texto.trim().split('\n');
  const roles = cabeza!
    .split('|')
    .slice(-6)
    .map((r) => r.trim() as Rol);
  return new Map(
    lineas.map((linea) => {
      const [tabla, ...celdas] = linea.split('|').map((c) => c.trim());
      return [
        tabla!,
        new Map(
          celdas.map((c, i) => [
            roles[i]!,
            {
              ve: c === '-' ? null : Number.parseInt(c, 10),
              alta: c.includes('I'),
              cambia: c.includes('U'),
              borra: c.includes('D'),
            },
          ]),
        ),
      ];
    }),
  );
}
