/** The migrated database that every test's database is cloned from. */
export const TEMPLATE = 'plantilla';
