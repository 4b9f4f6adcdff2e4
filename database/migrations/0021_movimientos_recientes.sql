-- The newest movements first, of everything: without it each page of the list sorts the whole ledger.
create index transacciones_recientes on inventario.transacciones(ocurrida_en desc, id desc);
