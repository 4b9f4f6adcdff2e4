import type { Celda, Tabla } from '#server/platform/pdf/tabla.ts';
import { costoVisto, detallesDe, dinero, teoricoVisto, visto } from './detalle-producto.ts';
import type { Acta, ActaProducto } from './forma.ts';
import { decisionVista, FUENTE } from './palabras.ts';

type SinLineas = Omit<Acta, 'lineas'>;

function producto(p: ActaProducto, zona: string): Celda {
  return [
    { texto: p.codigo, fuerte: true },
    { texto: p.nombre },
    ...detallesDe(p, zona).map((texto) => ({ texto, chico: true })),
  ];
}

/** Number of the act of approval, as the table of approvals counts them. */
function numeraActos(acta: SinLineas): (p: ActaProducto) => string {
  const actos = new Map(acta.aprobaciones.map((a, lugar) => [`${a.por} ${a.en}`, lugar + 1]));
  return (p) => {
    const numero = actos.get(`${p.aprobadoPor} ${p.aprobadoEn}`);
    return numero === undefined ? '' : `Autorización ${numero}`;
  };
}

function decision(p: ActaProducto, acta: SinLineas, acto: string): Celda {
  const falta = p.decision === null && acta.conteo.estado !== 'cancelado';
  return [
    { texto: decisionVista(p, acta.conteo.estado), rojo: falta },
    ...(acto === '' ? [] : [{ texto: acto, chico: true }]),
  ];
}

function costo(p: ActaProducto): Celda {
  if (p.costoUnitario === null) return { texto: 'sin costo' };
  return [
    { texto: costoVisto(p.costoUnitario) },
    { texto: FUENTE[p.costoFuente] ?? p.costoFuente, chico: true },
  ];
}

export function tablaConDiferencia(productos: readonly ActaProducto[], acta: SinLineas): Tabla {
  const zona = acta.conteo.zonaHoraria;
  const acto = numeraActos(acta);
  return {
    columnas: [
      { titulo: 'Producto', ancho: 186 },
      { titulo: 'Teórico', ancho: 58, derecha: true },
      { titulo: 'Contado', ancho: 54, derecha: true },
      { titulo: 'Diferencia', ancho: 56, derecha: true },
      { titulo: 'Costo', ancho: 56, derecha: true },
      { titulo: 'Importe', ancho: 64, derecha: true },
      { titulo: 'Decisión', ancho: 66 },
    ],
    filas: [
      ...productos.map((p) => [
        producto(p, zona),
        teoricoVisto(p),
        { texto: visto(p.contado), fuerte: true },
        { texto: p.variacion === null ? '—' : visto(p.variacion, true), fuerte: true },
        costo(p),
        p.valor === null ? '—' : dinero(p.valor, true),
        decision(p, acta, acto(p)),
      ]),
      [
        { texto: 'Neto', fuerte: true },
        '',
        '',
        '',
        '',
        { texto: dinero(acta.totales.neto, true), fuerte: true },
        '',
      ],
    ],
  };
}

/** Closer than the other: these may be thousands, and nobody asks about them. */
export function tablaSinDiferencia(productos: readonly ActaProducto[], acta: SinLineas): Tabla {
  const zona = acta.conteo.zonaHoraria;
  const acto = numeraActos(acta);
  return {
    columnas: [
      { titulo: 'Código', ancho: 92 },
      { titulo: 'Producto', ancho: 232 },
      { titulo: 'Teórico', ancho: 60, derecha: true },
      { titulo: 'Contado', ancho: 60, derecha: true },
      { titulo: 'Decisión', ancho: 96 },
    ],
    filas: productos.map((p) => [
      { texto: p.codigo, fuerte: true },
      [{ texto: p.nombre }, ...detallesDe(p, zona).map((texto) => ({ texto, chico: true }))],
      teoricoVisto(p),
      { texto: visto(p.contado), fuerte: true },
      decision(p, acta, acto(p)),
    ]),
  };
}
