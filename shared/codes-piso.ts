/**
 * The sentences that a phone may have to say on the way to counting, with or without a network: they are in the first
 * JavaScript. `codes.ts` has them all; tests/codigos-piso.test.ts says which ones belong here.
 */
export const MENSAJES_PISO = {
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
  SERVIDOR_LLENO:
    'El servidor está atendiendo a muchos teléfonos a la vez. No se perdió nada; espera {segundos} segundos y vuelve a probar.',
  SIN_SENAL: 'Sin señal: esto necesita conexión. Lo contado sigue guardado en este teléfono.',
  RESPUESTA_EXTRANA:
    'La red contestó algo que no es de nuestro servidor (¿una página de inicio de sesión del Wi-Fi?). Nada se perdió; abre el navegador o cambia de red.',
  VERSION_VIEJA:
    'Esta versión de la app ya no puede recibir datos. Lo que cuentes se sigue guardando y enviando; actualiza la app.',

  // acceso
  CONTRASENA_IGUAL: 'La contraseña nueva es igual a la de antes. No se cambió; escribe otra.',
  CONTRASENA_MALA: 'La contraseña debe tener entre 8 y 200 caracteres. No se guardó; escribe otra.',
  CREDENCIALES_MALAS: 'El usuario o la contraseña no coinciden. Revísalos y vuelve a entrar.',
  EQUIPO_REVOCADO:
    'Este teléfono fue dado de baja. Lo contado sigue guardado y se envía para revisión; pide a tu administrador que lo dé de alta.',
  EQUIPO_SECRETO:
    'Este teléfono no pudo demostrar quién es. Lo contado sigue guardado; vuelve a entrar para registrarlo de nuevo.',
  SESION_VENCIDA: 'Tu sesión venció. Lo contado sigue guardado en este teléfono; vuelve a entrar.',
  USUARIO_DESACTIVADO:
    'Tu usuario está desactivado. Lo contado sigue guardado y se envía para revisión; habla con tu administrador.',
  USUARIO_SIN_ALTA: 'Tu cuenta todavía no está dada de alta en esta empresa. Pide una invitación.',

  // cantidades y códigos
  CANTIDAD_DECIMALES:
    'Esa cantidad tiene más decimales de los que lleva este producto. No se guardó; escríbela de nuevo.',
  CANTIDAD_EXCESIVA:
    'Esa cantidad es demasiado grande; parece un código leído en el campo de cantidad. No se guardó; escríbela de nuevo.',
  CANTIDAD_INVALIDA:
    'Eso no es una cantidad. No se guardó; escribe solo números, con punto para los decimales.',
  CANTIDAD_NEGATIVA:
    'La cantidad no puede ser negativa. No se guardó; para quitar piezas anula la línea o usa Corregir.',
  CODIGO_VACIO: 'Falta el código. Escríbelo o lee la etiqueta.',
  GS1_DIGITO_MALO:
    'El dígito verificador de la etiqueta GS1 no cuadra en ({ai}). Quedó guardada como desconocida; léela de nuevo o anúlala.',
  GS1_FECHA_MALA:
    'La etiqueta GS1 trae en ({ai}) una fecha que no existe. No se tomó; escribe tú la fecha que se lee en el empaque.',
  GS1_FORMATO_MALO:
    'El dato ({ai}) de la etiqueta GS1 no tiene la forma que debe. No se tomó; léela de nuevo o escribe el dato a mano.',
  GS1_IA_DESCONOCIDO:
    'La etiqueta GS1 trae un dato ({ai}) que no conocemos. No se adivinó; escribe a mano el lote o la fecha si hacen falta.',
  GS1_NO_ES: 'Ese código no es una etiqueta GS1. No se tomó lote ni fecha; búscalo como código normal.',
  GS1_SIN_SEPARADOR:
    'A la etiqueta GS1 le falta el separador después de ({ai}): el lote no se adivinó. Escríbelo a mano y activa FNC1 (GS) en la pistola.',
  GS1_TARIMA: 'Es la etiqueta de una tarima, no de un producto. Quedó guardada; cuenta las cajas que trae.',
  CADUCIDAD_INVALIDA:
    'Eso no es una fecha de caducidad. No se guardó; escribe mes y año, como 1226, o día, mes y año, como 311226.',
  DOT_FUTURO:
    'Ese DOT es de una semana que todavía no llega. No se guardó; lee otra vez los cuatro números del óvalo.',
  DOT_INVALIDO:
    'El DOT son cuatro números: semana (01 a 53) y año, como 2319. No se guardó; léelo otra vez en la llanta.',
  LOTE_LARGO: 'Ese lote es demasiado largo; parece un código. No se guardó; escribe solo el lote.',

  // teléfono
  ARCHIVO_INVALIDO:
    'Ese archivo no es una exportación de esta app o está incompleto. No se cambió nada; elige otro archivo.',
  FOTO_ILEGIBLE: 'Esa foto no se pudo leer. La línea sí quedó guardada; toma la foto otra vez.',
  INICIA_SESION: 'Inicia sesión para enviar {pendientes} conteos. Siguen guardados en este teléfono.',
  LINEA_AJENA: 'Esa línea es de otra persona o ya no está en este teléfono. No se cambió nada.',
  NO_GUARDADO:
    'NO se guardó en este teléfono. El dato sigue en la pantalla: cópialo o expórtalo, libera espacio y vuelve a intentar.',
  SIN_ESPACIO:
    'El teléfono no tiene espacio para bajar el catálogo. Lo contado sigue guardado; borra fotos o videos y vuelve a abrir la app.',
  PIN_BLOQUEADO:
    'Van 5 PIN equivocados. Lo contado sigue guardado; {nombre} entra de nuevo con su contraseña, cuando haya señal.',
  PIN_DISTINTO: 'Los dos PIN no son iguales. No se guardó; escríbelo otra vez.',
  PIN_INCORRECTO: 'Ese no es el PIN de {nombre}. Lo contado sigue guardado; quedan {quedan}.',
  PIN_INVALIDO: 'El PIN lleva de 4 a 6 números. No se guardó; escribe otro.',
  PIN_OBVIO:
    'Ese PIN es fácil de adivinar (números seguidos o repetidos, una fecha). No se guardó; escribe otro.',
  PIN_SIN_CIFRADO:
    'Este navegador no puede guardar un PIN con seguridad: abre la app por https. Nada se perdió; entra con tu contraseña.',
  PIN_SIN_PIN: '{nombre} no tiene PIN en este teléfono. Nada se perdió; entra con su contraseña.',
  EN_PRACTICA:
    'Estás practicando y esto no es de la práctica. No se guardó; sal de la práctica y hazlo otra vez.',
  PRACTICA_NO_SE_ENVIA:
    'Esto es de la práctica: no se guardó entre tus conteos ni se envía. Lo demás sigue como estaba; sal de la práctica para contar de verdad.',
  SIN_PERSONA: 'No hay nadie en turno en este teléfono. Entra con tu usuario y vuelve a intentar.',
  TELEFONO_BLOQUEADO: 'El teléfono está bloqueado y esto no se contó. Escribe tu PIN y léelo otra vez.',

  // sincronización: las cartas muertas se guardan completas; la frase dice por qué no se aplicaron
  EQUIPO_DESCONOCIDO:
    'El servidor no conoce este teléfono y hay que registrarlo otra vez. Lo contado sigue guardado.',
  MUTACION_NO_APLICADA:
    'El servidor no pudo aplicar este dato. Quedó guardado completo; tu gerente puede volver a intentarlo.',
} as const;
