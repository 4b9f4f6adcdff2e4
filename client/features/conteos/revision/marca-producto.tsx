import Check from 'lucide-react/icons/check';

export type MarcaProductoProps = {
  /** "Incluir PH-2840". */
  label: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
};

/** A bare checkbox of 48 px for a table's row; its name is read, not drawn. */
export function MarcaProducto({ label, checked, onChecked }: MarcaProductoProps) {
  return (
    <label className="relative -my-2 -ms-2 grid size-target flex-none place-items-center">
      <input
        type="checkbox"
        className="check-input"
        aria-label={label}
        checked={checked}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <Check aria-hidden className="check-mark" />
    </label>
  );
}
