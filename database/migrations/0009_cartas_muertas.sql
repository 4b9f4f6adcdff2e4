-- What a dead letter needs so that applying it later gives the same instant as applying it on arrival.
alter table sync.rejection
  add column creada_en timestamptz, -- raw clock of the phone when saved; null when the envelope could not be read
  add column desfase_enviar_ms bigint; -- server − phone, measured when sent
