import pg from 'pg';

const { builtins } = pg.types;
/** Array oids that `pg` has no name for. */
const ARRAY = { int8: 1016, numeric: 1231, date: 1182, timestamp: 1115, text: 1009 } as const;

const asText = (value: string): string => value;
// why: pg-types' list of oids leaves the arrays out, though it has their parsers
const textArray = pg.types.getTypeParser(ARRAY.text as unknown as typeof builtins.TEXT, 'text');

/**
 * How column values arrive: numeric and int8 as text (quantities and money are integers of the smallest
 * unit in code, never floats), date and timestamp-without-zone as text (they are not instants), timestamptz
 * as Date. Arrays follow their element. Values inside json are JavaScript numbers: cast them to text in SQL.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    switch (oid) {
      case builtins.NUMERIC:
      case builtins.INT8:
      case builtins.DATE:
      case builtins.TIMESTAMP:
        return asText;
      case ARRAY.numeric:
      case ARRAY.int8:
      case ARRAY.date:
      case ARRAY.timestamp:
        return textArray;
      default:
        return pg.types.getTypeParser(oid, format as 'text');
    }
  },
};
