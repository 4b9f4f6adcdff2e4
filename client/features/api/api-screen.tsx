import { useNavigate } from '@tanstack/react-router';
import BookOpen from 'lucide-react/icons/book-open';
import KeyRound from 'lucide-react/icons/key-round';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { fechaAqui, fechaHoraAqui } from '#client/app/fechas.ts';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { now } from '#client/offline/clock.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { buttonClass } from '#client/ui/button-class.ts';
import { DataTable, type TableColumn } from '#client/ui/data-table.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { TIENE_TOKENS, type TokenListado } from '#shared/contracts/api.ts';
import { HojaToken } from './hoja-token.tsx';
import { alcancesDichos, type EstadoToken, estadoDe } from './token-dicho.ts';

const SENA: Record<EstadoToken, { tono: 'ok' | 'warn' | 'bad' | 'neutral'; texto: string }> = {
  vivo: { tono: 'ok', texto: 'sirve' },
  vence_pronto: { tono: 'warn', texto: 'vence pronto' },
  vencido: { tono: 'bad', texto: 'venció' },
  revocado: { tono: 'neutral', texto: 'revocado' },
};

/** Tokens with which programs come in, and where the API is written down. */
export function ApiScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const puede = identidad != null && TIENE_TOKENS.includes(identidad.rol);
  const [creando, setCreando] = useState(false);
  return (
    <Screen
      width="wide"
      header={
        <AppHeader title="API y tokens" onBack={() => navigate({ to: '/mas' })} status={<EstadoEnvio />} />
      }
      actions={
        puede && (
          <Button variant="primary" block tall onClick={() => setCreando(true)}>
            Crear token
          </Button>
        )
      }
    >
      {identidad === undefined && <Skeleton lines={5} look="rows" />}
      {identidad != null && !puede && (
        <ForbiddenState>
          Los tokens los hace un gerente, compras, auditoría o un administrador.
        </ForbiddenState>
      )}
      {identidad != null && puede && (
        <>
          <p>
            Con un token, la caja o el ERP leen existencias y registran movimientos sin la contraseña de
            nadie.
          </p>
          <a
            className={`${buttonClass({ variant: 'secondary' })} self-start`}
            href="/api/docs"
            target="_blank"
            rel="noreferrer"
          >
            <span className="btn-icon">
              <BookOpen aria-hidden />
            </span>
            <span className="btn-text">Ver la API con ejemplos</span>
          </a>
          <Tokens yo={identidad.usuarioId} todos={identidad.rol === 'admin'} />
          <HojaToken open={creando} onClose={() => setCreando(false)} rol={identidad.rol} />
        </>
      )}
    </Screen>
  );
}

function Tokens({ yo, todos }: { yo: string; todos: boolean }) {
  const lista = useConsulta(['tokens'], () => api.tokens.lista.query());
  const revoca = useOrden((id: string) => api.tokens.revoca.mutate({ id }), ['tokens']);
  const [porRevocar, setPorRevocar] = useState<TokenListado | null>(null);
  const ahora = now().getTime();
  const columnas: TableColumn<TokenListado>[] = [
    {
      key: 'nombre',
      header: 'Token',
      card: 'title',
      cell: (t) => (
        <>
          {t.nombre} <span className="text-ink-soft whitespace-nowrap">…{t.pista}</span>
        </>
      ),
    },
    {
      key: 'estado',
      header: 'Estado',
      cell: (t) => {
        const { tono, texto } = SENA[estadoDe(t, ahora)];
        return <Tag tone={tono}>{texto}</Tag>;
      },
    },
    { key: 'alcances', header: 'Puede', cell: (t) => alcancesDichos(t.alcances) },
    ...(todos
      ? [{ key: 'de', header: 'De', cell: (t: TokenListado) => (t.de.id === yo ? 'ti' : t.de.nombre) }]
      : []),
    {
      key: 'usado',
      header: 'Último uso',
      cell: (t) => (t.usadoEn === null ? 'todavía no' : fechaHoraAqui(t.usadoEn)),
    },
    { key: 'vence', header: 'Vence', cell: (t) => (t.expiraEn === null ? 'sin fin' : fechaAqui(t.expiraEn)) },
    {
      key: 'acciones',
      header: 'Acciones',
      card: 'full',
      cell: (t) =>
        t.revocadoEn === null && (
          <Button variant="danger" onClick={() => setPorRevocar(t)}>
            Revocar
          </Button>
        ),
    },
  ];
  return (
    <>
      <FallaEnLinea consulta={lista} orden={revoca} sinSenal="Los tokens se ven y se hacen con señal." />
      {lista.isPending && <Skeleton lines={4} look="rows" />}
      {lista.data?.length === 0 && (
        <EmptyState title="Todavía no hay tokens" icon={<KeyRound />}>
          Crea uno por cada programa: así revocas uno sin detener a los demás.
        </EmptyState>
      )}
      {lista.data !== undefined && lista.data.length > 0 && (
        <DataTable
          className="w-auto"
          label="Tokens"
          columns={columnas}
          rows={lista.data}
          rowKey={(t) => t.id}
        />
      )}
      <Dialog
        open={porRevocar !== null}
        onClose={() => setPorRevocar(null)}
        role="alertdialog"
        title={`Revocar «${porRevocar?.nombre ?? ''}»`}
        actions={
          <>
            <Button block onClick={() => setPorRevocar(null)}>
              Dejarlo
            </Button>
            <Button
              block
              variant="danger"
              busy={revoca.isPending}
              onClick={() => {
                if (porRevocar !== null)
                  revoca.mutate(porRevocar.id, { onSettled: () => setPorRevocar(null) });
              }}
            >
              Revocar
            </Button>
          </>
        }
      >
        <p>El programa que lo usa deja de entrar en su siguiente petición. No se puede volver atrás.</p>
      </Dialog>
    </>
  );
}
