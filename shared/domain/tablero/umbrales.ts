/** A phone that nobody opened for so many days may be lost. */
export const DIAS_SIN_VERSE = 7;
/** Late lines of conteos that ended longer ago are history. */
export const DIAS_TARDIAS = 30;
/** A failed import that nobody tried again is worth a row for so long. */
export const DIAS_FALLIDAS = 14;
