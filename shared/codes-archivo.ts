/**
 * Why a file can't be read as a whole. Nothing was imported in any of these; each says what to do. What is wrong with single
 * cells is told by shared/domain/importar/problemas.ts.
 */
export const MENSAJES_ARCHIVO = {
  IMPORTACION_BOMBA:
    'Ese archivo se infla a {mb} MB al abrirse y no parece una hoja de cálculo normal. No se importó nada; copia las celdas a un libro nuevo y guárdalo como .xlsx.',
  IMPORTACION_CON_CONTRASENA:
    'El archivo está protegido con contraseña y no se puede leer. No se importó nada; ábrelo en Excel, quita la contraseña (Archivo › Información › Proteger libro) y guárdalo otra vez.',
  IMPORTACION_DANADA:
    'El archivo está dañado: {detalle}. No se importó nada; ábrelo en Excel, deja que lo repare y guárdalo como .xlsx.',
  IMPORTACION_GRANDE:
    'Ese archivo pesa {mb} MB y se aceptan hasta {maximo} MB. No se importó nada; quita hojas e imágenes o divídelo por meses.',
  IMPORTACION_HOJA:
    'El archivo no tiene una hoja llamada «{hoja}». No se importó nada; elige una de estas: {hojas}.',
  IMPORTACION_MUCHAS_FILAS:
    'La hoja «{hoja}» tiene más de {maximo} filas con datos. No se importó nada; divídela por meses o por tienda.',
  IMPORTACION_MEMORIA:
    'El archivo necesita más memoria de la que el servidor le da a uno solo. No se importó nada; guárdalo como CSV o divídelo por meses.',
  IMPORTACION_NO_ES_HOJA: 'Eso es {que}, no una hoja de cálculo. No se importó nada; {remedio}.',
  IMPORTACION_SIN_TABLA:
    'No se encontró ninguna tabla en el archivo: {detalle}. No se importó nada; deja una fila de títulos (Código, Cantidad…) y los datos debajo.',
  IMPORTACION_TARDADA:
    'Leer el archivo tardó más de {segundos} segundos y se detuvo. No se importó nada; guárdalo como .xlsx o CSV desde Excel y vuelve a intentarlo, o divídelo.',
  IMPORTACION_TRUNCADA:
    'El archivo está incompleto: se cortó al guardarlo o al enviarlo. No se importó nada; expórtalo o descárgalo otra vez y vuelve a elegirlo.',
  IMPORTACION_VACIA:
    'El archivo está vacío. No se importó nada; expórtalo otra vez y revisa que tenga datos.',
  IMPORTACION_XML:
    'El archivo trae instrucciones (DOCTYPE o ENTITY) que ninguna hoja de cálculo necesita y que pueden ser peligrosas. No se importó nada; ábrelo en Excel y guárdalo como .xlsx.',
} as const satisfies Record<string, string>;
