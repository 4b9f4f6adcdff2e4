/** What tests and demonstrations may count on in the demo company, whatever else is generated around it. */

export const CONTRASENA_DEMO = 'demo1234';

export const TIENDAS = [
  {
    codigo: 'CDMX-01',
    nombre: 'Centro CDMX',
    ciudad: 'Ciudad de México',
    estado: 'Ciudad de México',
    zona: 'America/Mexico_City',
  },
  {
    codigo: 'GDL-01',
    nombre: 'Guadalajara',
    ciudad: 'Guadalajara',
    estado: 'Jalisco',
    zona: 'America/Mexico_City',
  },
  {
    codigo: 'MTY-01',
    nombre: 'Monterrey',
    ciudad: 'Monterrey',
    estado: 'Nuevo León',
    zona: 'America/Monterrey',
  },
] as const;

/** Log-in is the correo (or its part before the @) with CONTRASENA_DEMO. */
export const USUARIOS = [
  {
    correo: 'admin@demo.mx',
    nombre: 'Sofía Aguilar',
    rol: 'admin',
    tiendas: ['CDMX-01', 'GDL-01', 'MTY-01'],
    limite: null,
  },
  {
    correo: 'gerente@demo.mx',
    nombre: 'Carlos Mendoza',
    rol: 'gerente',
    tiendas: ['CDMX-01'],
    limite: '20000.00',
  },
  {
    correo: 'almacen1@demo.mx',
    nombre: 'Ana Torres',
    rol: 'almacenista',
    tiendas: ['CDMX-01'],
    limite: null,
  },
  {
    correo: 'almacen2@demo.mx',
    nombre: 'Luis Rojas',
    rol: 'almacenista',
    tiendas: ['CDMX-01'],
    limite: null,
  },
  {
    correo: 'compras@demo.mx',
    nombre: 'Patricia Ríos',
    rol: 'comprador',
    tiendas: ['CDMX-01', 'GDL-01', 'MTY-01'],
    limite: null,
  },
  { correo: 'chofer@demo.mx', nombre: 'Miguel Hernández', rol: 'chofer', tiendas: ['CDMX-01'], limite: null },
  {
    correo: 'auditor@demo.mx',
    nombre: 'Elena Castro',
    rol: 'auditor',
    tiendas: ['CDMX-01', 'GDL-01', 'MTY-01'],
    limite: null,
  },
] as const;

export interface ProductoFijo {
  codigo: string;
  nombre: string;
  categoria: readonly string[];
  marca: string;
  unidad: string;
  decimales: number;
  precio: string;
  /** Net of IVA; also the cost of each of its purchases. */
  costo: string;
  /** null: no readable code, found by search only. */
  ean: string | null;
  caja: { codigo: string; factor: number } | null;
  alterna: string | null;
  /** Bin in CDMX-01. */
  ubicacion: string;
  /** Stock in CDMX-01 right after the seed, and at any later instant until somebody moves it. null = sin base. */
  existencia: number | null;
}

/** All in zone A of CDMX-01. */
export const FIJOS = {
  aceite: {
    codigo: 'AM-1001',
    nombre: 'Aceite de motor 5W-30 sintético 946 ml Mobil 1',
    categoria: ['Lubricantes', 'Aceite de motor'],
    marca: 'Mobil',
    unidad: 'PZA',
    decimales: 0,
    precio: '219.00',
    costo: '121.500000',
    ean: '7501000000012',
    caja: { codigo: '17501000000019', factor: 12 },
    alterna: 'MOB-5W30-946',
    ubicacion: 'A-01-1',
    existencia: 38,
  },
  balatas: {
    codigo: 'BD-1001',
    nombre: 'Balatas delanteras cerámicas Nissan Versa 1.6 2012-2019 Brembo',
    categoria: ['Refacciones', 'Frenos', 'Balatas'],
    marca: 'Brembo',
    unidad: 'JUEGO',
    decimales: 0,
    precio: '890.00',
    costo: '498.250000',
    ean: '7501000000029',
    caja: null,
    alterna: 'P56124N',
    ubicacion: 'A-01-1',
    existencia: 26,
  },
  filtro: {
    codigo: 'FO-1001',
    nombre: 'Filtro de aceite Nissan Versa 1.6 2012-2019 Gonher GP-81',
    categoria: ['Refacciones', 'Filtros', 'Filtros de aceite'],
    marca: 'Gonher',
    unidad: 'PZA',
    decimales: 0,
    precio: '95.00',
    costo: '47.800000',
    ean: '7501000000036',
    caja: { codigo: '7501000000043', factor: 12 },
    alterna: 'GP-81',
    ubicacion: 'A-01-2',
    existencia: 60,
  },
  bujia: {
    codigo: 'BJ-1001',
    nombre: 'Bujía NGK iridio LZKAR6AP-11',
    categoria: ['Refacciones', 'Encendido', 'Bujías'],
    marca: 'NGK',
    unidad: 'PZA',
    decimales: 0,
    precio: '185.00',
    costo: '96.400000',
    ean: '7501000000050',
    caja: { codigo: '17501000000057', factor: 24 },
    alterna: null,
    ubicacion: 'A-01-2',
    existencia: 144,
  },
  banda: {
    codigo: 'PH-2840',
    nombre: 'Banda poli V 7PK2840 Gates Micro-V',
    categoria: ['Refacciones', 'Motor', 'Bandas'],
    marca: 'Gates',
    unidad: 'PZA',
    decimales: 0,
    precio: '740.00',
    costo: '402.000000',
    ean: null,
    caja: null,
    alterna: null,
    ubicacion: 'A-02-1',
    existencia: 7,
  },
  llanta: {
    codigo: 'LL-2055516-PR4',
    nombre: 'Llanta 205/55 R16 91V Michelin Primacy 4',
    categoria: ['Llantas', 'Auto y camioneta'],
    marca: 'Michelin',
    unidad: 'PZA',
    decimales: 0,
    precio: '2890.00',
    costo: '1744.750000',
    ean: '7501000000074',
    caja: null,
    alterna: null,
    ubicacion: 'A-02-2',
    existencia: 14,
  },
  foco: {
    codigo: 'FK-1001',
    nombre: 'Foco H7 55W Osram Night Breaker',
    categoria: ['Refacciones', 'Eléctrico', 'Focos'],
    marca: 'Osram',
    unidad: 'PZA',
    decimales: 0,
    precio: '289.00',
    costo: '141.000000',
    ean: '7501000000081',
    caja: { codigo: '17501000000088', factor: 6 },
    alterna: null,
    ubicacion: 'A-02-1',
    existencia: 0,
  },
  bateria: {
    codigo: 'BA-1001',
    nombre: 'Batería L-47-600 LTH',
    categoria: ['Refacciones', 'Eléctrico', 'Baterías'],
    marca: 'LTH',
    unidad: 'PZA',
    decimales: 0,
    precio: '2990.00',
    costo: '1990.000000',
    ean: '7501000000098',
    caja: null,
    alterna: 'L47600',
    ubicacion: 'A-03-2',
    existencia: 9,
  },
  pino: {
    codigo: 'AR-1001',
    nombre: 'Aromatizante pino Little Trees',
    categoria: ['Accesorios', 'Interior'],
    marca: 'Little Trees',
    unidad: 'PZA',
    decimales: 0,
    precio: '39.00',
    costo: '16.500000',
    ean: '7501000000104',
    caja: null,
    alterna: null,
    ubicacion: 'A-03-1',
    existencia: 50,
  },
  pinoDoble: {
    codigo: 'AR-1002',
    nombre: 'Aromatizante pino 2 piezas Little Trees',
    categoria: ['Accesorios', 'Interior'],
    marca: 'Little Trees',
    unidad: 'PAQ',
    decimales: 0,
    precio: '69.00',
    costo: '30.000000',
    ean: '7501000000104',
    caja: null,
    alterna: null,
    ubicacion: 'A-03-1',
    existencia: 22,
  },
  granel: {
    codigo: 'GR-1001',
    nombre: 'Aceite a granel 15W-40 Akron',
    categoria: ['Lubricantes', 'A granel'],
    marca: 'Akron',
    unidad: 'LT',
    decimales: 3,
    precio: '78.00',
    costo: '44.100000',
    ean: '7501000000128',
    caja: null,
    alterna: null,
    ubicacion: 'A-03-2',
    existencia: 187.5,
  },
  nuevo: {
    codigo: 'TP-1001',
    nombre: 'Tapetes universales Ultra, recién llegados',
    categoria: ['Accesorios', 'Interior'],
    marca: 'Ultra',
    unidad: 'JUEGO',
    decimales: 0,
    precio: '459.00',
    costo: '230.000000',
    ean: '7501000000135',
    caja: null,
    alterna: null,
    ubicacion: 'A-04-1',
    existencia: null,
  },
} as const satisfies Record<string, ProductoFijo>;

/** Valid codes that no product has. */
export const CODIGOS_DESCONOCIDOS = { ean: '7501000000111', texto: 'ETQ-000-777' } as const;

/** Bins of CDMX-01: zone A small (front shelves), B to D deep. */
export const ZONAS: Record<string, { pasillos: number; niveles: number }> = {
  A: { pasillos: 4, niveles: 3 },
  B: { pasillos: 8, niveles: 4 },
  C: { pasillos: 8, niveles: 4 },
  D: { pasillos: 8, niveles: 4 },
};
