import { dibujaTitulo } from '#server/platform/pdf/seccion.ts';
import { dibujaTabla } from '#server/platform/pdf/tabla.ts';
import { cuenta, plural } from '#shared/formato.ts';
import type { Acta } from './forma.ts';
import { cuando, SIN_PRODUCTO } from './palabras.ts';

/** The acta's smaller tables, each under its heading. All take the y above them and return the one below. */

type Doc = PDFKit.PDFDocument;
type SinLineas = Omit<Acta, 'lineas'>;

export function intentos(doc: Doc, acta: SinLineas, desde: number): number {
  const zona = acta.conteo.zonaHoraria;
  const filas = acta.intentos.flatMap((ronda) =>
    ronda.contadores.map((c, lugar) => [
      lugar === 0
        ? [
            { texto: `${ronda.intento}.º${ronda.intento === 1 ? '' : ', recuento'}`, fuerte: true },
            ...(ronda.pedidoPor === null
              ? []
              : [
                  {
                    texto: `Lo pidió ${ronda.pedidoPor}, ${cuando(ronda.pedidoEn, zona)}: ${plural(ronda.productos, 'producto', 'productos')} (${ronda.controles} de control)`,
                    chico: true,
                  },
                ]),
            ...(ronda.motivo === null ? [] : [{ texto: `Motivo: ${ronda.motivo}`, chico: true }]),
          ]
        : '',
      c.nombre,
      cuenta(c.lineas),
      [
        {
          texto: c.terminadaEn === null ? 'Sin terminar' : cuando(c.terminadaEn, zona),
          rojo: c.terminadaEn === null,
        },
        ...(c.cerradaPor === null
          ? []
          : [
              {
                texto: `La cerró ${c.cerradaPor}${c.motivo === null ? '' : `: ${c.motivo}`}`,
                chico: true,
              },
            ]),
      ],
    ]),
  );
  if (filas.length === 0) return desde;
  const y = dibujaTitulo(doc, 'Quién contó', desde);
  return dibujaTabla(
    doc,
    {
      columnas: [
        { titulo: 'Intento', ancho: 190 },
        { titulo: 'Persona', ancho: 140 },
        { titulo: 'Líneas', ancho: 50, derecha: true },
        { titulo: 'Terminó su parte', ancho: 160 },
      ],
      filas,
    },
    y,
  );
}

export function aprobaciones(doc: Doc, acta: SinLineas, desde: number): number {
  if (acta.aprobaciones.length === 0) return desde;
  const y = dibujaTitulo(doc, 'Quién autorizó', desde);
  return dibujaTabla(
    doc,
    {
      columnas: [
        { titulo: 'N.º', ancho: 30, derecha: true },
        { titulo: 'Persona', ancho: 130 },
        { titulo: 'Cuándo', ancho: 100 },
        { titulo: 'Productos', ancho: 55, derecha: true },
        { titulo: 'Motivo y lo que estaba abierto', ancho: 225 },
      ],
      filas: acta.aprobaciones.map((a, lugar) => [
        String(lugar + 1),
        a.por,
        cuando(a.en, acta.conteo.zonaHoraria),
        cuenta(a.productos),
        [
          { texto: a.motivo ?? '—' },
          ...a.avisos.map((aviso) => ({ texto: `Aprobó aunque ${aviso}.`, chico: true })),
        ],
      ]),
    },
    y,
  );
}

export function sinContar(doc: Doc, acta: SinLineas, desde: number): number {
  const y = dibujaTitulo(doc, `Sin contar (${cuenta(acta.sinContar.length)})`, desde);
  return dibujaTabla(
    doc,
    {
      columnas: [
        { titulo: 'Código', ancho: 130 },
        { titulo: 'Producto', ancho: 340 },
        { titulo: 'Unidad', ancho: 70 },
      ],
      filas: acta.sinContar.map(({ codigo, nombre, unidad }) => [codigo, nombre, unidad]),
    },
    y,
  );
}

export function sinProducto(doc: Doc, acta: SinLineas, desde: number): number {
  const y = dibujaTitulo(doc, `Líneas sin producto (${cuenta(acta.sinProducto.length)})`, desde);
  return dibujaTabla(
    doc,
    {
      columnas: [
        { titulo: 'Código leído', ancho: 150 },
        { titulo: 'Unidades', ancho: 60, derecha: true },
        { titulo: 'Contó', ancho: 120 },
        { titulo: 'Qué se dijo de ella', ancho: 210 },
      ],
      filas: acta.sinProducto.map((l) => [
        l.codigoCrudo,
        l.unidades,
        l.contador,
        `${SIN_PRODUCTO[l.estado]}${l.motivo === null ? '' : `: ${l.motivo}`}`,
      ]),
    },
    y,
  );
}

export function contraAjustes(doc: Doc, acta: SinLineas, desde: number): number {
  const y = dibujaTitulo(doc, 'Contraajustes por movimientos que se supieron después', desde);
  return dibujaTabla(
    doc,
    {
      columnas: [
        { titulo: 'Producto', ancho: 220 },
        { titulo: 'Cantidad', ancho: 60, derecha: true },
        { titulo: 'Decidió', ancho: 160 },
        { titulo: 'Motivo', ancho: 100 },
      ],
      filas: acta.contraAjustes.map((k) => [
        [{ texto: k.codigo, fuerte: true }, { texto: k.nombre }],
        k.cantidad,
        [
          { texto: `${k.decision === 'firmado' ? 'Firmado' : 'Descartado'} por ${k.por}` },
          { texto: cuando(k.en, acta.conteo.zonaHoraria), chico: true },
        ],
        k.motivo ?? '—',
      ]),
    },
    y,
  );
}
