import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { empieza, termina } from '#client/app/practica.ts';
import { CONTEO_PRACTICA, useIdentidad, usePractica } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Progress } from '#client/ui/progress.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Section } from '#client/ui/section.tsx';
import { CodigosParaLeer } from './codigos-para-leer.tsx';
import { PASOS } from './guia.ts';
import { ListaGuia } from './lista-guia.tsx';
import { useAvance } from './use-avance.ts';
import './practica.css';

/** Before practice, what it is; while it lasts, what is done and what is left. Needs neither person nor network. */
export function PracticaScreen() {
  const practica = usePractica();
  const identidad = useIdentidad();
  const navigate = useNavigate();
  const avance = useAvance();
  const [empezando, setEmpezando] = useState(false);
  const [fallo, setFallo] = useState(false);
  const cuenta = () => navigate({ to: '/conteos/$conteoId', params: { conteoId: CONTEO_PRACTICA } });
  const arranca = async (deNuevo: boolean) => {
    setEmpezando(true);
    setFallo(false);
    try {
      if (deNuevo) await termina();
      await empieza();
      await cuenta();
    } catch {
      setFallo(true);
    } finally {
      setEmpezando(false);
    }
  };
  const sal = async () => {
    await termina();
    await navigate({ to: '/', replace: true });
  };
  const todo = practica && avance.sigue === null;

  return (
    <Screen
      header={
        <AppHeader
          title="Práctica"
          {...(practica
            ? {}
            : { onBack: () => void navigate({ to: identidad == null ? '/entrar' : '/', replace: true }) })}
        />
      }
      actions={
        todo ? (
          <>
            <Button variant="primary" block tall onClick={sal}>
              Salir y contar de verdad
            </Button>
            <Button block busy={empezando} onClick={() => arranca(true)}>
              Practicar otra vez
            </Button>
          </>
        ) : practica ? (
          <Button variant="primary" block tall onClick={cuenta}>
            Seguir practicando
          </Button>
        ) : (
          <Button variant="primary" block tall busy={empezando} onClick={() => arranca(false)}>
            Empezar a practicar
          </Button>
        )
      }
    >
      {fallo && (
        <Banner tone="bad" title="No se pudo empezar la práctica" role="alert">
          Este navegador no deja guardar nada: puede ser una ventana privada o un teléfono sin espacio. Lo ya
          contado sigue como estaba. Ábrela en una ventana normal o libera espacio, y vuelve a intentar.
        </Banner>
      )}
      {todo ? (
        <Banner tone="ok" title="Ya sabes contar" role="status">
          Probaste todo. Al salir se borra lo de la práctica; tus conteos siguen como estaban.
        </Banner>
      ) : (
        <p>
          Cuenta con las pantallas de verdad y productos inventados, también sin señal. Nada de esto se envía
          ni se mezcla con tus conteos, y al salir se borra.
        </p>
      )}
      {practica && (
        <Progress
          label="Lo que ya probaste"
          value={avance.hechos.size}
          max={PASOS.length}
          detail={`${avance.hechos.size} de ${PASOS.length}`}
        />
      )}
      <Section title="Qué probar">
        <ListaGuia avance={avance} />
      </Section>
      <Section title="Códigos para leer">
        <p>
          Ábrelos en otra pantalla y léelos con la cámara o la pistola de este equipo, o escríbelos. Al
          practicar, la guía también los lee con un toque.
        </p>
        <CodigosParaLeer />
      </Section>
    </Screen>
  );
}
