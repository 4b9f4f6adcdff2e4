import { MENSAJES_API } from './codes-api.ts';
import { MENSAJES_ARCHIVO } from './codes-archivo.ts';
import { MENSAJES_CATALOGO } from './codes-catalogo.ts';
import { MENSAJES_IMPORTAR } from './codes-importar.ts';
import { MENSAJES_PISO } from './codes-piso.ts';
import { aprende } from './errores.ts';

/**
 * Every error code of the product with its sentence: what happened, what was kept, what to do.
 * `{x}` is filled from the error's data. A code is never removed while a phone in use may still receive it.
 */
export const MENSAJES = {
  ...MENSAJES_PISO,
  ...MENSAJES_API,
  ...MENSAJES_ARCHIVO,
  ...MENSAJES_CATALOGO,
  ...MENSAJES_IMPORTAR,

  // documentos que se imprimen o se descargan
  DOCUMENTO_MUY_GRANDE:
    'Ese documento es demasiado grande para hacerlo de una vez. No se perdió nada; pide menos a la vez o descarga el CSV.',
  DOCUMENTO_TARDADO:
    'El documento tardó más de {segundos} segundos y se detuvo. No se perdió nada; vuelve a pedirlo en un momento.',
  DOCUMENTOS_OCUPADOS:
    'Se están haciendo muchos documentos a la vez. No se perdió nada; espera unos segundos y vuelve a pedirlo.',

  // etiquetas y hojas
  ETIQUETAS_DEMASIADAS:
    'Serían {total} etiquetas y se hacen hasta {maximo} de una vez. No se hizo ninguna; pide menos zonas o menos copias.',
  ETIQUETAS_DESDE:
    'En ese formato caben {caben} etiquetas por hoja y pediste empezar en la {desde}. No se hizo ninguna; elige un lugar de la hoja.',
  ETIQUETAS_MALAS:
    'No se hizo ninguna etiqueta; corrige esto o quítalo de la lista y vuelve a pedirlas: {detalle}.',
  CAPTURA_DUDOSA:
    'Más de 99,999 casi siempre es un código. No se guardó; revisa la hoja, y si de verdad es tanto cuéntalo en la pantalla de contar.',
  CAPTURA_INVALIDA:
    'Eso no se entiende. No se guardó; escribe una cantidad (17), cajas por piezas y sueltas (2x12+5) o 0 si no hay.',
  CODIGO_DANADO:
    'Parece un código dañado por Excel: perdió dígitos. No se tomó; da formato de texto a la columna y vuelve a escribirlo completo.',
  HOJA_HORA_FUTURA:
    'Esa hora todavía no llega. Revisa la fecha y las horas de la hoja; lo ya capturado se conserva.',
  HOJA_HORA_LARGA:
    'Entre esas dos horas hay más de 14 horas. Revisa la fecha y las horas de la hoja; lo ya capturado se conserva.',
  HOJA_HORA_MALA: 'Esa fecha u hora no existe. Escríbelas como en la hoja, por ejemplo 10:05.',
  TABLA_GRANDE:
    'Esa hoja de cálculo trae {filas} filas y se leen hasta {maximo}. No se capturó nada; deja solo las del conteo.',
  TABLA_NO_LEIDA:
    'Ese archivo no se pudo leer como Excel (.xlsx). No se capturó nada; guárdalo de nuevo como .xlsx o CSV, o copia las celdas y pégalas.',
  TABLA_SIN_COLUMNAS:
    'No se encontraron las columnas Código y Cantidad. No se capturó nada; ponles esos títulos o deja el código primero y la cantidad después.',
  HOJA_SIN_HORA: 'Falta la hora en que se contó esta página: escribe la de inicio, la de fin o las dos.',
  ETIQUETAS_NINGUNA:
    'No hay nada que etiquetar con eso. No se hizo ninguna; elige productos, códigos o una zona que tenga algo.',

  // acceso
  ACCESO_YA_INICIADO: 'Este servidor ya tiene usuarios. Pide a tu administrador una invitación.',
  ARCHIVO_ALTERADO:
    'La foto llegó distinta de como salió. No se guardó en el servidor; sigue en el teléfono y se enviará de nuevo.',
  ARCHIVO_GRANDE: 'Ese archivo pesa más de 400 kB. No se guardó; toma la foto otra vez desde la app.',
  ARCHIVO_TIPO: 'Solo se aceptan fotos JPEG, PNG o WebP. El archivo no se guardó.',
  CODIGO_INICIAL_MALO:
    'El código de arranque no coincide. No se creó nada; cópialo de la pantalla o del registro del servidor.',
  CONTRASENA_EN_SUPABASE:
    'Las contraseñas las guarda Supabase. No se cambió nada; pide el restablecimiento desde su panel.',
  INVITACION_INVALIDA: 'Esta invitación ya se usó, se canceló o venció. Pide una nueva a tu administrador.',
  INVITACION_SIN_LLAVE:
    'A este servidor le falta la llave para crear tu cuenta. La invitación sigue vigente; avisa a tu administrador.',
  REGISTRO_POR_INVITACION: 'Las cuentas se crean por invitación. Pide una a tu administrador.',
  SESION_REUSADA:
    'Tu sesión se cerró por seguridad: se usó desde otro lugar. Lo contado sigue guardado; vuelve a entrar.',
  SESION_TERMINADA: 'Tu sesión terminó. Lo contado sigue guardado en este teléfono; vuelve a entrar.',
  TIENDA_REPETIDA: 'Ya hay una tienda con el código {codigo}. No se creó nada; escribe otro código.',
  TURNO_INVALIDO:
    'No se reconoce el turno con que se hizo esto. Quedó guardado para que lo revise un administrador.',
  USUARIO_REPETIDO: 'Ese usuario o correo ya existe. No se creó nada; escribe otro o entra con él.',
  USUARIO_ULTIMO_ADMIN:
    'Es el único administrador activo. No se cambió nada; nombra antes a otro administrador.',

  // cantidades y códigos
  CODIGO_DIGITO_MALO:
    'El último dígito de ese código no cuadra; revisa si falta o sobra un número. Si de verdad es así, úsalo tal cual.',
  CODIGO_MUY_LARGO: 'Ese código es demasiado largo. No se guardó; revisa la etiqueta y léela de nuevo.',
  CODIGO_VARIOS: 'Ese código es de más de un producto. ¿Cuál es? Elige uno para seguir.',

  // ajustes de la empresa
  AJUSTES_CAMBIARON:
    '{quien} guardó estos ajustes mientras los cambiabas. No se guardó lo tuyo ni se perdió lo suyo; mira cómo quedaron y vuelve a cambiarlos si hace falta.',

  // conteos
  ALCANCE_VACIO:
    'Ese alcance no tiene nada que contar. No se creó el conteo; elige otra zona, categoría o lista.',
  CAMBIO_MIENTRAS_REVISABAS:
    'Llegaron datos nuevos de este producto mientras revisabas. No se aprobó; mira la cifra nueva y decide otra vez.',
  CONTADOR_NO_ASIGNABLE:
    'Una de las personas elegidas no puede contar en esta tienda. No se creó el conteo; elige a otra.',
  CONTADOR_VE_EXISTENCIAS:
    '{nombre} puede ver existencias y por eso no puede contar a ciegas. Elige a otra persona o quita «Ciego».',
  CONTEO_NO_ABIERTO: 'Este conteo ya no está abierto. No se cambió nada; lo contado se conserva.',
  CONTEO_YA_APROBADO:
    'Este producto ya se aprobó. Lo aprobado no cambia; si hace falta, haz un conteo nuevo.',
  LINEA_DE_OTRO_CONTEO:
    'Una de las líneas no es de este conteo. No se cambió nada; vuelve a abrir la revisión.',
  MOTIVO_REQUERIDO:
    'Falta el motivo: hay avisos sin resolver. No se aprobó nada; escribe por qué apruebas así.',
  CORRIGE_NO_CERRADO:
    'Solo se corrige un conteo ya cerrado del mismo almacén. No se creó nada; elige otro conteo.',
  COMPARA_NO_VALIDO:
    'Una prueba se compara con un conteo real del mismo almacén, en revisión o cerrado. No se creó nada; elige otro conteo.',
  CONTEO_DE_PRUEBA:
    'Este es un conteo de prueba: se compara, pero no se aprueba ni mueve existencias. No se cambió nada; ciérralo con «Cerrar prueba».',
  CONTEO_NO_ES_PRUEBA:
    'Este conteo es real y se aprueba producto por producto. No se cerró nada; decide en su revisión.',
  DOBLE_CIEGO_ABIERTO:
    'Este conteo es doble ciego: las cifras se ven cuando lleguen todas las partes. Faltan las de {faltan}; espera a que las envíen o cierra sus partes.',
  PRUEBA_CON_PARTES:
    'A esta prueba le faltan partes por enviar. No se cerró nada; espera a que lleguen o cierra las partes.',
  SIN_TARDIAS: 'En este conteo nada llegó tarde. No se creó nada.',
  FIRMANTE_NO_VALIDO:
    'Esa persona no puede firmar este conteo. No se pidió nada; elige a un gerente de otra tienda o a un administrador que no contó.',
  PARTE_ABIERTA: 'Esa parte ya está abierta: no se ha enviado o ya se devolvió. No se cambió nada.',
  PRODUCTO_INACTIVO: 'Ese producto está dado de baja. No se ligó; elige el producto vigente.',
  PRODUCTO_SIN_CONTAR:
    'Nadie ha contado este producto en este conteo. No se aprobó; cuéntalo o ponlo en cero.',
  RECUENTO_MISMA_PERSONA:
    '{nombre} ya contó alguno de estos productos. El recuento lo hace otra persona; elige a alguien más.',
  REVISION_CONTASTE_CIEGO:
    'Contaste a ciegas en este conteo, así que no puedes ver su revisión. La hace otra persona.',

  // libro y catálogo
  ALMACENES_DESCONOCIDOS:
    'No hay ningún almacén tuyo con el código {codigos}. No se guardó nada; revísalo y envía otra vez.',
  BASE_ANTES_DE_APROBADO:
    'De {codigos} ya se aprobó un conteo posterior a esa fecha, y una existencia inicial anterior cambiaría lo firmado. No se guardó nada; dale una fecha posterior o cuenta otra vez.',
  FECHA_FUTURA:
    'La fecha y hora de {codigo} son del futuro. No se guardó nada; corrige la hora y envía otra vez.',
  MOVIMIENTO_DISTINTO:
    'Ya hay un movimiento con el identificador de {codigos} y con otros datos. No se guardó nada; lo registrado no cambia: si es otro, envíalo con otro identificador.',
  PRODUCTOS_DESCONOCIDOS:
    'No hay productos con estos códigos: {codigos}. No se guardó nada; créalos antes o corrige el código.',
  PRODUCTO_REPETIDO:
    'El código {codigo} viene dos veces en el mismo envío. No se guardó nada; deja uno solo.',

  // aprobación
  APROBACION_BASE_POSTERIOR:
    'Ya hay un inventario de las {hora}, posterior a este conteo. No se ajustó nada; si hace falta, cuenta de nuevo.',
  APROBACION_CANCELADO: 'Este conteo se canceló. Sus líneas se conservan, pero ya no se puede aprobar.',
  APROBACION_CERRADO: 'Este conteo ya está cerrado. No se cambió nada; para corregirlo haz un conteo nuevo.',
  APROBACION_CONTASTE: 'Tú contaste este producto. Debe aprobarlo otra persona; lo contado se conserva.',
  APROBACION_CONTEO_POSTERIOR:
    'Ya se ajustó con el conteo de las {hora}. Este conteo se conserva, pero ya no ajusta.',
  APROBACION_INCOMPLETO:
    'Falta contar este producto en {faltan} fuera del alcance. Cuenta ahí o di que está vacío, y luego aprueba.',
  APROBACION_INTENTOS:
    'Los conteos de este producto no coinciden entre sí. Pide otro recuento a una tercera persona, o escribe por qué apruebas ya.',
  APROBACION_LIMITE:
    'La variación vale {valor} y tu límite es {limite}. Pide a un administrador que la apruebe; nada se perdió.',
  APROBACION_LINEAS_FALTAN:
    'De la parte de {nombre} falta recibir {lineas}. Espera a que su teléfono envíe, o escribe por qué apruebas ya.',
  APROBACION_MOVIMIENTOS_HASTA:
    'Los movimientos de la caja se conocen solo hasta {hasta}. Actualízalos, o escribe por qué apruebas ya.',
  APROBACION_MOVISTE:
    'Registraste a mano un movimiento de este producto después de abrir el conteo. Debe aprobarlo otra persona.',
  APROBACION_PARTES: 'Falta que terminen su parte: {nombres}. Espera, o escribe por qué apruebas ya.',
  APROBACION_RECUENTO:
    'Se pidió recontar este producto y nadie lo ha recontado. Espera el recuento; lo contado antes se conserva.',
  APROBACION_ROL: 'Solo un gerente o un administrador puede aprobar. No se ajustó nada.',
  APROBACION_SIN_COSTO:
    'Este producto está sin costo: no se sabe cuánto vale la variación. Escribe por qué apruebas así.',
  APROBACION_SIN_ENVIAR:
    'El teléfono «{nombre}» tiene {lineas} sin enviar. Espera a que tenga señal, o escribe por qué apruebas ya.',
  APROBACION_NO_CUENTAN:
    'Se contó lo que no se cuenta por sí mismo: {productos}. Un servicio no lleva existencia, y un juego necesita que alguien diga sus partes. Sus líneas se conservan y no suman.',
  APROBACION_SIN_LIGAR:
    'Hay {lineas} con código desconocido. Elige su producto, di que es ajeno o déjalo pendiente con un motivo, y luego aprueba.',
  APROBACION_SIN_UBICACION:
    'Varias personas contaron este producto y alguna no dijo dónde: puede estar contado dos veces. Revísalo, o escribe por qué apruebas así.',
  APROBACION_TRASLAPE:
    'Dos personas contaron lo mismo y no coinciden. Elige cuál vale o si se suman, y luego aprueba.',

  // firmas y periodos
  CIERRE_ATRAS:
    'Los libros ya están cerrados hasta más adelante. No se cambió nada; un administrador puede abrirlos con un motivo.',
  CIERRE_FUTURO: 'Solo se cierra hasta ayer, en la hora de la tienda. No se cerró nada; elige otra fecha.',
  FIRMA_CONTASTE: 'Tú contaste este producto. No se firmó nada; lo decide otra persona.',
  FIRMA_LIMITE:
    'Esto vale {valor} y tu límite es {limite}. No se firmó nada; pide a un administrador que lo firme.',
  FIRMA_MOVISTE: 'Tú registraste ese movimiento. No se firmó nada; lo decide otra persona.',
  FIRMA_SIN_COSTO:
    'Este producto no tiene costo y tu firma tiene un límite en pesos. No se firmó nada; pide a un administrador que lo firme.',
  FIRMA_PROPIA: 'Tú propusiste este ajuste. No se firmó nada; lo decide otra persona.',
  FIRMA_YA_DECIDIDA: 'Esto ya se decidió. No se cambió nada; vuelve a abrir la lista.',
  MERMA_CANTIDAD:
    'De este producto se contaron {danado} dañadas. No se movió nada; vuelve a abrir el producto para ver cuántas son.',
  MERMA_NADA: 'En este conteo nadie contó piezas dañadas de ese producto. No se movió nada.',
  MERMA_NO_APROBADO:
    'Primero se aprueba lo contado y luego se decide qué hacer con lo dañado. No se movió nada.',
  MERMA_POSTERIOR:
    'Este producto se volvió a contar o a fijar a las {hora}, después de este conteo. No se movió nada; decide lo dañado en el conteo más nuevo.',
  MERMA_SIN_ALMACEN:
    'La tienda {tienda} no tiene almacén de merma. No se movió nada; pide a un administrador que abra este producto en la revisión y toque «Crear almacén de merma».',
  MERMA_YA_DECIDIDA: 'Lo dañado de este producto ya se decidió de otra forma. No se cambió nada.',
  PERIODO_ABIERTO: 'Los libros de esta tienda no están cerrados hasta esa fecha. No se cambió nada.',
  PERIODO_CERRADO:
    'El periodo de ese movimiento está cerrado. No entró a los libros; sus datos se conservan. Ponle una fecha abierta o pide a un administrador que abra el periodo.',

  // sincronización: las cartas muertas se guardan completas; la frase dice por qué no se aplicaron
  ALMACEN_DESCONOCIDO:
    'El almacén no existe o no es de tu tienda. Lo que hiciste quedó guardado completo; avisa a tu gerente.',
  ANULA_AJENA:
    'Esa línea la contó otra persona y solo ella puede anularla. No se anuló; el intento quedó guardado.',
  ANULA_INVALIDA:
    'Lo que se quiso anular no es una línea de este conteo. No se anuló nada; el intento quedó guardado.',
  AUTOR_DESCONOCIDO:
    'No se pudo saber quién hizo esto, así que no se aplica a nombre de nadie. Sigue guardado completo.',
  CONTEO_CIEGO:
    'Tu puesto ve existencias y este conteo es ciego, así que no puedes contar en él. Lo contado quedó guardado completo.',
  CONTEO_DESCONOCIDO:
    'El servidor todavía no tiene este conteo. La línea quedó guardada completa; tu gerente puede volver a aplicarla cuando llegue.',
  HUELLA_DISTINTA:
    'Este dato llegó distinto de como se guardó en el teléfono. No se aplicó; quedó guardado para revisarlo.',
  ID_REPETIDO:
    'Ya había otro dato con el mismo identificador y distinto contenido. Este no se aplicó; quedó guardado completo.',
  INTENTO_DESCONOCIDO:
    'Ese reconteo no existe en el servidor. La línea quedó guardada completa; avisa a tu gerente.',
  LIGA_TARDIA:
    'El producto o el conteo ya se aprobó, y sus códigos ya no se ligan. La liga quedó guardada sin aplicar.',
  LINEA_INVALIDA:
    'Esta línea no se puede aplicar: {detalle}. Quedó guardada completa; cuenta de nuevo ese producto si hace falta.',
  MOVIMIENTO_FUTURO:
    'La hora del movimiento todavía no llega. No se registró; quedó guardado, regístralo con su hora real.',
  MOVIMIENTO_INVALIDO:
    'Este movimiento no se puede registrar: {detalle}. Quedó guardado completo; corrígelo y regístralo de nuevo.',
  MUTACION_EN_ESPERA:
    'El servidor es más viejo que la app y todavía no entiende esto. Quedó guardado y se aplicará al actualizarlo.',
  MUTACION_INVALIDA: 'Este dato llegó con un error: {detalle}. No se aplicó; quedó guardado completo.',
  NO_ASIGNADO:
    'No estás entre los contadores de este conteo. Lo contado quedó guardado completo; pide a tu gerente que te agregue y lo aplique.',
  PRODUCTO_DESCONOCIDO: 'Ese producto no existe en el servidor. La línea quedó guardada completa.',
  RECHAZO_NOTA: 'Para descartar algo hay que decir por qué. No se descartó nada; escribe una nota.',
  RECHAZO_RESUELTO: 'Esto ya se resolvió antes. No se cambió nada; actualiza la lista.',
  TARDIA_APROBADO:
    'Llegó después de aprobarse el producto. Se guardó y se muestra como tardía; no cambia el resultado.',
  TARDIA_CANCELADO: 'Llegó después de cancelarse el conteo. Se guardó y se muestra como tardía.',
  TARDIA_CERRADO:
    'Llegó después de cerrarse el conteo. Se guardó y se muestra como tardía; no cambia el resultado.',
  TURNO_AJENO:
    'Esto se hizo con el turno de otro teléfono. No se aplicó; quedó guardado para que lo revise un administrador.',
  TURNO_VENCIDO:
    'Esto se hizo después de vencer el turno. No se aplicó; quedó guardado para que lo revise tu gerente.',
  UBICACION_DESCONOCIDA: 'Esa ubicación no existe en el servidor. La línea quedó guardada completa.',
} as const satisfies Record<string, string>;

export type Codigo = keyof typeof MENSAJES;

aprende(MENSAJES);
