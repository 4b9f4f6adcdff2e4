/**
 * Application identifiers: facts taken from the GS1 Barcode Syntax Dictionary (github.com/gs1/gs1-syntax-dictionary),
 * written in our own short form, one a line: `AI format title`. A range `3100-3105` has its last digit as the number of
 * decimals. Format: parts joined by `+`; `N` digits, `X` character set 82, `Y` set 39, `Z` base64url; `14` exact
 * length, `..20` up to 20, `?` optional part; then `c` check digit at its end, `d` date YYMMDD whose day may be 00,
 * `D` date with a day, `h` hour and minute. Titles in Spanish only where a screen shows them.
 */
const FILAS = `
00 N18c SSCC
01 N14c GTIN
02 N14c GTIN contenido
03 N14c GTIN sobre pedido
10 X..20 Lote
11 N6d Producción
12 N6d Vencimiento del pago
13 N6d Empaque
15 N6d Consumo preferente
16 N6d Venta límite
17 N6d Caducidad
20 N2 Variante
21 X..20 Serie
22 X..20 Variante de consumo
235 X..28 TPX
240 X..30 Identificación adicional
241 X..30 Parte del cliente
242 N..6 Variante sobre pedido
243 X..20 PCN
250 X..30 Serie secundaria
251 X..30 Referencia de origen
253 N13c+X..17? GDTI
254 X..20 Extensión GLN
255 N13c+N..12? GCN
30 N..8 Cantidad variable
37 N..8 Piezas contenidas
3900-3909 N..15 Importe
3910-3919 N3+N..15 Importe con moneda
3920-3929 N..15 Precio
3930-3939 N3+N..15 Precio con moneda
3940-3943 N4 Descuento
3950-3955 N6 Precio por unidad
400 X..30 Orden de compra
401 X..30 GINC
402 N17c GSIN
403 X..30 Ruta
410 N13c Enviar a
411 N13c Facturar a
412 N13c Comprado a
413 N13c Enviar por cuenta de
414 N13c Lugar
415 N13c Pagar a
416 N13c Lugar de producción
417 N13c Parte
420 X..20 Código postal
421 N3+X..9 País y código postal
422 N3 País de origen
423 N3+N3?+N3?+N3?+N3? Países del proceso
424 N3 País del proceso
425 N3+N3?+N3?+N3?+N3? Países del despiece
426 N3 País de todo el proceso
427 X..3 Región de origen
4300-4301 X..35 Destinatario
4302-4306 X..70 Domicilio
4307 X2 País de envío
4308 X..30 Teléfono
4309 N20 Coordenadas
4310-4311 X..35 Devolución a
4312-4316 X..70 Domicilio de devolución
4317 X2 País de devolución
4318 X..20 Código postal de devolución
4319 X..30 Teléfono de devolución
4320 X..35 Servicio
4321-4323 N1 Indicación de entrega
4324-4325 N6d+N4h Entrega entre
4326 N6D Liberación
4330-4333 N6+X1? Temperatura
7001 N13 NSN
7002 X..30 Corte
7003 N6D+N4h Caducidad con hora
7004 N..4 Potencia
7005 X..12 Zona de captura
7006 N6D Primera congelación
7007 N6D+N6D? Cosecha
7008 X..3 Especie acuática
7009 X..10 Arte de pesca
7010 X..2 Método de producción
7011 N6D+N4h? Probar antes de
7020-7022 X..20 Reacondicionado
7023 X..30 GIAI del conjunto
7030-7039 N3+X..27 Procesador
7040 N1+X3 UIC
7041 X..4 Unidad de flete
710-717 X..20 Registro sanitario
7230-7239 X2+X..28 Certificación
7240 X..20 Protocolo
7241 N2 Medio
7242 X..25 VCN
7250 N8 Nacimiento
7251 N8+N4h Nacimiento con hora
7252 N1 Sexo
7253-7254 X..40 Nombre
7255 X..10 Sufijo
7256 X..90 Nombre completo
7257 X..70 Domicilio de la persona
7258 X3 Orden de nacimiento
7259 X..40 Recién nacido
8001 N14 Dimensiones del rollo
8002 X..20 Teléfono móvil
8003 N14c+X..16? GRAI
8004 X..30 GIAI
8005 N6 Precio por unidad de medida
8006 N14c+N4 ITIP
8007 X..34 IBAN
8008 N6D+N2+N2?+N2? Producción con hora
8009 X..50 OPTSEN
8010 Y..30 CPID
8011 N..12 Serie CPID
8012 X..20 Versión
8013 X..25 GMN
8014 X..25 MUDI
8017 N18c GSRN de quien atiende
8018 N18c GSRN de quien recibe
8019 N..10 SRIN
8020 X..25 Referencia de pago
8026 N14c+N4 ITIP contenido
8030 Z..90 Firma digital
8040-8041 N15 IMEI
8042 N32 eSIM
8043 N18+N..2? pSIM
8110 X..70 Cupón
8111 N4 Puntos
8112 X..70 Cupón sin papel
8200 X..70 Página del producto
90 X..30 Interno
91-99 X..90 Interno`;

/** Unit of the measures 310n–369n (first three digits). Net weights are 310, 320 and 356; 33n and 34n are gross. */
const MEDIDAS = `kg:310,330 m:311,312,313,331,332,333 m²:314,334 l:315,335 m³:316,336 kg/m²:337 lb:320,340
in:321,324,327,341,344,347 ft:322,325,328,342,345,348 yd:323,326,329,343,346,349 in²:350,353 ft²:351,354 yd²:352,355
ozt:356 oz:357 qt:360,362 gal:361,363 in³:364,367 ft³:365,368 yd³:366,369`;

/** Two digits that promise the length of the whole element (AI included), also for AIs not in the table yet. */
export const LARGO_POR_PREFIJO: ReadonlyMap<string, number> = new Map([
  ['00', 20],
  ['01', 16],
  ['02', 16],
  ['03', 16],
  ['04', 18],
  ...['11', '12', '13', '14', '15', '16', '17', '18', '19'].map((p): [string, number] => [p, 8]),
  ['20', 4],
  ...['31', '32', '33', '34', '35', '36'].map((p): [string, number] => [p, 10]),
  ['41', 16],
]);

export interface Parte {
  readonly clase: 'N' | 'X' | 'Y' | 'Z';
  /** Exact length, or the longest when `variable`. */
  readonly largo: number;
  readonly variable: boolean;
  readonly opcional: boolean;
  readonly prueba: 'digito' | 'fecha' | 'fecha_con_dia' | 'hora' | null;
}

export interface Identificador {
  readonly ai: string;
  readonly titulo: string;
  readonly partes: readonly Parte[];
  /** Decimals that the AI's last digit announces; null where it announces none. */
  readonly decimales: number | null;
  /** Unit of a measure; null for everything else. */
  readonly unidad: string | null;
}

const PRUEBAS = { c: 'digito', d: 'fecha', D: 'fecha_con_dia', h: 'hora' } as const;

function parte(texto: string): Parte {
  const [, clase, variable, largo, prueba, opcional] = /^([NXYZ])(\.\.)?(\d+)([cdDh])?(\?)?$/.exec(texto)!;
  return {
    clase: clase as Parte['clase'],
    largo: Number(largo),
    variable: variable !== undefined,
    opcional: opcional !== undefined,
    prueba: prueba === undefined ? null : PRUEBAS[prueba as keyof typeof PRUEBAS],
  };
}

function construye(): Map<string, Identificador> {
  const tabla = new Map<string, Identificador>();
  for (const fila of FILAS.trim().split('\n')) {
    const [rango, formato, ...titulo] = fila.split(' ') as [string, string, ...string[]];
    const [desde, hasta = desde] = rango.split('-') as [string, string?];
    const partes = formato.split('+').map(parte);
    for (let n = Number(desde); n <= Number(hasta); n += 1) {
      const ai = String(n).padStart(desde.length, '0');
      const decimales = /^39[0-5]/.test(ai) ? Number(ai[3]) : null;
      tabla.set(ai, { ai, titulo: titulo.join(' '), partes, decimales, unidad: null });
    }
  }
  const medida = parte('N6');
  for (const grupo of MEDIDAS.split(/\s+/)) {
    const [unidad, series] = grupo.split(':') as [string, string];
    for (const serie of series.split(',')) {
      for (let n = 0; n <= 5; n += 1) {
        const ai = `${serie}${n}`;
        tabla.set(ai, { ai, titulo: 'Medida', partes: [medida], decimales: n, unidad });
      }
    }
  }
  return tabla;
}

/** Every AI by its digits. */
export const IDENTIFICADORES: ReadonlyMap<string, Identificador> = construye();

/** The AI that a text begins with; AIs are prefix-free, 2 to 4 digits. */
export function identificadorDe(texto: string): Identificador | undefined {
  for (let largo = 2; largo <= 4; largo += 1) {
    const encontrado = IDENTIFICADORES.get(texto.slice(0, largo));
    if (encontrado !== undefined && encontrado.ai.length === largo) return encontrado;
  }
  return undefined;
}
