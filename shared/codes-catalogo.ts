/** The sentences of the catalogue's office screens. */
export const MENSAJES_CATALOGO = {
  ALMACEN_GENERAL_UNICO:
    'Esa tienda ya tiene su almacén general y solo hay uno por tienda. No se guardó; elige otro tipo.',
  ALMACEN_CON_EXISTENCIA:
    'En ese almacén hay {cuantos} con existencia. No se dio de baja; traspásalos o cuéntalos en cero antes.',
  ALMACEN_GENERAL_FIJO:
    'El almacén general de una tienda abierta no se da de baja ni cambia de tipo. No se cambió nada; da de baja la tienda completa si ya cerró.',
  CATEGORIA_CIRCULO:
    'Una categoría no puede quedar dentro de sí misma. No se movió nada; elige otra donde ponerla.',
  CATEGORIA_HONDA: 'Quedaría a más de 8 niveles. No se movió nada; elige una categoría más arriba.',
  CATEGORIA_REPETIDA: 'Ya hay una categoría «{nombre}». No se guardó; escribe otro nombre o únelas.',
  CATEGORIA_CON_PRODUCTOS:
    'En «{nombre}» hay {cuantos}. No se dio de baja; muévelos o une esa categoría con otra.',
  CODIGO_EN_USO: 'Ya hay otro con el código {codigo}. No se guardó; escribe otro código.',
  CODIGO_DE_PRODUCTO_REPETIDO:
    'Ese producto ya tiene el código {codigo}. No se agregó dos veces; cambia el que tiene si su factor es otro.',
  CAMPOS_MALOS: 'Esto no se puede guardar: {detalle}. No se guardó nada; corrígelo y vuelve a guardar.',
  CONFLICTO_DECIDIDO:
    'Ese cambio ya lo decidió {quien}. No se cambió nada; vuelve a abrir la lista para ver cómo quedó.',
  CONFLICTO_CAMBIO:
    'Alguien cambió ese dato mientras lo veías: ahora dice «{ahora}». No se cambió nada; decide otra vez.',
  EDICION_CAMBIO:
    'Después de esa edición alguien cambió {cuantos}. No se deshizo nada; corrígelos uno por uno.',
  EDICION_SIN_CAMBIOS: 'No se eligió qué cambiar. No se cambió nada.',
  FUSION_MISMO: 'Son el mismo producto. No se unió nada; elige dos distintos.',
  FUSION_NO_VIGENTE: '{codigo} ya se unió con otro o está dado de baja. No se unió nada; elige uno vigente.',
  FUSION_UNIDADES:
    'No se cuentan igual: uno por {origen} y otro por {destino}. No se unió nada; corrige la unidad de uno y vuelve a unirlos.',
  FUSION_JUEGO:
    'Un juego o un servicio no se une con un producto que se cuenta. No se unió nada; corrige cuál es cuál.',
  FUSION_CODIGOS: 'Los dos tienen {codigos} con distinto factor. No se unió nada; di cuál factor queda.',
  FUSION_CONTEO:
    'El conteo {folio} los tiene a medias y ya hay un inventario o un cierre después de su primera lectura. No se unió nada; apruébalo o cancélalo y vuelve a unirlos.',
  FUSION_CON_HISTORIA:
    'Desde que se unieron pasó algo más con el producto: {que}. No se deshizo; corrige a mano lo que haga falta.',
  FUSION_DESHECHA: 'Esa unión ya se deshizo. No se cambió nada.',
  PRODUCTO_EN_CONTEO:
    'Está en conteos abiertos: {folios}. Al darlo de baja sigue en ellos hasta que se aprueben; confirma si así lo quieres.',
  PRODUCTO_FUSIONADO: 'Ese producto se unió con {codigo}. No se cambió nada; búscalo por ese código.',
  PRODUCTO_SIN_NOMBRE: 'Faltan el código o el nombre. No se creó nada; escríbelos y guarda otra vez.',
  SERIE_MALA: 'No se hizo ninguna ubicación. {detalle}',
  TIENDA_CON_EXISTENCIA:
    'La tienda tiene {cuantos} con existencia. No se dio de baja; traspásalos o cuéntalos en cero antes.',
  TIENDA_CON_CONTEOS:
    'La tienda tiene conteos sin terminar: {folios}. No se dio de baja; apruébalos o cancélalos antes.',
  UBICACION_DE_OTRO: 'Esa ubicación no es de un almacén tuyo. No se guardó nada; elige otra.',
} as const;
