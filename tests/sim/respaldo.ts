import pg from 'pg';

/**
 * A backup of a whole database and the way back to it: every row of every table and every sequence, behind the back of
 * all triggers, as a restored dump. A `create database … template` would bring the same and cost a second of each history.
 */
export class Respaldo {
  readonly #admin: pg.Client;
  readonly #guarda: string;
  readonly #restaura: string;

  private constructor(admin: pg.Client, guarda: string, restaura: string) {
    this.#admin = admin;
    this.#guarda = guarda;
    this.#restaura = restaura;
  }

  /**
   * `url`: of the database, as superuser: only that role may load rows without firing their triggers. `nombre`: several
   * backups of a database lie side by side.
   */
  static async abre(url: string, nombre: string): Promise<Respaldo> {
    const esquema = `respaldo_${nombre}`;
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const { rows } = await admin.query<{ tabla: string; copia: string; columnas: string }>(`
      select format('%I.%I', n.nspname, c.relname) as tabla,
             format('${esquema}.%I', n.nspname || '_' || c.relname) as copia,
             string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columnas
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
             join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and n.nspname !~ '^respaldo_'
       group by 1, 2 order by 1`);
    const secuencias = await admin.query<{ nombre: string }>(`
      select format('%I.%I', schemaname, sequencename) as nombre from pg_sequences where schemaname !~ '^respaldo_'`);
    await admin.query(`create schema if not exists ${esquema};
      create table ${esquema}.secuencias (nombre text primary key, valor bigint, llamada boolean);
      ${rows.map(({ tabla, copia, columnas }) => `create unlogged table ${copia} as select ${columnas} from ${tabla} with no data;`).join('')}`);
    const copia = (de: 'tabla' | 'copia', a: 'tabla' | 'copia') =>
      rows
        .map((row) => {
          const { columnas } = row;
          const libre = a === 'tabla' ? 'overriding system value ' : '';
          return `delete from ${row[a]}; insert into ${row[a]} (${columnas}) ${libre}select ${columnas} from ${row[de]};`;
        })
        .join('');
    const apunta = secuencias.rows
      .map(
        ({ nombre }) =>
          `insert into ${esquema}.secuencias select '${nombre}', last_value, is_called from ${nombre};`,
      )
      .join('');
    const inicio = 'begin; set local session_replication_role = replica;';
    return new Respaldo(
      admin,
      `${inicio}${copia('tabla', 'copia')} delete from ${esquema}.secuencias; ${apunta} commit`,
      `${inicio}${copia('copia', 'tabla')}
       select setval(nombre::regclass, valor, llamada) from ${esquema}.secuencias; commit`,
    );
  }

  /** In the place of the one that there was. */
  async guarda(): Promise<void> {
    await this.#admin.query(this.#guarda);
  }

  async restaura(): Promise<void> {
    await this.#admin.query(this.#restaura);
  }

  cierra(): Promise<void> {
    return this.#admin.end();
  }
}
