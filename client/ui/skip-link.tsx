export type SkipLinkProps = { target?: string; children?: string };

/** First in the tab order: jumps over the navigation to `<main id="contenido">`. */
export function SkipLink({ target = 'contenido', children = 'Ir al contenido' }: SkipLinkProps) {
  return (
    <a
      href={`#${target}`}
      className="skip-link"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(target)?.focus();
      }}
    >
      {children}
    </a>
  );
}
