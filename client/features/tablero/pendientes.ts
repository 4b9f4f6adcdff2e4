import type { ConteoVista } from '#client/offline/index.ts';
import type { Ahora, RevisionBreve } from '#shared/contracts/tablero.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cuenta, pesos, plural } from '#shared/formato.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import { type Fila, junta, lugarDe, type Sabido } from './fila.ts';
import { hace } from './hace.ts';
import { deLaOficina } from './pendientes-oficina.ts';

const ORDEN = { bad: 0, warn: 1, neutral: 2 } as const;

/** Everything that waits for this person: what is wrong first, then what is late or asked of them, then what can wait. */
export function filasDe(s: Sabido): Fila[] {
  const filas = [
    ...deEsteTelefono(s),
    ...(s.ahora === undefined ? conteosDeAqui(s) : conteosDelServidor(s, s.ahora)),
    ...(s.ahora === undefined ? [] : deLaOficina(s, s.ahora)),
    ...porContar(s),
  ];
  return filas
    .map((fila, i) => ({ fila, i }))
    .sort((a, b) => ORDEN[a.fila.tono] - ORDEN[b.fila.tono] || a.i - b.i)
    .map(({ fila }) => fila);
}

function deEsteTelefono({ envio }: Sabido): Fila[] {
  if (envio.rechazadas === 0) return [];
  return [
    {
      clave: 'mios',
      icono: 'rechazo',
      tono: 'bad',
      marca: 'revisa',
      titulo: plural(envio.rechazadas, 'dato tuyo no se aplicó', 'datos tuyos no se aplicaron'),
      detalle: 'Están guardados completos, con la razón.',
      valor: cuenta(envio.rechazadas),
      a: { to: '/mas/envios' },
    },
  ];
}

const nombreDe = (c: { nombre: string; folio: string | null }) => c.nombre || c.folio || 'Conteo';

const tarde = (c: ConteoVista, en: number) => c.vence !== null && Date.parse(c.vence) < en;

/** Mine to count, from this phone. */
function porContar({ conteos, rol, en }: Sabido): Fila[] {
  return conteos
    .filter(
      (c) => (c.estado === 'abierto' || c.estado === 'planeado') && c.cuento && c.parteTerminadaEn === null,
    )
    .filter((c) => !tarde(c, en) || !REVISA_CONTEOS.includes(rol))
    .map((c) => {
      const atrasado = tarde(c, en);
      return {
        clave: `contar-${c.id}`,
        icono: 'contar',
        tono: atrasado || c.devuelta !== null ? 'warn' : 'neutral',
        marca: c.devuelta !== null ? 'te lo devolvieron' : atrasado ? 'atrasado' : 'por contar',
        titulo: nombreDe(c),
        detalle: junta(
          c.nombre !== '' && c.folio,
          lugarDe(c.tiendaNombre, c.almacenNombre),
          c.misLineas > 0 && plural(c.misLineas, 'línea tuya', 'líneas tuyas'),
        ),
        a: { to: '/conteos/$conteoId', params: { conteoId: c.id } },
      };
    });
}

/** Without the server's word: what the phone's cache knows of the shop's conteos. */
function conteosDeAqui({ conteos, rol, en }: Sabido): Fila[] {
  if (!REVISA_CONTEOS.includes(rol)) return [];
  const atrasados = conteos.filter(
    (c) => (c.estado === 'abierto' || c.estado === 'planeado') && tarde(c, en),
  );
  const enRevision = conteos.filter((c) => c.estado === 'en_revision');
  const lugar = (c: ConteoVista) =>
    junta(c.nombre !== '' && c.folio, lugarDe(c.tiendaNombre, c.almacenNombre));
  return [
    ...enRevision.map((c) => porRevisar(c, lugar(c), undefined, false)),
    ...atrasados.map((c) => atrasado(c, lugar(c), c.vence!, en, c.cuento && c.parteTerminadaEn === null)),
  ];
}

function conteosDelServidor({ conteos, breves, en }: Sabido, { conteos: suyos }: Ahora): Fila[] {
  if (suyos === null) return [];
  const mio = (id: string) => conteos.some((c) => c.id === id && c.cuento && c.parteTerminadaEn === null);
  const lugar = (c: { folio: string | null; nombre: string; lugar: string }) =>
    junta(c.nombre !== '' && c.folio, c.lugar);
  const mas = (clave: string, cuantos: number, dichos: number, que: string): Fila[] =>
    cuantos <= dichos
      ? []
      : [
          {
            clave,
            icono: 'revision',
            tono: 'warn',
            marca: 'hay más',
            titulo: `Y ${cuenta(cuantos - dichos)} más ${que}`,
            detalle: `${cuenta(cuantos)} en total`,
            a: { to: '/conteos' },
          },
        ];
  return [
    ...suyos.enRevision.map((c) => porRevisar(c, lugar(c), breves.get(c.id), c.pedida)),
    ...mas('mas-revision', suyos.enRevisionTotal, suyos.enRevision.length, 'por revisar'),
    ...suyos.atrasados.map((c) => atrasado(c, lugar(c), c.vence, en, mio(c.id))),
    ...mas('mas-atrasados', suyos.atrasadosTotal, suyos.atrasados.length, 'con la hora vencida'),
    ...suyos.tardios.map(
      (c): Fila => ({
        clave: `tarde-${c.id}`,
        icono: 'tarde',
        tono: 'warn',
        marca: 'llegó tarde',
        titulo: nombreDe(c),
        detalle: junta(
          `${plural(c.lineas, 'línea llegó', 'líneas llegaron')} después de aprobar`,
          c.nombre !== '' && c.folio,
          c.lugar,
        ),
        a: { to: '/conteos/$conteoId/revision', params: { conteoId: c.id } },
      }),
    ),
  ];
}

function porRevisar(
  c: { id: string; folio: string | null; nombre: string },
  lugar: string,
  breve: RevisionBreve | undefined,
  pedida: boolean,
): Fila {
  const fuera =
    breve !== undefined && breve.fuera > 0
      ? `${plural(breve.fuera, 'producto fuera', 'productos fuera')} de tolerancia por ${pesos(toDecimal(breve.pesosFuera, DINERO_ESCALA))}`
      : '';
  const dentro =
    breve !== undefined && breve.fuera === 0
      ? breve.porDecidir === 0
        ? 'nada por decidir'
        : `${plural(breve.porDecidir, 'producto por decidir', 'productos por decidir')}, ninguno fuera de tolerancia`
      : '';
  return {
    clave: `revision-${c.id}`,
    icono: 'revision',
    tono: 'warn',
    marca: pedida ? 'te piden firma' : 'por revisar',
    titulo: nombreDe(c),
    detalle: junta(
      fuera,
      dentro,
      breve !== undefined &&
        breve.sinLigar > 0 &&
        plural(breve.sinLigar, 'código sin ligar', 'códigos sin ligar'),
      lugar,
    ),
    a: {
      to: '/conteos/$conteoId/revision',
      params: { conteoId: c.id },
      ...(fuera === '' ? {} : { search: { filtro: 'fuera' } }),
    },
  };
}

function atrasado(
  c: { id: string; folio: string | null; nombre: string },
  lugar: string,
  vence: string,
  en: number,
  mio: boolean,
): Fila {
  return {
    clave: `atraso-${c.id}`,
    icono: 'atraso',
    tono: 'warn',
    marca: 'atrasado',
    titulo: nombreDe(c),
    detalle: junta(`venció hace ${hace(en - Date.parse(vence))}`, lugar),
    a: { to: mio ? '/conteos/$conteoId' : '/conteos/$conteoId/revision', params: { conteoId: c.id } },
  };
}
