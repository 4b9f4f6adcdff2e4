import FileSpreadsheet from 'lucide-react/icons/file-spreadsheet';
import FileText from 'lucide-react/icons/file-text';
import Share2 from 'lucide-react/icons/share-2';
import Table from 'lucide-react/icons/table';
import { Button } from '#client/ui/button.tsx';
import type { Archivos } from './use-archivos.ts';

/** The three files, and under the thumb the share sheet. */
export function ActaAcciones({ archivos, enLinea }: { archivos: Archivos; enLinea: boolean }) {
  const { ocupada, porCompartir, baja, comparte } = archivos;
  const quieto = !enLinea || ocupada !== null;
  return (
    <>
      <div className="acta-archivos">
        <Button
          icon={<FileText aria-hidden />}
          busy={ocupada === 'pdf'}
          disabled={quieto && ocupada !== 'pdf'}
          onClick={() => baja('pdf')}
        >
          PDF
        </Button>
        <Button
          icon={<FileSpreadsheet aria-hidden />}
          busy={ocupada === 'xlsx'}
          disabled={quieto && ocupada !== 'xlsx'}
          onClick={() => baja('xlsx')}
        >
          Excel
        </Button>
        <Button
          icon={<Table aria-hidden />}
          busy={ocupada === 'csv'}
          disabled={quieto && ocupada !== 'csv'}
          onClick={() => baja('csv')}
        >
          CSV
        </Button>
      </div>
      <Button
        variant="primary"
        icon={<Share2 aria-hidden />}
        detail={porCompartir ? 'el PDF ya está listo' : 'PDF por WhatsApp, correo…'}
        busy={ocupada === 'compartir'}
        disabled={(!enLinea && !porCompartir) || (ocupada !== null && ocupada !== 'compartir')}
        onClick={comparte}
      >
        Compartir
      </Button>
    </>
  );
}
