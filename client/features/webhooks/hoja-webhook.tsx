import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { SecretoUnico } from '#client/features/api/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { CheckboxGroup, type ChipOption } from '#client/ui/checkbox-group.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import type { Webhook } from '#shared/contracts/api-webhooks.ts';
import { mensajeDe } from '#shared/errores.ts';
import { FAMILIAS, familiasDe } from './webhook-dicho.ts';

export type HojaWebhookProps = {
  open: boolean;
  onClose: () => void;
  tiendas: readonly ChipOption[];
  /** The one that is changed; without it a new one is made, and its secret told. */
  webhook?: Webhook | undefined;
};

/** Address, kinds and shops of a webhook. */
export function HojaWebhook({ open, onClose, tiendas, webhook }: HojaWebhookProps) {
  const [nombre, setNombre] = useState(webhook?.nombre ?? '');
  const [url, setUrl] = useState(webhook?.url ?? 'https://');
  const finos = webhook !== undefined && familiasDe(webhook.tipos) === null;
  const [tipos, setTipos] = useState<string[]>(finos ? [] : (webhook?.tipos ?? []));
  const [tiendaIds, setTiendaIds] = useState<string[]>(webhook?.tiendaIds ?? []);
  const crea = useOrden(
    (args: Parameters<typeof api.webhooks.crea.mutate>[0]) => api.webhooks.crea.mutate(args),
    ['webhooks'],
  );
  const cambia = useOrden(
    (args: Parameters<typeof api.webhooks.cambia.mutate>[0]) => api.webhooks.cambia.mutate(args),
    ['webhooks'],
  );
  const error = crea.error ?? cambia.error;
  const falla = error === null ? null : errorDe(error);
  const { data: hecho } = crea;
  const cierra = () => {
    onClose();
    crea.reset();
    cambia.reset();
    if (webhook !== undefined) return;
    setNombre('');
    setUrl('https://');
    setTipos([]);
    setTiendaIds([]);
  };
  const guarda = () => {
    const datos = { nombre: nombre.trim(), url: url.trim(), tiendaIds };
    if (webhook === undefined) {
      crea.mutate({ ...datos, tipos });
      return;
    }
    // Kinds that the form cannot show stay as they are, unless others are chosen.
    const conTipos = finos && tipos.length === 0 ? {} : { tipos };
    cambia.mutate({ id: webhook.id, version: webhook.version, ...datos, ...conTipos }, { onSuccess: cierra });
  };
  return (
    <Sheet
      open={open}
      onClose={cierra}
      dismissable={hecho === undefined}
      title={
        hecho !== undefined
          ? hecho.webhook.nombre
          : webhook === undefined
            ? 'Webhook nuevo'
            : 'Cambiar webhook'
      }
      actions={
        hecho === undefined ? (
          <Button
            variant="primary"
            block
            tall
            busy={crea.isPending || cambia.isPending}
            disabled={nombre.trim() === '' || url.trim().length < 12}
            onClick={guarda}
          >
            {webhook === undefined ? 'Crear webhook' : 'Guardar'}
          </Button>
        ) : (
          <Button block onClick={cierra}>
            Ya lo guardé
          </Button>
        )
      }
    >
      {falla !== null && (
        <Banner tone="bad" title="No se guardó" role="alert">
          {mensajeDe(falla.code, falla.data)}
        </Banner>
      )}
      {hecho === undefined ? (
        <>
          <TextField label="Nombre" value={nombre} onValue={setNombre} maxLength={100} autoComplete="off" />
          <TextField
            label="Dirección"
            hint="Pública y con https. Cada aviso llega ahí como un POST firmado."
            type="url"
            inputMode="url"
            value={url}
            onValue={setUrl}
            maxLength={2000}
            autoComplete="off"
          />
          <CheckboxGroup
            label="Qué avisa"
            hint={
              finos
                ? 'Hoy avisa de eventos sueltos, elegidos por la API; si eliges aquí, se cambian por estos.'
                : 'Sin elegir ninguno, avisa de todo.'
            }
            options={FAMILIAS}
            value={tipos}
            onValue={setTipos}
          />
          {tiendas.length > 1 && (
            <CheckboxGroup
              label="De qué tiendas"
              hint="Sin elegir ninguna, de todas y de la empresa."
              options={tiendas}
              value={tiendaIds}
              onValue={setTiendaIds}
            />
          )}
        </>
      ) : (
        <SecretoUnico nombre="Secreto" secreto={hecho.secreto}>
          Con él tu programa comprueba que el aviso es nuestro (Standard Webhooks).
        </SecretoUnico>
      )}
    </Sheet>
  );
}
