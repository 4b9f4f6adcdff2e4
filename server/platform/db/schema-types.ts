/**
 * Column types of every table, as Kysely and `pg` (with our type parsers) see them.
 */
export interface Database {
  [table: string]: Record<string, unknown>;
}
