import type { CampoImportacion, TipoImportacion } from '../../contracts/importar.ts';
import { pliegaCodigo } from '../busqueda.ts';

/** Fields that each type uses; the others stay unmapped. */
export const CAMPOS_DE: Readonly<Record<TipoImportacion, readonly CampoImportacion[]>> = {
  inventario: [
    'codigo',
    'codigoBarras',
    'nombre',
    'cantidad',
    'costo',
    'fecha',
    'tienda',
    'almacen',
    'ubicacion',
  ],
  ventas: [
    'codigo',
    'codigoBarras',
    'nombre',
    'cantidad',
    'precio',
    'costo',
    'importe',
    'descuento',
    'impuesto',
    'fecha',
    'hora',
    'fechaDesde',
    'fechaHasta',
    'folio',
    'partida',
    'tienda',
    'almacen',
    'devolucion',
  ],
  compras: [
    'codigo',
    'codigoBarras',
    'nombre',
    'cantidad',
    'costo',
    'importe',
    'descuento',
    'impuesto',
    'fecha',
    'hora',
    'fechaDesde',
    'fechaHasta',
    'folio',
    'partida',
    'tienda',
    'almacen',
    'proveedor',
    'devolucion',
  ],
  productos: [
    'codigo',
    'codigoBarras',
    'nombre',
    'categoria',
    'marca',
    'unidad',
    'precio',
    'costo',
    'factor',
    'ivaTasa',
    'claveProdServ',
    'claveUnidad',
    'activo',
    'tienda',
    'almacen',
    'ubicacion',
  ],
};

/** What each field is called on the screens. */
export const NOMBRE_CAMPO: Readonly<Record<CampoImportacion, string>> = {
  codigo: 'Código',
  codigoBarras: 'Código de barras',
  nombre: 'Descripción',
  cantidad: 'Cantidad',
  costo: 'Costo',
  precio: 'Precio',
  importe: 'Importe',
  descuento: 'Descuento',
  impuesto: 'Impuesto',
  fecha: 'Fecha',
  hora: 'Hora',
  fechaDesde: 'Desde',
  fechaHasta: 'Hasta',
  folio: 'Folio',
  partida: 'Partida',
  tienda: 'Tienda',
  almacen: 'Almacén',
  ubicacion: 'Ubicación',
  categoria: 'Categoría',
  marca: 'Marca',
  unidad: 'Unidad',
  factor: 'Piezas por caja',
  ivaTasa: 'IVA',
  claveProdServ: 'Clave SAT del producto',
  claveUnidad: 'Clave SAT de la unidad',
  proveedor: 'Proveedor',
  devolucion: 'Devolución',
  activo: 'Activo',
};

const lista = (texto: string): readonly string[] => texto.trim().split(/\s+/);

/** What columns are called in exports of Microsip, Aspel, points of sale and suppliers, folded; the likeliest first. */
export const TITULOS: Readonly<Record<CampoImportacion, readonly string[]>> = {
  codigo:
    lista(`codigo clave sku cod cve claveprincipal clavearticulo claveart claveproducto clavedelarticulo clavedelproducto
    codigoarticulo codigoproducto codigodeproducto codigodearticulo codigodelproducto codigodelarticulo codigointerno claveinterna
    cveart cvearticulo cveproducto idproducto idarticulo codprod codart itemcode productcode itemnumber partnumber noparte numerodeparte
    nodeparte numparte plu referencia ref item material articulo producto id code codigoprincipal modelo`),
  codigoBarras:
    lista(`codigodebarras codigobarras codbarras codigodebarra codigobarra barras barcode ean ean13 upc gtin codigoean
    codigoupc codigoean13 eanupc upcean cb clavealterna codigoalterno cvealterna codigodebarrasean codigosdebarras`),
  nombre:
    lista(`descripcion nombre descrip desc descr descripciondelproducto descripciondelarticulo descripcionproducto
    descripcionarticulo nombreproducto nombrearticulo nombredelproducto nombredelarticulo nombredelarticulo producto articulo concepto
    detalle description productname itemname itemdescription name productos descripcionlarga mercancia`),
  cantidad:
    lista(`cantidad cant ctd qty quantity cantidadvendida cantvendida unidadesvendidas piezasvendidas vendidas vendidos vendido
    cantidadcomprada cantidadrecibida cantrecibida recibidas recibido surtido cantidadsurtida existencia existenciafinal existenciaactual
    existenciafisica existencias exist stock stockactual inventariofinal invfinal inventario inventarioactual inventariofisico
    existenciatotal disponible disponibles onhand fisico conteofisico conteo contado saldo unidades piezas pzas pzs unids uds`),
  costo:
    lista(`costo costounitario costopromedio costoprom ultimocosto costoultimo ultcosto costou costounit costoneto cost unitcost
    preciodecompra preciocompra preciocosto preciodecosto costodecompra costoactual costosiniva costoestandar pcosto pcompra`),
  precio:
    lista(`precio preciounitario precioventa preciodeventa pventa preciopublico precioalpublico preciodelista preciolista pu punit
    precunit preciou preciounit price unitprice precio1 preciofinal preciodeventaconiva precioventaconiva precioconiva preciosiniva
    valorunitario pvp preciomenudeo listprice`),
  importe:
    lista(`importe total importetotal totalventa totaldeventa totalpartida monto importeneto subtotal totalneto valor amount
    ventatotal ventaneta totalrenglon totalmxn neto importepartida valortotal lineatotal linetotal totallinea`),
  descuento: lista(
    `descuento dscto dcto desc1 descuentos importedescuento montodescuento totaldescuento discount descuentoimporte`,
  ),
  impuesto: lista(
    `impuesto impuestos iva importeiva montoiva totaliva ivaimporte tax totalimpuestos ivatrasladado`,
  ),
  fecha:
    lista(`fecha fechaventa fechadeventa fechadocumento fechadoc fechafactura fechadefactura fechacompra fechadecompra
    fecharecepcion fecharecibo fechamovimiento fechaemision fechadeemision fecelab fechaelaboracion fechahora fechayhora date dia
    fechaticket fechainventario fechadeinventario fechaconteo fechadeconteo orderdate invoicedate saledate`),
  hora: lista(`hora horaventa horadeventa horaticket time horadelmovimiento`),
  fechaDesde: lista(`desde fechainicial fechainicio fechadesde periodoinicio del inicio`),
  fechaHasta: lista(`hasta fechafinal fechafin fechahasta periodofin al fin`),
  folio:
    lista(`folio ticket foliodeventa folioventa noticket numeroticket numerodeticket nodeticket numticket factura nofactura
    numerofactura numerodefactura foliofactura documento nodocumento numdocumento numerodedocumento numdoc doc remision noremision
    nota nodenota venta noventa numventa invoice invoicenumber cvedoc pedido orden ordendecompra oc foliodocumento transaccion
    idventa ordernumber receipt recepcion nocompra serieyfolio`),
  partida: lista(
    `partida renglon numpar numeropartida nopartida numpartida numrenglon posicion line linenumber`,
  ),
  tienda: lista(
    `tienda sucursal suc nombresucursal claveSucursal clavesucursal nosucursal tiendasucursal store branch plaza local`,
  ),
  almacen: lista(
    `almacen alm bodega numalm numeroalmacen nombrealmacen clavealmacen cvealm warehouse deposito`,
  ),
  ubicacion: lista(
    `ubicacion localizacion anaquel pasillo rack bin estante ubicacionfisica control1 gondola`,
  ),
  categoria:
    lista(`categoria linea familia departamento depto grupo linprod lineadeproducto lineadearticulos lineaarticulo subfamilia
    clase clasificacion category rubro seccion tipodeproducto`),
  marca: lista(`marca brand fabricante marcaproducto`),
  unidad: lista(
    `unidad um udm unidadmedida unidaddemedida unidadventa unidaddeventa umed uom unimed uventa unidadentrada univenta unit presentacion`,
  ),
  factor:
    lista(`factor piezasporcaja pzasporcaja pzascaja piezascaja pzaxcaja unidadesporcaja contenido empaque factorconversion
    factordeconversion unidadesporempaque piezasporempaque cantidadporcaja unixcaja factorempaque`),
  ivaTasa: lista(
    `iva tasaiva ivatasa tasadeiva ivaporcentaje porcentajeiva impuesto tasaimpuesto ivaaplicable`,
  ),
  claveProdServ:
    lista(`claveprodserv clavesat clavesatproducto claveproductosat codigosat claveprodservsat clavedelsat prodservsat
    claveproductoservicio clavesatprodserv clavedeproductosat satclave`),
  claveUnidad: lista(
    `claveunidad claveunidadsat unidadsat clavesatunidad clavedeunidad clavedeunidadsat cveunidadsat`,
  ),
  proveedor: lista(
    `proveedor nombreproveedor nombredelproveedor prov claveproveedor supplier vendor razonsocialproveedor`,
  ),
  devolucion: lista(
    `devolucion esdevolucion tipo tipomovimiento tipodemovimiento tipodocumento tipodoc tipodedocumento movimiento tipomov`,
  ),
  activo: lista(`activo estatus status estado habilitado situacion active vigente`),
};

/** The quantity of a type, where a sheet has several. */
const CANTIDAD_DE: Readonly<Record<TipoImportacion, readonly string[]>> = {
  inventario:
    lista(`existenciafinal existenciafisica inventariofinal invfinal existenciaactual existencia existencias exist
    stockactual stock fisico conteofisico conteo contado inventariofisico inventarioactual existenciatotal cantidad cant`),
  ventas: lista(
    `cantidadvendida cantvendida unidadesvendidas piezasvendidas vendidas vendidos vendido cantidad cant`,
  ),
  compras: lista(
    `cantidadrecibida cantrecibida recibidas recibido cantidadcomprada cantidadsurtida surtido cantidad cant`,
  ),
  productos: [],
};

/** What an inventory counts is no quantity of a sale, and the other way round. */
const CANTIDAD_AJENA: Readonly<Record<TipoImportacion, RegExp>> = {
  inventario: /vendid|(?<!in)venta|compr|recibid|entrada|salida|minim|maxim|inicial|pedid|apartad|transit/,
  ventas: /exist|stock|fisico|conteo|minim|maxim|onhand|disponib|saldo/,
  compras: /exist|stock|fisico|conteo|minim|maxim|onhand|disponib|saldo|pedid|ordenad/,
  productos: /./,
};

const LARGO_PARCIAL = 5;
const POR_TITULO = new Map<string, { campo: CampoImportacion; rango: number }[]>();
for (const [campo, titulos] of Object.entries(TITULOS) as [CampoImportacion, readonly string[]][]) {
  titulos.forEach((titulo, rango) => {
    const hay = POR_TITULO.get(titulo);
    if (hay === undefined) POR_TITULO.set(titulo, [{ campo, rango }]);
    else hay.push({ campo, rango });
  });
}

/** True for a heading that some source is known to write. */
export function esTituloConocido(titulo: string): boolean {
  return POR_TITULO.has(pliegaCodigo(titulo));
}

/** Fields that a heading may mean, in any type. */
export function camposDelTitulo(titulo: string): CampoImportacion[] {
  return (POR_TITULO.get(pliegaCodigo(titulo)) ?? []).map(({ campo }) => campo);
}

/**
 * How well a heading names a field of a type: 1 for its usual name, a little less for rarer ones, about a half where the name is a
 * part of the heading, 0 for none.
 */
export function notaTitulo(titulo: string, campo: CampoImportacion, tipo: TipoImportacion): number {
  const plegado = pliegaCodigo(titulo);
  if (plegado === '') return 0;
  if (campo === 'cantidad') {
    if (CANTIDAD_AJENA[tipo].test(plegado)) return 0;
    const propio = CANTIDAD_DE[tipo].indexOf(plegado);
    if (propio >= 0) return 1 - propio * 0.01;
  }
  // An inventory's rows have other dates too: of the last sale, of their entry.
  if (campo === 'fecha' && tipo === 'inventario' && !/^fecha(?:de)?(?:inventario|conteo)?$/.test(plegado))
    return 0;
  if (campo === 'costo' && tipo === 'compras' && TITULOS.precio.includes(plegado)) return 0.8;
  if (campo === 'costo' && /total/.test(plegado)) return 0;
  const exacto = TITULOS[campo].indexOf(plegado);
  if (exacto >= 0) return (campo === 'cantidad' ? 0.9 : 1) - exacto * 0.005;
  const parte = TITULOS[campo].find((uno) => uno.length >= LARGO_PARCIAL && plegado.includes(uno));
  return parte === undefined ? 0 : 0.4 + (0.2 * parte.length) / plegado.length;
}
