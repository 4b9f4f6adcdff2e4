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
  SIN_SENAL: 'Sin señal: esto necesita conexión. Lo contado sigue guardado en este teléfono.',
  RESPUESTA_EXTRANA:
    'La red contestó algo que no es de nuestro servidor (¿una página de inicio de sesión del Wi-Fi?). Nada se perdió; abre el navegador o cambia de red.',
  VERSION_VIEJA:
    'Esta versión de la app ya no puede recibir datos. Lo que cuentes se sigue guardando y enviando; actualiza la app.',
} as const satisfies Record<string, string>;

export type Codigo = keyof typeof MENSAJES;
