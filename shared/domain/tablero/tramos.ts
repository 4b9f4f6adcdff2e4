export interface Tramo {
  clave: string;
  nombre: string;
  productos: number;
  /** From so many days on: what its list begins with. */
  desde: number;
}

/**
 * Steps of days since the last count. `mas`: how many have gone 31, 91 and 181 days or more, those never counted
 * included. The steps add up to `total`.
 */
export function tramosSinConteo(
  total: number,
  mas: readonly [mes: number, trimestre: number, semestre: number],
  nunca: number,
): Tramo[] {
  const [mes, trimestre, semestre] = mas;
  return [
    { clave: 'mes', nombre: 'Hasta 30 días', productos: total - mes, desde: 0 },
    { clave: 'trimestre', nombre: '31 a 90 días', productos: mes - trimestre, desde: 31 },
    { clave: 'semestre', nombre: '91 a 180 días', productos: trimestre - semestre, desde: 91 },
    { clave: 'mas', nombre: 'Más de 180 días', productos: semestre - nunca, desde: 181 },
    { clave: 'nunca', nombre: 'Nunca', productos: nunca, desde: 181 },
  ];
}
