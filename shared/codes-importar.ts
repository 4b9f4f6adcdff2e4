/** What can't be done with an import now, and what to do about it. Why a file can't be read is in codes-archivo.ts. */
export const MENSAJES_IMPORTAR = {
  IMPORTACION_CAMBIO:
    'El ensayo de este archivo cambió mientras lo veías. No se aplicó nada; mira cómo quedó y vuelve a aplicar.',
  IMPORTACION_DETENIDA:
    'La importación se detuvo. No se aplicó nada; si hace falta, vuelve a elegir el archivo.',
  IMPORTACION_ESTADO:
    'Ese archivo ya no está en ese paso: está {estado}. No se cambió nada; míralo otra vez en la lista de importaciones.',
  IMPORTACION_FALTA:
    'Falta contestar antes de aplicar: {frase} No se aplicó nada; contéstalo y vuelve a aplicar.',
  IMPORTACION_NADA: 'Ese archivo no cambia nada: todo ya está registrado. No hay nada que aplicar.',
  IMPORTACION_NO_SE_DESHACE: 'No se puede deshacer. {porque} No se cambió nada.',
  IMPORTACION_SIN_ALMACENES:
    'No tienes ningún almacén al que importar. No se importó nada; pide a tu administrador que te asigne una tienda.',
  IMPORTACION_SIN_ARCHIVO: 'No llegó ningún archivo. No se importó nada; elígelo otra vez.',
} as const satisfies Record<string, string>;
