// Filters what the server wrote; without this the page is whole, only without its search.
const campo = document.querySelector('#busca');
const nada = document.querySelector('#nada');
const fichas = [...document.querySelectorAll('article[data-texto]')];
const grupos = [...document.querySelectorAll('section[data-grupo]')];
const pliega = (texto) => texto.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

function filtra() {
  const palabras = pliega(campo.value).split(/\s+/).filter(Boolean);
  document.querySelector('#intro').classList.toggle('oculto', palabras.length > 0);
  let quedan = 0;
  for (const ficha of fichas) {
    const texto = pliega(ficha.dataset.texto);
    const va = palabras.every((palabra) => texto.includes(palabra));
    ficha.classList.toggle('oculto', !va);
    document.querySelector(`nav a[href="#${ficha.id}"]`)?.parentElement.classList.toggle('oculto', !va);
    if (va) quedan++;
  }
  for (const grupo of grupos) {
    const vacio = grupo.querySelectorAll('article:not(.oculto)').length === 0;
    grupo.classList.toggle('oculto', vacio);
    document.querySelector(`nav div[data-de="${grupo.dataset.grupo}"]`)?.classList.toggle('oculto', vacio);
  }
  nada.textContent =
    quedan === 0
      ? `Nada dice «${campo.value}». Prueba con otra palabra.`
      : palabras.length === 0
        ? ''
        : `${quedan} de ${fichas.length} direcciones`;
}

campo.addEventListener('input', filtra);
campo.form.addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target === campo) return;
  event.preventDefault();
  campo.focus();
});
filtra();
