import Check from 'lucide-react/icons/check';

/** A checkbox whose name is said, not seen: to choose a row. */
export function Marca({
  label,
  checked,
  onChecked,
}: {
  label: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
}) {
  return (
    <label className="catalogo-marca">
      <span className="sr-only">{label}</span>
      <input type="checkbox" checked={checked} onChange={(event) => onChecked(event.currentTarget.checked)} />
      <Check aria-hidden />
    </label>
  );
}
