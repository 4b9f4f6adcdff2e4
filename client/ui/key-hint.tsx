export type KeyHintProps = { keys: readonly string[]; label?: string };

/** Keys of a PC shortcut. Hidden where there is no fine pointer. */
export function KeyHint({ keys, label }: KeyHintProps) {
  return (
    <span className="key-hint">
      {label && <span>{label} </span>}
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
