-- What a person finds who opens the database with a console.

comment on schema inventario is 'Existencias, conteos, catálogo, tiendas y usuarios de la empresa, y el espejo de su ERP.';
comment on schema sync is 'Lo que los teléfonos y el servidor se dicen: equipos, turnos, versiones y cambios. Solo del servidor.';
comment on schema genai is 'Documentos y conversaciones del asistente.';

comment on table inventario.tiendas is 'Sucursales de la empresa.';
comment on column inventario.tiendas.codigo is 'Clave corta, p. ej. CDMX-01; encabeza los folios de sus conteos.';
comment on column inventario.tiendas.zona_horaria is 'Zona IANA. De ella sale la fecha local de cada movimiento.';
comment on column inventario.tiendas.metadata is 'Datos adicionales: horarios, coordenadas…';

comment on table inventario.almacenes is 'Almacenes de cada tienda. Existencias, movimientos y conteos son por almacén.';
comment on column inventario.almacenes.tipo is 'general (uno por tienda), mostrador, merma, garantias, transito (traspasos en camino) o ajeno (consignación).';
comment on column inventario.almacenes.movimientos_hasta is 'Hasta qué instante se conocen los movimientos de la caja o del ERP; nulo = no hay nada conectado.';

comment on table inventario.ubicaciones is 'Anaqueles (A-03-2) dentro de un almacén. Dicen dónde está algo; no llevan existencia propia.';
comment on table inventario.categorias is 'Árbol de categorías de productos.';
comment on column inventario.categorias.path is 'Ruta desde la raíz, p. ej. /refacciones/frenos/balatas/.';

comment on table inventario.productos is 'Catálogo maestro de productos.';
comment on column inventario.productos.codigo is 'Clave única con la que la empresa llama al producto.';
comment on column inventario.productos.costo is 'Costo de catálogo, sin IVA, en pesos. No lo lee quien cuenta: ver producto_costos.';
comment on column inventario.productos.decimales is 'Decimales con los que se cuenta: 0 por pieza, hasta 3 por medida (m, kg, l).';
comment on column inventario.productos.iva_tasa is '16, 8, 0 o exento.';
comment on column inventario.productos.clave_prod_serv is 'Clave de producto o servicio del SAT.';
comment on column inventario.productos.clave_unidad is 'Clave de unidad del SAT.';
comment on column inventario.productos.es_juego is 'Juego (kit): se cuenta por sus partes.';
comment on column inventario.productos.fusionado_en is 'El producto que lo reemplaza; su historia se conserva.';
comment on column inventario.productos.metadata is 'Datos adicionales: especificaciones, compatibilidades… Nunca costos.';
comment on view inventario.producto_costos is 'Costo de cada producto para los roles que pueden verlo; vacía para los demás.';

comment on table inventario.codigos_barras is 'Códigos con los que se lee un producto: barras, caja, clave alterna, del proveedor o aprendida. Un código puede ser de varios.';
comment on column inventario.codigos_barras.clave_gtin is 'GTIN de 14 dígitos con dígito verificador correcto; nulo para códigos internos y otros textos.';
comment on column inventario.codigos_barras.factor is 'Unidades que vale una lectura: una caja de 12 vale 12.';
comment on table inventario.producto_ubicaciones is 'En qué anaqueles está cada producto.';
comment on table inventario.producto_almacenes is 'Clase ABC y niveles de un producto en un almacén.';

comment on table inventario.usuarios is 'Personas que entran al sistema. Su rol vive aquí, nunca en el token.';
comment on column inventario.usuarios.limite_ajuste is 'Pesos, en valor absoluto, que puede aprobar de una vez; nulo = sin límite.';
comment on view inventario.usuarios_completos is 'Todas las columnas de la propia persona, o de todas para un admin.';
comment on table inventario.usuario_tiendas is 'Tiendas de cada persona. Un admin tiene todas.';
comment on table inventario.invitaciones is 'Invitaciones para entrar; del enlace solo se guarda su huella.';
comment on table inventario.archivos is 'Fotos y documentos por su SHA-256; subir dos veces lo mismo es una fila.';
comment on table inventario.configuracion is 'Ajustes de la empresa: retención, avisos…';

comment on table inventario.transacciones is 'El libro: todos los movimientos de existencia. No se cambian ni se borran; se corrigen con su reversa.';
comment on column inventario.transacciones.tipo is 'inventario fija una existencia (base); venta, compra, ajuste, transferencia y devolucion la mueven.';
comment on column inventario.transacciones.efecto is 'Lo que suma o resta a la existencia. Orden total: ocurrida_en, orden, created_at, id.';
comment on column inventario.transacciones.tienda_id is 'Tienda del almacén; la pone la base de datos.';
comment on column inventario.transacciones.fecha is 'Fecha local de ocurrida_en en la zona de la tienda; la pone la base de datos.';
comment on column inventario.transacciones.ocurrida_en is 'Cuándo pasó en el mundo.';
comment on column inventario.transacciones.created_at is 'Cuándo lo supimos.';
comment on column inventario.transacciones.precision is 'Con qué exactitud se conoce ocurrida_en: instante, dia o periodo.';
comment on column inventario.transacciones.orden is 'Desempate dentro de un mismo instante: −1 antes de abrir, 0 durante el día, 1 al cerrar.';
comment on column inventario.transacciones.costo_unitario is 'Pesos por unidad, sin IVA. En un ajuste, congelado al aprobar; costo_fuente dice de dónde salió.';
comment on column inventario.transacciones.reversa_de is 'El movimiento que anula: mismo tipo, cantidad contraria, una sola vez.';
comment on column inventario.transacciones.traspaso_id is 'Une la salida y la entrada de un traspaso.';
comment on column inventario.transacciones.origen is 'De dónde vino; con origen_id es única, así que importar dos veces no duplica.';
comment on column inventario.transacciones.conteo_id is 'El conteo cuyo resultado aprobado hizo este ajuste.';

comment on table inventario.existencias is 'Existencia de cada producto en cada almacén según el libro. La mantiene un disparador; nadie la escribe.';
comment on column inventario.existencias.tiene_base is 'Falso: no hay inventario inicial y la cantidad es solo la suma de movimientos ("sin base").';
comment on table inventario.auditoria is 'Quién hizo qué y cuándo. Solo crece.';
comment on table inventario.conexiones is 'Conexiones a los ERP (empresas de Microsip o Aspel) y a carpetas CSV.';
comment on column inventario.conexiones.secreto_cifrado is 'Contraseña cifrada. Solo la lee el servidor.';
comment on table inventario.uploads is 'Historial de archivos subidos y de cómo se procesó cada uno.';

comment on table inventario.conteos is 'Tareas de conteo: almacén, alcance, reglas y estado.';
comment on column inventario.conteos.folio is 'Número para personas, p. ej. CDMX-01-2026-0034. Lo da la base de datos.';
comment on column inventario.conteos.alcance is 'ubicaciones, categoria, abc, lista, almacen (todo) o libre ("cuento lo que encuentro").';
comment on column inventario.conteos.ciego is 'Quien cuenta no ve lo esperado.';
comment on column inventario.conteos.reparto is 'Qué significa que dos cuenten el mismo anaquel: repartido (se suman), doble (se comparan) o ninguno.';
comment on column inventario.conteos.holgura_s is 'Segundos que puede tardar en verse en la caja lo que ya salió del anaquel.';
comment on column inventario.conteos.corrige_a is 'El conteo cerrado que este corrige.';
comment on table inventario.folios is 'Último número de conteo de cada tienda y año.';
comment on table inventario.conteo_contadores is 'Quiénes cuentan en un conteo.';
comment on table inventario.conteo_ubicaciones is 'Anaqueles del alcance de un conteo.';
comment on table inventario.conteo_productos is 'Productos del alcance, fijados al crear el conteo. Nunca dependen de la existencia.';
comment on table inventario.conteo_intentos is 'Cada pasada de un conteo; un recuento es un intento nuevo.';
comment on table inventario.conteo_intento_productos is 'Productos que pide contar un recuento.';
comment on table inventario.conteo_intento_contadores is 'Quiénes hacen un recuento.';
comment on table inventario.conteo_partes is 'La parte de cada persona que ya terminó, o que cerró el gerente.';
comment on table inventario.conteo_lineas is 'Cada lectura o captura. Solo crece: anular es otra línea.';
comment on column inventario.conteo_lineas.unidades is 'cantidad × factor.';
comment on column inventario.conteo_lineas.anula is 'La línea que esta anula; puede llegar antes que ella.';
comment on column inventario.conteo_lineas.contado_en is 'Reloj del teléfono, sin corregir.';
comment on column inventario.conteo_lineas.instante is 'Instante corregido con el reloj del servidor, nunca después de recibido_en.';
comment on column inventario.conteo_lineas.condicion is 'vendible, por_entregar, danado, garantia o ajeno; lo ajeno no cuenta.';
comment on table inventario.conteo_linea_ligas is 'A qué producto corresponde un código leído que no se conocía. Cuenta la última.';
comment on table inventario.conteo_linea_fotos is 'Fotos de una línea; sus bytes están en archivos.';
comment on table inventario.conteo_vacias is 'Anaqueles que un gerente declaró vacíos para poder aprobar sin contarlos.';
comment on table inventario.conteo_traslapes is 'Qué hacer donde dos personas contaron lo mismo.';
comment on table inventario.conteo_resultados is 'Lo aprobado de cada producto y las cifras con que se decidió. No se reescribe.';
comment on column inventario.conteo_resultados.teorico is 'Existencia esperada en el instante del conteo; nulo = sin base.';
comment on column inventario.conteo_resultados.valor is 'Variación a costo sin IVA, en pesos; nulo = sin costo.';

comment on table inventario.sync_jobs is 'Corridas de sincronización con el ERP.';
comment on table inventario.erp_productos is 'Espejo de los artículos del ERP y el producto al que corresponden.';
comment on table inventario.erp_inventario is 'Existencias que dice el ERP, por almacén suyo.';
comment on table inventario.erp_ventas is 'Ventas del ERP, por renglón.';
comment on table inventario.erp_clientes is 'Clientes del ERP.';

comment on table genai.documents is 'Documentos de la empresa que el asistente puede consultar. De quien los subió.';
comment on table genai.chunks is 'Fragmentos de un documento. La columna embedding (512) existe solo donde hay pgvector.';
comment on table genai.chat_sessions is 'Conversaciones con el asistente.';
comment on table genai.chat_messages is 'Mensajes. Una persona escribe solo los suyos; el resto es del servidor.';
comment on table genai.audio_transcriptions is 'Transcripciones de audio.';

comment on table sync.meta is 'Identidad de esta base de datos. Otra época = se restauró de un respaldo.';
comment on table sync.llaves is 'Llaves de firma de turnos y, sin Supabase, de los accesos.';
comment on table sync.device is 'Teléfonos conocidos: su secreto (huella), hasta qué mutación se aplicó y qué le falta enviar.';
comment on column sync.device.last_mid is 'La mayor mutación aplicada sin huecos.';
comment on table sync.turno is 'Turnos emitidos: quién, en qué equipo, con qué rol y hasta cuándo.';
comment on table sync.mutation is 'Cada mutación recibida y qué pasó con ella.';
comment on table sync.rejection is 'Lo que no se pudo aplicar, completo, hasta que una persona decida.';
comment on table sync.laguna is 'Mutaciones que el servidor perdió al restaurarse y el teléfono ya no tiene.';
comment on table sync.scope is 'Contador de versiones de cada alcance: catalogo, tienda:…, stock:…, conteo:…';
comment on table sync.change is 'Último cambio de cada fila en cada alcance.';
comment on table sync.version is 'Linaje: una (ver, token) que no está aquí es de otra historia.';
comment on table sync.pendiente is 'Claves que anota la transacción en curso; se sellan y vacían al confirmar.';
comment on table sync.armado is 'Una fila por transacción con cambios; su disparador diferido los sella.';
comment on view sync.miembros is 'Todas las filas que hoy pertenecen a cada alcance.';

comment on function inventario.teorico(uuid, uuid, timestamptz) is 'Existencia esperada en un instante: última base más los efectos posteriores.';
comment on function inventario.teoricos(uuid[], uuid[], timestamptz[]) is 'teorico de muchos a la vez; n es la posición en los arreglos.';
comment on function inventario.costos_vigentes(uuid[], uuid[], timestamptz[]) is 'Costo por unidad sin IVA y su fuente: promedio, ultimo, catalogo o sin_costo.';
comment on function inventario.siguiente_folio(uuid, integer) is 'Da el siguiente folio de conteo de una tienda y año.';
comment on function inventario.rehace_existencias() is 'Recalcula todas las existencias; para después de una carga con los disparadores apagados.';
comment on function sync.scopes_de(uuid) is 'Alcances que recibe el teléfono de una persona.';
comment on function sync.rebuild() is 'Vuelve a listar todo y olvida las versiones: cada teléfono vuelve a empezar su copia.';
