/** What is asked of the browser; a test gives its own. */
export type Navegador = Pick<Navigator, 'userAgent' | 'maxTouchPoints'> & { standalone?: boolean };

/** iPhone or iPad: Safari clears what a page that is not installed kept, after 7 days without being opened. */
export function esIos({ userAgent, maxTouchPoints }: Navegador): boolean {
  // An iPad calls itself a Mac, and no Mac has a touch screen.
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}

/** Opened from the home screen, not from a tab. */
export function instalada(navegador: Navegador = navigator): boolean {
  return matchMedia('(display-mode: standalone)').matches || navegador.standalone === true;
}
