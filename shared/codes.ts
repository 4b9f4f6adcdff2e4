/**
 * Every error code of the product with its sentence: what happened, what was kept, what to do.
 * `{x}` is filled from the error's data. A code is never removed while a phone in use may still receive it.
 */
export const MENSAJES = {
  // general
  DEMASIADAS_PETICIONES: 'Van demasiados intentos seguidos. Espera {segundos} segundos y vuelve a probar.',
  ENTRADA_INVALIDA: 'Un dato no es válido: {detalle}. No se guardó nada; corrígelo y vuelve a enviar.',
  ERROR_INTERNO:
    'Algo falló en el servidor. Lo que guardaste en el teléfono sigue ahí; intenta de nuevo en un momento.',
  NO_ENCONTRADO: 'No encontramos lo que buscas. Puede que ya no exista o que no sea de tu tienda.',
  PROHIBIDO: 'Tu usuario no puede hacer esto. Pide ayuda a tu gerente.',
  CUERPO_MUY_GRANDE:
    'Lo que se envió es demasiado grande. Se enviará en partes más chicas; no se perdió nada.',
  SERVIDOR_OCUPADO:
    'El servidor está ocupado o arrancando. Nada se perdió; espera unos segundos y vuelve a probar.',
  SESION_VENCIDA:
    'Tu sesión venció. Lo contado sigue guardado en este teléfono; entra otra vez para enviarlo.',
  SIN_SENAL: 'Sin señal: esto necesita conexión. Lo contado sigue guardado en este teléfono.',
  RESPUESTA_EXTRANA:
    'La red contestó algo que no es de nuestro servidor (¿una página de inicio de sesión del Wi-Fi?). Nada se perdió; abre el navegador o cambia de red.',
  VERSION_VIEJA:
    'Esta versión de la app ya no puede recibir datos. Lo que cuentes se sigue guardando y enviando; actualiza la app.',

  // cantidades y códigos
  CANTIDAD_DECIMALES:
    'Esa cantidad tiene más decimales de los que lleva este producto. No se guardó; escríbela de nuevo.',
  CANTIDAD_EXCESIVA:
    'Esa cantidad es demasiado grande; parece un código leído en el campo de cantidad. No se guardó; escríbela de nuevo.',
  CANTIDAD_INVALIDA:
    'Eso no es una cantidad. No se guardó; escribe solo números, con punto para los decimales.',
  CANTIDAD_NEGATIVA:
    'La cantidad no puede ser negativa. No se guardó; para quitar piezas anula la línea o usa Corregir.',
  CODIGO_DIGITO_MALO:
    'El último dígito de ese código no cuadra; revisa si falta o sobra un número. Si de verdad es así, úsalo tal cual.',
  CODIGO_MUY_LARGO: 'Ese código es demasiado largo. No se guardó; revisa la etiqueta y léela de nuevo.',
  CODIGO_VACIO: 'Falta el código. Escríbelo o lee la etiqueta.',
  CODIGO_VARIOS: 'Ese código es de más de un producto. ¿Cuál es? Elige uno para seguir.',

  // aprobación
  APROBACION_BASE_POSTERIOR:
    'Ya hay un inventario de las {hora}, posterior a este conteo. No se ajustó nada; si hace falta, cuenta de nuevo.',
  APROBACION_CANCELADO: 'Este conteo se canceló. Sus líneas se conservan, pero ya no se puede aprobar.',
  APROBACION_CERRADO: 'Este conteo ya está cerrado. No se cambió nada; para corregirlo haz un conteo nuevo.',
  APROBACION_CONTASTE: 'Tú contaste este producto. Debe aprobarlo otra persona; lo contado se conserva.',
  APROBACION_CONTEO_POSTERIOR:
    'Ya se ajustó con el conteo de las {hora}. Este conteo se conserva, pero ya no ajusta.',
  APROBACION_INCOMPLETO:
    'Faltan {faltan} ubicaciones de este producto. Cuéntalas o di que están vacías, y luego aprueba.',
  APROBACION_LIMITE:
    'La variación vale {valor} y tu límite es {limite}. Pide a un administrador que la apruebe; nada se perdió.',
  APROBACION_LINEAS_FALTAN:
    'De la parte de {nombre} faltan por llegar {lineas} líneas. Espera a que su teléfono envíe, o escribe por qué apruebas ya.',
  APROBACION_MOVIMIENTOS_HASTA:
    'Los movimientos de la caja se conocen solo hasta {hasta}. Actualízalos, o escribe por qué apruebas ya.',
  APROBACION_MOVISTE:
    'Registraste a mano un movimiento de este producto después de abrir el conteo. Debe aprobarlo otra persona.',
  APROBACION_PARTES: 'Falta que terminen su parte: {nombres}. Espera, o escribe por qué apruebas ya.',
  APROBACION_ROL: 'Solo un gerente o un administrador puede aprobar. No se ajustó nada.',
  APROBACION_SIN_COSTO:
    'Este producto está sin costo: no se sabe cuánto vale la variación. Escribe por qué apruebas así.',
  APROBACION_SIN_ENVIAR:
    'El teléfono «{nombre}» tiene {lineas} líneas sin enviar. Espera a que tenga señal, o escribe por qué apruebas ya.',
  APROBACION_SIN_LIGAR:
    'Hay {lineas} líneas con código desconocido. Lígalas, márcalas como ajenas o déjalas pendientes con un motivo, y luego aprueba.',
  APROBACION_TRASLAPE:
    'Dos personas contaron lo mismo y no coinciden. Elige cuál vale o si se suman, y luego aprueba.',
} as const satisfies Record<string, string>;

export type Codigo = keyof typeof MENSAJES;
