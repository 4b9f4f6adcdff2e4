const NOMBRES: Record<string, string> = {
  'conteo.libre': 'Conteo empezado en el teléfono',
  'conteo.linea': 'Línea de conteo',
  'conteo.parte': 'Parte terminada',
  'conteo.liga': 'Propuesta de producto',
  'conteo.foto': 'Foto de una línea',
  'conteo.nota': 'Nota de una línea',
  'transaccion.crear': 'Movimiento a mano',
  'ajuste.proponer': 'Ajuste que espera otra firma',
  'producto.parche': 'Cambio a un producto',
};

/** What a journalled mutation is to a person; one that this version does not know keeps a plain word. */
export function nombreDeMutacion(name: string): string {
  return NOMBRES[name.split('/')[0] ?? ''] ?? 'Dato del teléfono';
}
