/** The mark on the screens without navigation. */
export function Marca() {
  return (
    <header className="marca">
      <img src="/favicon.svg" alt="" width={40} height={40} />
      <span>DevCompras</span>
    </header>
  );
}
