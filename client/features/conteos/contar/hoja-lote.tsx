import { type FormEvent, useEffect, useId, useState } from 'react';
import { now } from '#client/offline/clock.ts';
import type { ConteoDetalle } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { dotVisto, loteParecido, parseCaducidad, parseDot } from '#shared/domain/lote-escrito.ts';
import { type DatosLote, LOTE_MAXIMO, limpiaLote } from '#shared/domain/lotes.ts';
import { mensajeDe } from '#shared/errores.ts';
import { diaVisto } from '#shared/formato.ts';
import { lotesConocidos, textoDatos } from './datos-lote.ts';
import type { PideLote } from './pide-lote.ts';
import { useLlevaDot } from './use-lleva-dot.ts';

export type HojaLoteProps = {
  pide: PideLote;
  conteo: ConteoDetalle;
  dictado: { n: number; datos: DatosLote } | null;
  onGuardar: (pide: PideLote, datos: DatosLote, aContados: boolean) => void;
  onClose: () => void;
};

/** Lots offered at one touch: the newest of this product in this conteo. */
const OFRECE = 4;

/** `2026-03-02` of this phone's day. */
function hoyAqui(): string {
  const en = now();
  const dos = (n: number) => String(n).padStart(2, '0');
  return `${en.getFullYear()}-${dos(en.getMonth() + 1)}-${dos(en.getDate())}`;
}

/**
 * Lot, expiry or DOT of what was just counted, of what follows, or of lines that say it wrong. The lines are saved
 * already: closing it loses nothing. A lot that is nearly one of this conteo is asked about before it is kept.
 */
export default function HojaLote({ pide, conteo, dictado, onGuardar, onClose }: HojaLoteProps) {
  const { producto, modo, actual } = pide;
  const [lote, setLote] = useState(modo === 'siguen' ? '' : (actual.lote ?? ''));
  const [caduca, setCaduca] = useState(
    actual.caduca !== null && modo !== 'siguen' ? diaVisto(actual.caduca) : '',
  );
  const [dot, setDot] = useState(modo === 'siguen' ? '' : (actual.dot ?? ''));
  const [intento, setIntento] = useState<'sigue' | 'contados' | null>(null);
  const [parecido, setParecido] = useState<string | null>(null);
  const formulario = useId();
  const hoy = hoyAqui();
  useEffect(() => {
    if (dictado === null) return;
    if (dictado.datos.lote !== null) setLote(dictado.datos.lote);
    if (dictado.datos.caduca !== null) setCaduca(diaVisto(dictado.datos.caduca));
    setParecido(null);
  }, [dictado]);

  const deLlanta = useLlevaDot(producto.id);
  const conDot = actual.dot !== null || (deLlanta && actual.lote === null);
  const conLote = !conDot && (producto.pideLote || actual.lote !== null || modo === 'corrige');
  const conCaducidad = producto.pideCaducidad || actual.caduca !== null;
  const conocidos = lotesConocidos(conteo.lineas, producto.id);
  const que = conDot ? 'DOT' : conLote ? 'lote' : 'caducidad';

  const loteLimpio = limpiaLote(lote);
  const fecha = caduca.trim() === '' ? null : parseCaducidad(caduca, hoy);
  const semana = dot.trim() === '' ? null : parseDot(dot, hoy);
  const errores = {
    lote: loteLimpio.length > LOTE_MAXIMO ? mensajeDe('LOTE_LARGO') : null,
    caduca: fecha !== null && !fecha.ok ? mensajeDe(fecha.code) : null,
    dot: semana !== null && !semana.ok ? mensajeDe(semana.code) : null,
  };
  const datos: DatosLote = {
    lote: conLote && loteLimpio !== '' ? loteLimpio : null,
    caduca: conCaducidad && fecha?.ok ? fecha.value : null,
    dot: conDot && semana?.ok ? semana.value : null,
  };
  const vacio = [conLote && lote, conCaducidad && caduca, conDot && dot].every((t) => !t || t.trim() === '');
  const malo = errores.lote !== null || errores.caduca !== null || errores.dot !== null;

  const guarda = (que: DatosLote, aContados: boolean, insiste = false) => {
    const otro = que.lote !== null && que.lote !== actual.lote && !insiste;
    // The lot that is being corrected is the wrong one: only the others are asked about.
    const otros = conocidos.flatMap(({ lote: suyo }) =>
      suyo === null || (aContados && suyo === actual.lote) ? [] : suyo,
    );
    const casi = otro ? loteParecido(que.lote, otros) : null;
    setIntento(aContados ? 'contados' : 'sigue');
    if (casi === null) onGuardar(pide, que, aContados);
    else setParecido(casi);
  };
  const envia = (event: FormEvent) => {
    event.preventDefault();
    if (vacio || malo) setIntento('sigue');
    else guarda(datos, modo === 'corrige');
  };
  const aviso = (error: string | null) => (intento !== null ? error : null);

  const pregunta = parecido !== null && (
    <>
      <Button
        variant="primary"
        block
        tall
        onClick={() => {
          const mismo = conocidos.find((cada) => cada.lote === parecido);
          onGuardar(
            pide,
            { lote: parecido, caduca: datos.caduca ?? mismo?.caduca ?? null, dot: null },
            intento === 'contados',
          );
        }}
      >
        Sí, es {parecido}
      </Button>
      <Button block onClick={() => guarda(datos, intento === 'contados', true)}>
        No, es otro: {datos.lote}
      </Button>
    </>
  );
  const botones = (
    <>
      <Button type="submit" form={formulario} variant="primary" block tall disabled={vacio}>
        {modo === 'siguen' ? 'Usar en lo que sigue' : 'Guardar'}
      </Button>
      {modo === 'siguen' && (
        <Button
          block
          disabled={vacio}
          detail={`que dice ${textoDatos(actual)}`}
          onClick={() => (malo ? setIntento('contados') : guarda(datos, true))}
        >
          Corregir también lo contado
        </Button>
      )}
      {modo === 'lectura' && (
        <Button block onClick={onClose}>
          Seguir sin {que}
        </Button>
      )}
    </>
  );
  return (
    <Sheet
      open
      className="contar-hoja-lote"
      onClose={onClose}
      title={
        parecido !== null
          ? `¿Es el mismo lote ${parecido}?`
          : modo !== 'lectura'
            ? `${modo === 'corrige' ? 'Corregir' : 'Cambiar'} ${que}`
            : `¿Qué ${que} ${conLote || conDot ? 'es' : 'tiene'}?`
      }
      actions={parecido === null ? botones : pregunta}
    >
      <form id={formulario} className="contar-lote-campos" onSubmit={envia} noValidate>
        <p>
          <strong>{producto.nombre}</strong>
          {modo !== 'lectura' && textoDatos(actual) !== null && ` · ${textoDatos(actual)}`}
        </p>
        {parecido !== null ? (
          <p>
            Escribiste <strong>{datos.lote}</strong> y de este producto ya hay <strong>{parecido}</strong> en
            este conteo.
          </p>
        ) : (
          <>
            {pide.mala !== null && <Banner tone="warn" title={pide.mala.explica} />}
            {conLote && modo !== 'corrige' && conocidos.length > 0 && (
              <div className="contar-lotes-conocidos">
                {conocidos
                  .filter((cada) => cada.lote !== actual.lote)
                  .slice(0, OFRECE)
                  .map((cada) => (
                    <Button key={cada.lote} onClick={() => onGuardar(pide, cada, false)}>
                      {cada.lote}
                    </Button>
                  ))}
              </div>
            )}
            {conLote && (
              <TextField
                label="Lote"
                value={lote}
                onValue={setLote}
                error={aviso(errores.lote)}
                hint="Escríbelo como viene impreso, o léelo con la pistola."
                autoComplete="off"
                autoCapitalize="characters"
                autoCorrect="off"
                spellCheck={false}
                enterKeyHint="done"
              />
            )}
            {conDot && (
              <TextField
                label="DOT"
                value={dot}
                onValue={setDot}
                error={aviso(errores.dot)}
                hint={
                  semana?.ok
                    ? dotVisto(semana.value)
                    : 'Los cuatro números del óvalo: semana y año, como 2319.'
                }
                inputMode="numeric"
                autoComplete="off"
                enterKeyHint="done"
              />
            )}
            {conCaducidad && (
              <TextField
                label="Caducidad"
                value={caduca}
                onValue={setCaduca}
                error={aviso(errores.caduca)}
                hint={
                  fecha?.ok
                    ? `${fecha.value < hoy ? 'Ya caducó' : 'Caduca'} el ${diaVisto(fecha.value)}`
                    : 'Mes y año, como 1226; o día, mes y año, como 311226.'
                }
                inputMode="numeric"
                autoComplete="off"
                enterKeyHint="done"
              />
            )}
          </>
        )}
      </form>
    </Sheet>
  );
}
