/** Sentences of the open API and the webhooks. */
export const MENSAJES_API = {
  ALCANCE_AJENO:
    'Tu puesto no puede dar estos alcances: {alcances}. No se creó; quítalos y vuelve a intentar.',
  ALCANCE_FALTA: 'El token no tiene el alcance {alcance}. No se hizo nada; crea otro token que lo lleve.',
  CAMBIO_ENTRETANTO:
    'Otra persona lo cambió mientras tanto. No se guardó nada; léelo otra vez y repite tu cambio.',
  METODO_NO_PERMITIDO: 'Esta dirección no admite {metodo}. No se hizo nada; usa {permitidos}.',
  RESPUESTA_NO_ACEPTABLE: 'Esta dirección contesta {tipos}. No se hizo nada; cambia el encabezado Accept.',
  TIPO_NO_ADMITIDO: 'El cuerpo debe ser {tipos}. No se guardó nada; cambia el encabezado Content-Type.',
  TOKEN_MALO:
    'El token no sirve: está mal escrito, venció, se revocó o su dueño ya no está activo. No se hizo nada; crea otro en API y tokens.',
  TOKEN_NO_BASTA:
    'Esto no se hace con un token: hace falta la sesión de una persona. No se hizo nada; entra con tu usuario.',
  TOKENS_DEMASIADOS: 'Ya tienes {maximo} tokens vivos. No se creó otro; revoca alguno que ya no uses.',
  WEBHOOK_DEMASIADOS: 'Ya hay {maximo} webhooks. No se creó otro; quita alguno que ya no uses.',
  WEBHOOK_DESACTIVADO: 'Este webhook está desactivado. No se envió nada; actívalo y vuelve a intentar.',
  WEBHOOK_RED_PRIVADA:
    '«{destino}» está en una red privada o reservada. No se envió nada; usa una dirección pública, o arranca el servidor con WEBHOOKS_RED_PRIVADA=1.',
  WEBHOOK_SIN_HTTPS: 'La dirección debe empezar con https://. No se guardó; cámbiala.',
  WEBHOOK_URL_MALA: 'Esa no es una dirección completa ({detalle}). No se guardó; corrígela.',
} as const;
