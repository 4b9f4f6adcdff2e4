/** The app's own scanner screen, beside a quantity field and a button that a wedge's keys must not reach. */
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import ScannerTest from '#client/scanner/scanner-test.tsx';
import '#client/ui/tokens.css';

function View() {
  const [cantidad, setCantidad] = useState('');
  const [presses, setPresses] = useState(0);
  return (
    <>
      <ScannerTest />
      <label>
        Cantidad
        <input inputMode="decimal" value={cantidad} onChange={(event) => setCantidad(event.target.value)} />
      </label>
      <button type="button" onClick={() => setPresses(presses + 1)}>
        Sumar
      </button>
      <output aria-label="Veces">{presses}</output>
    </>
  );
}

createRoot(document.getElementById('root')!).render(<View />);
